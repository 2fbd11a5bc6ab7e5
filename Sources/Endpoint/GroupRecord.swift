internal import HashTreeCollections
internal import Roster
internal import SCIM
internal import Store

/// A group as the protocol reads and changes it, without ever listing its members to change one.
struct GroupRecord: MutableRecord {
    let group: Group
    let links: Links
    private(set) var attributes: Object
    private var joining: Set<Member> = []
    private var leaving: Set<Member> = []

    init(_ group: Group, links: Links) {
        self.group = group
        self.links = links
        attributes = group.attributes
    }

    func value(of attribute: Attribute, in schema: Schema) -> Value? {
        switch attribute.name {
        case "id": .string(group.id)
        case "schemas": .array(ResourceType.group.schemas(of: attributes).map { .string($0) })
        case "meta": links.meta(.group, id: group.id, created: group.created, version: EntityTag(group.version))
        case "members": .array(members.map(links.member))
        default: attributes[attribute.name]
        }
    }

    func hasValue(of attribute: Attribute, in schema: Schema) -> Bool {
        guard attribute.name == "members" else { return value(of: attribute, in: schema)?.isUnassigned == false }
        return group.members.count + group.groups.count + joining.count > leaving.count
    }

    func elements(of attribute: Attribute, whose subAttribute: String, equals value: String) -> [Value]? {
        guard attribute.name == "members", subAttribute == "value" else { return nil }
        return [Member.user(value), .group(value)].filter(contains).map(links.member)
    }

    private var members: [Member] {
        let present = group.members.map(Member.user) + group.groups.map(Member.group)
        // The sets have another order in every process; answers must not.
        return (present.filter { !leaving.contains($0) } + joining).sorted { $0.id < $1.id }
    }

    private func contains(_ member: Member) -> Bool {
        joining.contains(member) || group.contains(member) && !leaving.contains(member)
    }
}

extension GroupRecord {
    mutating func assign(_ value: Value?, to attribute: Attribute, in schema: Schema) throws(SCIMError) {
        guard attribute.name == "members" else {
            attributes[attribute.name] = value
            return
        }
        let wanted = try Set((value?.array ?? []).map { element throws(SCIMError) in try member(element) })
        for member in members where !wanted.contains(member) { remove(member) }
        for member in wanted { insert(member) }
    }

    mutating func insert(_ elements: [Value], into attribute: Attribute, in schema: Schema) throws(SCIMError) {
        guard attribute.name == "members" else { return }
        for element in elements { insert(try member(element)) }
    }

    mutating func remove(_ elements: [Value], from attribute: Attribute, in schema: Schema) throws(SCIMError) {
        guard attribute.name == "members" else { return }
        for element in elements {
            // Whoever is in no group any more can be removed once more: identity providers repeat themselves.
            guard let id = element.object?["value"]?.string else { throw Self.misunderstood(element) }
            for member in [Member.user(id), .group(id)] where contains(member) { remove(member) }
        }
    }

    /// Puts attributes and members in place of all that there were, as a POST or PUT has them.
    mutating func replace(with attributes: Object) throws(SCIMError) {
        guard let list = ResourceType.group.schema.attribute(named: "members") else { return }
        try assign(attributes["members"], to: list, in: ResourceType.group.schema)
        self.attributes = attributes
        self.attributes["members"] = nil
    }

    /// The group with the changes so far, under an id of its own.
    func group(id: String, created: String) -> Group {
        let (users, groups) = members.reduce(into: ([String](), [String]())) { result, member in
            switch member {
            case .user(let id): result.0.append(id)
            case .group(let id): result.1.append(id)
            }
        }
        return Group(id: id, created: created, attributes: attributes, members: users, groups: groups)
    }

    private mutating func insert(_ member: Member) {
        leaving.remove(member)
        if !group.contains(member) { joining.insert(member) }
    }

    private mutating func remove(_ member: Member) {
        joining.remove(member)
        if group.contains(member) { leaving.insert(member) }
    }

    /// The member that an element names; somebody who does not exist is refused, because a group that silently lacks
    /// a person looks as if it had them.
    private func member(_ element: Value) throws(SCIMError) -> Member {
        guard let id = element.object?["value"]?.string else { throw Self.misunderstood(element) }
        guard let member = links.content.member(id: id) else {
            throw .invalidValue(
                "members: there is no user or group with id \"\(id)\"; provision it first, then add it to "
                    + "group \"\(group.displayName)\""
            )
        }
        return member
    }

    private static func misunderstood(_ element: Value) -> SCIMError {
        let found = String(decoding: JSON.write(element).prefix(100), as: UTF8.self)
        return .invalidValue("members: expected objects such as {\"value\": \"<id>\"}, found \(found)")
    }

    /// What the changes so far come to; nil for nothing.
    var mutation: Mutation? {
        let changed = Group(id: group.id, created: group.created, attributes: attributes)
        let assignments = Assignments(from: group.attributes, to: changed.attributes)
        let change = GroupChange(assignments: assignments, joining: joining, leaving: leaving)
        return change.isEmpty ? nil : .changeGroup(id: group.id, change)
    }
}
