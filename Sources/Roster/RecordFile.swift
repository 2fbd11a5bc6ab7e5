internal import SCIM
internal import YAML

/// What files of users and of groups have in common.
enum RecordFile {
    static let comment = "Written by dagroster from SCIM. Change it in the identity provider."
    static let enterpriseKey = "enterprise"
    static let enterpriseURN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    /// The fields of a record with the id first and the creation last, the enterprise extension under its short key.
    static func fields(id: String, attributes: Object, created: String?, lists: [Field]) -> YAML.Value {
        var fields = [Field("id", .text(id))]
        let extensions = attributes.members.filter { isExtension($0.name) }
        for member in attributes.members where !isExtension(member.name) {
            fields.append(Field(member.name, written(member.value)))
        }
        fields += lists
        for member in extensions {
            let key = member.name == enterpriseURN ? enterpriseKey : member.name
            fields.append(Field(key, written(member.value)))
        }
        if let created { fields.append(Field("created", .timestamp(created))) }
        return .map(fields)
    }

    /// The value that a record's file holds; a file that ends within a line may lack the rest of it, even where it parses.
    static func root(of bytes: UnsafeBufferPointer<UInt8>, _ reader: inout DocumentReader) -> Node? {
        guard let root = reader.root(Array(bytes)) else { return nil }
        guard bytes.last != UInt8(ascii: "\n") else { return root }
        reader.error(
            "the file ends within a line, expected a line feed behind it",
            at: Place(endOf: bytes),
            hint: "a part of the file may be missing; bring it back by git, or end its last line"
        )
        return nil
    }

    private static func isExtension(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: ":")) }

    private static func written(_ value: SCIM.Value) -> YAML.Value {
        switch value {
        case .null: .text("")
        case .bool(let bool): .boolean(bool)
        case .integer(let integer): .integer(integer)
        case .decimal(let decimal): .text(String(decimal))
        case .string(let string): .text(string)
        case .array(let elements): .list(elements.map(written))
        case .object(let object): .map(object.members.map { Field($0.name, written($0.value)) })
        }
    }
}
