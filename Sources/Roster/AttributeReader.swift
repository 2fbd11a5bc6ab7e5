internal import SCIM
internal import YAML

/// Reads a record's attributes with the types that their schema gives them (RFC 7643 section 4).
///
/// A key that no schema has is kept as its form says (quoted text is text, a plain `true` a boolean), so that a file
/// that a newer dagroster wrote loses nothing here.
struct AttributeReader {
    let type: ResourceType

    /// The attribute that an entry holds, under its SCIM name; nil when its value is of another type, which is noted.
    func attribute(_ entry: Entry, _ reader: inout DocumentReader) -> (name: String, value: SCIM.Value)? {
        let name = entry.key == RecordFile.enterpriseKey ? RecordFile.enterpriseURN : entry.key
        if let schema = type.extensions.first(where: { $0.id == name }) {
            return object(entry.value, key: entry.key, of: schema.attributes, &reader).map { (name, $0) }
        }
        return value(entry.value, key: entry.key, of: type.schema.attribute(named: name), &reader).map { (name, $0) }
    }

    private func value(
        _ node: Node,
        key: String,
        of attribute: Attribute?,
        _ reader: inout DocumentReader
    ) -> SCIM.Value? {
        guard let attribute else { return untyped(node, key: key, &reader) }
        guard attribute.isMultiValued else { return single(node, key: key, of: attribute, &reader) }
        guard let nodes = reader.list(node, what: "\"\(key)\"") else { return nil }
        return .array(nodes.compactMap { single($0, key: key, of: attribute, &reader) })
    }

    private func single(
        _ node: Node,
        key: String,
        of attribute: Attribute,
        _ reader: inout DocumentReader
    ) -> SCIM.Value? {
        switch attribute.type {
        case .complex: object(node, key: key, of: attribute.subAttributes, &reader)
        case .boolean: reader.boolean(node, what: "\"\(key)\"").map { .bool($0.value) }
        case .integer: reader.integer(node, what: "\"\(key)\"").map { .integer($0.value) }
        case .string, .decimal, .dateTime, .binary, .reference:
            reader.text(node, what: "\"\(key)\"").map { .string($0.value) }
        }
    }

    private func object(
        _ node: Node,
        key: String,
        of attributes: [Attribute],
        _ reader: inout DocumentReader
    ) -> SCIM.Value? {
        guard let entries = reader.entries(of: node, what: "\"\(key)\"") else { return nil }
        var object = Object()
        for entry in entries {
            let attribute = attributes.first { $0.name == entry.key }
            object[entry.key] = value(entry.value, key: entry.key, of: attribute, &reader)
        }
        return .object(object)
    }

    private func untyped(_ node: Node, key: String, _ reader: inout DocumentReader) -> SCIM.Value? {
        switch node.content {
        case .sequence(let nodes): return .array(nodes.compactMap { untyped($0, key: key, &reader) })
        case .mapping: return object(node, key: key, of: [], &reader)
        case .scalar(let scalar):
            switch scalar.kind {
            case .boolean: return reader.boolean(node, what: "\"\(key)\"").map { .bool($0.value) }
            case .integer: return reader.integer(node, what: "\"\(key)\"").map { .integer($0.value) }
            default: return reader.text(node, what: "\"\(key)\"").map { .string($0.value) }
            }
        }
    }
}
