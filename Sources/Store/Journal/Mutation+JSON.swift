internal import HashTreeCollections
package import Roster
package import SCIM

// A mutation as a JSON value, which says of itself what it is: the journal holds it, and a person can read it in a
// file that was set aside.
extension Mutation {
    /// The mutation as a value that `init(json:)` reads back.
    package var json: Value {
        switch self {
        case .createUser(let user):
            .object([
                "do": "create user", "id": .string(user.id), "created": user.created.map(Value.string) ?? .null,
                "attributes": .object(user.attributes),
            ])
        case .changeUser(let id, let assignments):
            .object(["do": "change user", "id": .string(id), "set": assignments.json])
        case .deleteUser(let id): .object(["do": "delete user", "id": .string(id)])
        case .createGroup(let group): Self.json(creating: group)
        case .changeGroup(let id, let change): Self.json(changing: id, change)
        case .deleteGroup(let id): .object(["do": "delete group", "id": .string(id)])
        }
    }

    /// Appends the text of ``json``; that of a new person is put together from what it is kept as.
    package func write(into bytes: inout [UInt8]) {
        guard case .createUser(let user) = self else { return JSON.write(json, into: &bytes) }
        bytes.append(contentsOf: #"{"do":"create user","id":"#.utf8)
        JSON.write(user.id, into: &bytes)
        bytes.append(contentsOf: #","created":"#.utf8)
        JSON.write(user.created.map(Value.string) ?? .null, into: &bytes)
        bytes.append(contentsOf: #","attributes":"#.utf8)
        user.text.writeAttributes(into: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private static func json(creating group: Group) -> Value {
        .object([
            "do": "create group", "id": .string(group.id), "created": group.created.map(Value.string) ?? .null,
            "attributes": .object(group.attributes), "users": .strings(group.members), "groups": .strings(group.groups),
            "unresolvedUsers": .strings(group.unresolved.users), "unresolvedGroups": .strings(group.unresolved.groups),
        ])
    }

    private static func json(changing id: String, _ change: GroupChange) -> Value {
        .object([
            "do": "change group", "id": .string(id), "set": change.assignments.json,
            "join": .strings(change.joining.compactMap(\.userID)),
            "leave": .strings(change.leaving.compactMap(\.userID)),
            "joinGroups": .strings(change.joining.compactMap(\.groupID)),
            "leaveGroups": .strings(change.leaving.compactMap(\.groupID)),
        ])
    }

    /// Reads what ``json`` wrote; nil for anything else.
    package init?(json: Value) {
        guard let fields = json.object, let id = fields["id"]?.string else { return nil }
        let mutation: Mutation? =
            switch fields["do"]?.string {
            case "create user":
                fields["attributes"]?.object.map {
                    .createUser(User(id: id, created: fields["created"]?.string, attributes: $0))
                }
            case "change user": Assignments(json: fields["set"]).map { .changeUser(id: id, $0) }
            case "delete user": .deleteUser(id: id)
            case "create group": Self.group(id, fields).map { .createGroup($0) }
            case "change group": Self.change(fields).map { .changeGroup(id: id, $0) }
            case "delete group": .deleteGroup(id: id)
            default: nil
            }
        guard let mutation else { return nil }
        self = mutation
    }

    private static func group(_ id: String, _ fields: Object) -> Group? {
        guard let attributes = fields["attributes"]?.object, let users = fields["users"]?.strings,
            let groups = fields["groups"]?.strings, let unresolvedUsers = fields["unresolvedUsers"]?.strings,
            let unresolvedGroups = fields["unresolvedGroups"]?.strings
        else { return nil }
        return Group(
            id: id,
            created: fields["created"]?.string,
            attributes: attributes,
            members: users,
            groups: groups,
            unresolved: UnresolvedMembers(users: unresolvedUsers, groups: unresolvedGroups)
        )
    }

    private static func change(_ fields: Object) -> GroupChange? {
        guard let assignments = Assignments(json: fields["set"]), let joining = fields["join"]?.strings,
            let leaving = fields["leave"]?.strings, let joiningGroups = fields["joinGroups"]?.strings,
            let leavingGroups = fields["leaveGroups"]?.strings
        else { return nil }
        return GroupChange(
            assignments: assignments,
            joining: Set(joining.map(Member.user) + joiningGroups.map(Member.group)),
            leaving: Set(leaving.map(Member.user) + leavingGroups.map(Member.group))
        )
    }
}

extension Assignments {
    /// Pairs in the names' order; a name alone is one whose value goes.
    ///
    /// No object, which would take two names that
    /// differ in letter case for one.
    fileprivate var json: Value {
        .array(
            names.map { name in
                let value: Value? = values[name] ?? nil
                return .array([.string(name)] + (value.map { [$0] } ?? []))
            }
        )
    }

    fileprivate init?(json: Value?) {
        guard let pairs = json?.array else { return nil }
        var values: [String: Value?] = [:]
        for pair in pairs {
            guard let parts = pair.array, let name = parts.first?.string, parts.count <= 2 else { return nil }
            values[name] = .some(parts.count == 2 ? parts[1] : Value?.none)
        }
        self.init(values)
    }
}

extension Member {
    fileprivate var userID: String? {
        guard case .user(let id) = self else { return nil }
        return id
    }

    fileprivate var groupID: String? {
        guard case .group(let id) = self else { return nil }
        return id
    }
}

extension Value {
    /// A list of texts.
    static func strings(_ texts: some Sequence<String>) -> Value { .array(texts.map(Value.string)) }

    /// The texts of a list of nothing else.
    var strings: [String]? {
        guard let array else { return nil }
        let texts = array.compactMap(\.string)
        return texts.count == array.count ? texts : nil
    }
}
