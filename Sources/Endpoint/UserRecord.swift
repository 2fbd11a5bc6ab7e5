internal import Roster
internal import SCIM

/// A user as the protocol reads and changes it.
struct UserRecord: MutableRecord {
    let user: User
    let links: Links
    /// What stands in the place of all attributes, if somebody has replaced them.
    private var replacement: Object?
    /// The changes so far of single attributes.
    private var assigned: [String: Value?] = [:]

    init(_ user: User, links: Links) {
        self.user = user
        self.links = links
    }

    /// The attributes with the changes so far.
    var attributes: Object { Assignments(assigned).applied(to: replacement ?? user.attributes) }

    /// What says whether the attributes have become too large: all of them, or, where no other can be, the changed
    /// ones.
    var measuredAttributes: Object {
        guard replacement == nil, user.text.byteCount <= RecordSize.longestText else { return attributes }
        return Assignments(assigned).applied(to: Object())
    }

    /// One attribute with the changes so far.
    private func stored(_ name: String) -> Value? {
        if let value = assigned[name] { return value }
        return replacement.map { $0[name] } ?? user.value(of: name)
    }

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
            assigned[attribute.name] = .some(value)
            return
        }
        var part = stored(schema.id)?.object ?? Object()
        part[attribute.name] = attribute.name == "manager" ? value.map(Self.storedManager) : value
        assigned[schema.id] = .some(part.isEmpty ? nil : .object(part))
    }

    /// Puts attributes in place of all that there were, as a POST or PUT has them.
    mutating func replace(with attributes: Object) {
        assigned = [:]
        replacement = Self.stored(attributes)
    }

    /// Attributes as a request has them, in the form in which they are kept.
    static func stored(_ attributes: Object) -> Object {
        var attributes = attributes
        let urn = Schema.enterpriseUser.id
        if var part = attributes[urn]?.object, let manager = part["manager"] {
            part["manager"] = storedManager(manager)
            attributes[urn] = .object(part)
        }
        return attributes
    }

    /// Only the id is kept: name and URL follow from it.
    private static func storedManager(_ value: Value) -> Value {
        guard let id = value.object?["value"] else { return value }
        return ["value": id]
    }

    /// What the changes so far come to; nil for nothing.
    var mutation: Mutation? {
        let changes: Assignments
        if replacement == nil {
            changes = user.changes(by: Assignments(assigned))
        } else {
            let before = user.attributes
            var stated = attributes
            // A request that says nothing about `active` brings nobody back who was disabled.
            if stated["active"] == nil { stated["active"] = before["active"] }
            let after = User(id: user.id, created: user.created, attributes: stated)
            changes = after == user ? Assignments() : Assignments(from: before, to: after.attributes)
        }
        return changes.isEmpty ? nil : .changeUser(id: user.id, changes)
    }
}
