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
            object = object.assigning(value, to: attribute.name, order: Self.order(of: type))
            return
        }
        let part = (object[schema.id]?.object ?? Object())
            .assigning(value, to: attribute.name, order: schema.attributes.map(\.name))
        object = object.assigning(part.isEmpty ? nil : .object(part), to: schema.id, order: Self.order(of: type))
    }

    /// Gives attributes of an extension values, which are in its order.
    mutating func merge(_ members: Object, into schema: Schema) {
        guard !members.isEmpty else { return }
        var part = object[schema.id]?.object
        for member in members.members {
            part = part?.assigning(member.value, to: member.name, order: schema.attributes.map(\.name))
        }
        object = object.assigning(.object(part ?? members), to: schema.id, order: Self.order(of: type))
    }

    private static func order(of type: ResourceType) -> [String] {
        Schema.common.attributes.map(\.name).filter { $0 != "meta" && $0 != "externalId" }
            + type.schema.attributes.map(\.name) + type.extensions.map(\.id) + ["meta"]
    }
}

extension Resource: CustomStringConvertible {
    /// The attributes as JSON.
    public var description: String { String(decoding: JSON.write(.object(object)), as: UTF8.self) }
}

extension Object {
    /// The object with a member assigned; a new one goes to its place in an order, an unknown one last.
    func assigning(_ value: Value?, to name: String, order: [String]) -> Object {
        if value == nil || self[name] != nil {
            var object = self
            object[name] = value
            return object
        }
        guard let value, let rank = order.firstIndex(of: name) else { return self }
        let later = order[(rank + 1)...]
        let place = members.firstIndex { member in later.contains { CaseInsensitive.equal($0, member.name) } }
        var changed = members
        changed.insert(Member(name: name, value: value), at: place ?? members.count)
        return Object(distinct: changed)
    }
}
