extension BulkOperation {
    /// The bulkIds that its path and data refer to, wherever they stand.
    public var references: Set<String> {
        var names = BulkReference.names(in: path)
        if let data { BulkReference.collect(from: data, key: "", into: &names) }
        return names
    }

    /// The path with ids for bulkIds.
    ///
    /// A bulkId without an id is refused: with 409, because the operation that should have created it failed.
    public func path(resolving ids: [String: String]) throws(SCIMError) -> String {
        try BulkReference.resolved(path, ids, isPath: true)
    }

    /// The data with ids for bulkIds and without the values that refer to those that are withheld.
    public func data(
        resolving ids: [String: String],
        withholding withheld: Set<String> = []
    ) throws(SCIMError) -> Value? {
        guard let data else { return nil }
        let kept = withheld.isEmpty ? data : split(data, by: withheld).kept
        return try BulkReference.resolved(kept, key: "", ids)
    }

    /// The PATCH body that adds what was withheld.
    public func completion(
        resolving ids: [String: String],
        withheld: Set<String>
    ) throws(SCIMError) -> Value {
        let operations = data.map { split($0, by: withheld).withheld } ?? []
        let body: Value = ["schemas": [.string(PatchRequest.schema)], "Operations": .array(operations)]
        return try BulkReference.resolved(body, key: "", ids)
    }

    /// What can be created now, and the PATCH operations that add the rest.
    private func split(_ data: Value, by withheld: Set<String>) -> (kept: Value, withheld: [Value]) {
        guard var object = data.object else { return (data, []) }
        var operations: [Value] = []
        for member in object.members where BulkReference.refers(member.value, to: withheld) {
            guard var inner = member.value.object, member.name.contains(":") else {
                object[member.name] = separate(member.value, member.name, withheld, &operations)
                continue
            }
            for part in inner.members where BulkReference.refers(part.value, to: withheld) {
                inner[part.name] = separate(part.value, "\(member.name):\(part.name)", withheld, &operations)
            }
            object[member.name] = .object(inner)
        }
        return (.object(object), operations)
    }

    private func separate(
        _ value: Value,
        _ path: String,
        _ withheld: Set<String>,
        _ operations: inout [Value]
    ) -> Value? {
        let elements = value.array ?? []
        let later = elements.filter { BulkReference.refers($0, to: withheld) }
        let addition = later.isEmpty ? value : Value.array(later)
        operations.append(["op": "add", "path": .string(path), "value": addition])
        let kept = elements.filter { !BulkReference.refers($0, to: withheld) }
        return kept.isEmpty ? nil : .array(kept)
    }
}

/// The text `bulkId:x` in place of an id.
///
/// In data it is a whole value or the end of a URL; in paths and filters it ends where a name ends.
private enum BulkReference {
    static let prefix = "bulkId:"

    static func names(in path: String) -> Set<String> {
        Set(path.ranges(of: prefix).map { name(in: path, from: $0.upperBound) })
    }

    private static func name(in path: String, from start: String.Index) -> String {
        String(path[start...].prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) })
    }

    static func collect(from value: Value, key: String, into names: inout Set<String>) {
        switch value {
        case .string(let text):
            if CaseInsensitive.equal(key, "path") {
                names.formUnion(Self.names(in: text))
            } else if let name = name(ofValue: text) {
                names.insert(name)
            }
        case .array(let elements):
            for element in elements { collect(from: element, key: key, into: &names) }
        case .object(let object):
            for member in object.members { collect(from: member.value, key: member.name, into: &names) }
        case .null, .bool, .integer, .decimal:
            break
        }
    }

    /// The bulkId that a value of data means.
    private static func name(ofValue text: String) -> String? {
        if text.hasPrefix(prefix) { return String(text.dropFirst(prefix.count)) }
        guard text.contains("/" + prefix), let last = text.split(separator: "/").last, last.hasPrefix(prefix) else {
            return nil
        }
        return String(last.dropFirst(prefix.count))
    }

    static func refers(_ value: Value, to names: Set<String>) -> Bool {
        var found: Set<String> = []
        collect(from: value, key: "", into: &found)
        return !found.isDisjoint(with: names)
    }

    static func resolved(_ value: Value, key: String, _ ids: [String: String]) throws(SCIMError) -> Value {
        switch value {
        case .string(let text):
            return .string(try resolved(text, ids, isPath: CaseInsensitive.equal(key, "path")))
        case .array(let elements):
            var result: [Value] = []
            for element in elements { result.append(try resolved(element, key: key, ids)) }
            return .array(result)
        case .object(let object):
            var members: [Object.Member] = []
            for member in object.members {
                let value = try resolved(member.value, key: member.name, ids)
                members.append(Object.Member(name: member.name, value: value))
            }
            return .object(Object(distinct: members))
        case .null, .bool, .integer, .decimal:
            return value
        }
    }

    static func resolved(_ text: String, _ ids: [String: String], isPath: Bool) throws(SCIMError) -> String {
        guard isPath else {
            guard let name = name(ofValue: text) else { return text }
            return String(text.dropLast(prefix.count + name.count)) + (try id(of: name, ids))
        }
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: prefix) {
            let name = name(in: text, from: range.upperBound)
            result += rest[..<range.lowerBound] + (try id(of: name, ids))
            rest = rest[range.upperBound...].dropFirst(name.count)
        }
        return result + rest
    }

    private static func id(of name: String, _ ids: [String: String]) throws(SCIMError) -> String {
        guard let id = ids[name] else {
            throw .conflict("bulkId \(Quote.text(name)) has no resource: no operation of this request created it")
        }
        return id
    }
}
