/// A record that is a plain object in SCIM's form: core attributes at the top, an extension's under its URN.
///
/// It keeps the schema's order whatever the order of changes. Common attributes (`id`, `meta`) are kept where they
/// are, as members at the top.
public struct Resource: MutableRecord, Hashable, Sendable {
    /// What kind of resource it is.
    public let type: ResourceType
    /// Its attributes.
    public private(set) var object: Object

    /// A resource of a type with canonical attributes.
    public init(_ object: Object = Object(), type: ResourceType) {
        self.object = object
        self.type = type
    }

    /// The value of an attribute; `schemas` is derived.
    public func value(of attribute: Attribute, in schema: Schema) -> Value? {
        if schema.id != type.schema.id { return object[schema.id]?.object?[attribute.name] }
        if let value = object[attribute.name] { return value }
        return attribute.name == "schemas" ? .array(type.schemas(of: object).map(Value.string)) : nil
    }

    /// Gives an attribute a value; an extension without values disappears.
    public mutating func assign(_ value: Value?, to attribute: Attribute, in schema: Schema) {
        guard schema.id != type.schema.id else {
            object = object.assigning(value, to: attribute.name, rank: rank(of:))
            return
        }
        let part = (object[schema.id]?.object ?? Object())
            .assigning(value, to: attribute.name, rank: schema.index(of:))
        object = object.assigning(part.isEmpty ? nil : .object(part), to: schema.id, rank: rank(of:))
    }

    /// Gives attributes of an extension values, which are in its order.
    mutating func merge(_ members: Object, into schema: Schema) {
        guard !members.isEmpty else { return }
        var part = object[schema.id]?.object
        for member in members.members where part != nil {
            part = part?.assigning(member.value, to: member.name, rank: schema.index(of:))
        }
        object = object.assigning(.object(part ?? members), to: schema.id, rank: rank(of:))
    }

    /// The place of a member among those that a resource of the type can have.
    private func rank(of name: String) -> Int? {
        switch name {
        case "schemas": return 0
        case "id": return 1
        case "meta": return .max
        default: break
        }
        if let place = type.schema.index(of: name) { return 2 + place }
        let place = type.extensions.indices.first { CaseInsensitive.equal(type.extensions[$0].id, name) }
        return place.map { 2 + type.schema.attributes.count + $0 }
    }
}

extension Resource: CustomStringConvertible {
    /// The attributes as JSON.
    public var description: String { String(decoding: JSON.write(.object(object)), as: UTF8.self) }
}

extension Object {
    /// The object with a member assigned; a new one goes before those of a higher rank, and one without a rank nowhere.
    func assigning(_ value: Value?, to name: String, rank: (String) -> Int?) -> Object {
        var object = self
        guard let value, index(of: name) == nil else {
            object[name] = value
            return object
        }
        guard let own = rank(name) else { return self }
        // From the end, where most belong.
        let before = members.lastIndex { member in rank(member.name).map { $0 < own } ?? true }
        object.members.insert(Member(name: name, value: value), at: before.map { $0 + 1 } ?? 0)
        return object
    }
}
