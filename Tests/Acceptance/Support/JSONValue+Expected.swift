/// How an expected value speaks about an actual one.
extension JSONValue {
    /// This value with `"*"` wherever the expected one says that anything that is not empty will do.
    func masked(by expected: JSONValue) -> JSONValue {
        switch (self, expected) {
        case (.null, .string("*")), (.string(""), .string("*")): self
        case (_, .string("*")): "*"
        case (.array(let own), .array(let theirs)) where own.count == theirs.count:
            .array(zip(own, theirs).map { $0.masked(by: $1) })
        case (.object(let own), .object(let theirs)):
            .object(Dictionary(uniqueKeysWithValues: own.map { ($0, theirs[$0].map($1.masked) ?? $1) }))
        default: self
        }
    }

    /// This value without the members of objects that the expected one does not speak about.
    func restricted(to expected: JSONValue) -> JSONValue {
        switch (self, expected) {
        case (.array(let own), .array(let theirs)) where own.count == theirs.count:
            .array(zip(own, theirs).map { $0.restricted(to: $1) })
        case (.object(let own), .object(let theirs)):
            .object(
                own.reduce(into: [:]) { result, member in
                    result[member.key] = theirs[member.key].map(member.value.restricted)
                }
            )
        default: self
        }
    }

    /// This value with `{{name}}` replaced in every text, keys too.
    func filled(_ names: [String: String]) -> JSONValue {
        switch self {
        case .string(let text): .string(text.filled(names))
        case .array(let elements): .array(elements.map { $0.filled(names) })
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.map { ($0.filled(names), $1.filled(names)) }))
        case .null, .bool, .number: self
        }
    }
}

extension String {
    func filled(_ names: [String: String]) -> String {
        guard contains("{{") else { return self }
        return names.reduce(self) { $0.replacing("{{\($1.key)}}", with: $1.value) }
    }
}

/// The lines in which two texts differ, for messages that people read; empty when they are the same.
func differences(_ found: String, from expected: String) -> String {
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let lines = found.difference(from: expected).map { change in
        switch change {
        case .insert(_, let line, _): "found    \(line)"
        case .remove(_, let line, _): "expected \(line)"
        }
    }
    return lines.joined(separator: "\n")
}
