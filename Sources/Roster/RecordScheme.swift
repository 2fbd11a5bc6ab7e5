internal import SCIM

/// The attributes of a record's file in the order of the canonical form, made to be found by the bytes of their keys.
struct RecordScheme: Sendable {
    /// One key with what may stand under it; a class, so that it is handed around at the cost of one count.
    final class Field: Sendable {
        /// The name in the record, which for an extension is its URN; shared by all records.
        let name: String
        /// The key's bytes.
        let key: [UInt8]
        let type: Attribute.DataType
        let isMultiValued: Bool
        let inner: [Field]

        init(name: String, key: String, type: Attribute.DataType, isMultiValued: Bool, inner: [Field]) {
            self.name = name
            self.key = Array(key.utf8)
            self.type = type
            self.isMultiValued = isMultiValued
            self.inner = inner
        }
    }

    /// At most 64.
    let fields: [Field]

    static let user = RecordScheme(.user, extensions: [(RecordFile.enterpriseKey, .enterpriseUser)])
    static let group = RecordScheme(.group, extensions: [])

    private init(_ schema: Schema, extensions: [(key: String, schema: Schema)]) {
        let core = schema.attributes.filter { $0.name != "members" && $0.name != "groups" }.map(Field.init)
        let others = extensions.map { key, schema in
            let inner = Field.sorted(schema.attributes.map(Field.init), by: AttributeOrder.subNames)
            return Field(name: schema.id, key: key, type: .complex, isMultiValued: false, inner: inner)
        }
        fields = Field.sorted(core + others, by: AttributeOrder.names)
    }
}

extension RecordScheme.Field {
    fileprivate convenience init(_ attribute: Attribute) {
        self.init(
            name: attribute.name,
            key: attribute.name,
            type: attribute.type,
            isMultiValued: attribute.isMultiValued,
            inner: Self.sorted(
                attribute.subAttributes.map(RecordScheme.Field.init),
                by: AttributeOrder.subNames
            )
        )
    }

    /// As ``AttributeOrder`` has them: those that it does not name go last, by name.
    fileprivate static func sorted(_ fields: [RecordScheme.Field], by order: [String]) -> [RecordScheme.Field] {
        fields.sorted { left, right in
            let leftRank = order.firstIndex(of: left.name) ?? order.count
            let rightRank = order.firstIndex(of: right.name) ?? order.count
            return leftRank == rightRank ? left.name < right.name : leftRank < rightRank
        }
    }
}
