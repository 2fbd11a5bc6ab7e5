/// The header fields of a request or an answer, found whatever their names' letter case (RFC 9110 section 5.1).
///
/// A list, because a message has few of them and a search is faster than a hash.
package struct HeaderFields: Hashable, Sendable {
    /// One field.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// All fields in their order.
    package private(set) var fields: [Field] = []

    /// No fields, with room for some.
    package init(capacity: Int = 0) { fields.reserveCapacity(capacity) }

    /// The fields of a dictionary, in the order of their names.
    package init(_ fields: [String: String]) {
        self.fields = fields.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value) }
    }

    /// Adds a field as it came; a name may stand there already.
    package mutating func append(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

    /// A field's value, or all values that came under the name with commas between them (RFC 9110 section 5.3); nil
    /// takes it away.
    package subscript(name: String) -> String? {
        get {
            var found: String?
            for field in fields where Self.isSame(field.name, name) {
                found = found.map { $0 + ", " + field.value } ?? field.value
            }
            return found
        }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { append(name, newValue) }
        }
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { folded($0) == folded($1) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}
