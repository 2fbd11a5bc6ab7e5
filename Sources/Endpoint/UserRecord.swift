internal import Roster
internal import SCIM

/// A user as the protocol reads and changes it.
struct UserRecord: MutableRecord {
    let user: User
    let links: Links
    /// The attributes with the changes so far; nil while there are none, because most requests only read.
    private var changed: Object?

    init(_ user: User, links: Links) {
        self.user = user
        self.links = links
    }

    /// The attributes with the changes so far.
    private(set) var attributes: Object {
        get { changed ?? user.attributes }
        set { changed = newValue }
    }

    /// One attribute with the changes so far.
    private func stored(_ name: String) -> Value? { changed.map { $0[name] } ?? user.value(of: name) }

    func value(of attribute: Attribute, in schema: Schema) -> Value? {
        guard links.stored.keeps(attribute, in: schema) else { return Value?.none }
        if schema.id == Schema.enterpriseUser.id {
            let held = stored(schema.id)?.object?[attribute.name]
            return attribute.name == "manager" ? held.map(links.manager) : held
        }
        switch attribute.name {
        case "id": return .string(user.id)
        case "groups": return links.groups(of: user.id)
        case "schemas": return .array(links.stored.user.schemas(of: attributes).map { .string($0) })
        case "meta": return links.meta(.user, id: user.id, created: user.created, version: EntityTag(user.version))
        default: return stored(attribute.name)
        }
    }

    mutating func assign(_ value: Value?, to attribute: Attribute, in schema: Schema) throws(SCIMError) {
        guard schema.id == Schema.enterpriseUser.id else {
            attributes[attribute.name] = value
            return
        }
        var part = attributes[schema.id]?.object ?? Object()
        part[attribute.name] = attribute.name == "manager" ? value.map(Self.storedManager) : value
        attributes[schema.id] = part.isEmpty ? nil : .object(part)
    }

    /// Puts attributes in place of all that there were, as a POST or PUT has them.
    mutating func replace(with attributes: Object) {
        self.attributes = attributes
        let urn = Schema.enterpriseUser.id
        guard var part = attributes[urn]?.object, let manager = part["manager"] else { return }
        part["manager"] = Self.storedManager(manager)
        self.attributes[urn] = .object(part)
    }

    /// Only the id is kept: name and URL follow from it.
    private static func storedManager(_ value: Value) -> Value {
        guard let id = value.object?["value"] else { return value }
        return ["value": id]
    }

    /// What the changes so far come to; nil for nothing.
    var mutation: Mutation? {
        guard var stated = changed else { return nil }
        let before = user.attributes
        // A request that takes `active` away says nothing about it; nobody who was disabled comes back by that.
        if stated["active"] == nil { stated["active"] = before["active"] }
        let after = User(id: user.id, created: user.created, attributes: stated)
        guard after != user else { return nil }
        let assignments = Assignments(from: before, to: after.attributes)
        return assignments.isEmpty ? nil : .changeUser(id: user.id, assignments)
    }
}
