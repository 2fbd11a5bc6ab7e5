internal import HashTreeCollections

/// One change as people read it in a commit message: `+ user   ada@example.com  active`.
package struct ChangeLine: Hashable, Sendable {
    /// What happened to the record.
    package enum Sign: String, Hashable, Sendable {
        case created = "+"
        case changed = "~"
        case removed = "-"
    }

    /// What kind of record it is.
    package enum Kind: String, Hashable, Sendable {
        case user
        case group
    }

    package var sign: Sign
    package var kind: Kind
    /// The userName or displayName, as the identity provider spells it: text that nobody has checked.
    package var name: String
    /// What changed, in a few words.
    package var detail: String

    package init(sign: Sign, kind: Kind, name: String, detail: String) {
        self.sign = sign
        self.kind = kind
        self.name = name
        self.detail = detail
    }
}

extension Directory {
    /// The lines that describe a mutation of this directory.
    ///
    /// - Parameters:
    ///   - mutation: what was applied to it.
    ///   - after: what it became.
    /// - Returns: a line, or none where the record was not there.
    package func lines(for mutation: Mutation, making after: Directory) -> [ChangeLine] {
        switch mutation {
        case .createUser(let user):
            [ChangeLine(sign: .created, kind: .user, name: user.userName, detail: state(user))]
        case .changeUser(let id, let assignments):
            user(id: id).map { [line(for: $0, assignments, after: after.user(id: id) ?? $0)] } ?? []
        case .deleteUser(let id):
            user(id: id).map { [line(removing: .user(id), kind: .user, name: $0.userName)] } ?? []
        case .createGroup(let group):
            [
                ChangeLine(
                    sign: .created,
                    kind: .group,
                    name: group.displayName,
                    detail: size(of: group)
                )
            ]
        case .changeGroup(let id, let change):
            group(id: id).map { [line(for: $0, change, after: after.group(id: id) ?? $0)] } ?? []
        case .deleteGroup(let id):
            group(id: id).map { [line(removing: .group(id), kind: .group, name: $0.displayName)] } ?? []
        }
    }

    // The attributes whose changes have words of their own.
    private static let nameOfUsers: Set = [NameKey("userName")]
    private static let nameOfActive: Set = [NameKey("active")]

    private func line(for user: User, _ assignments: Assignments, after changed: User) -> ChangeLine {
        let name = user.userName
        var details: [String] = []
        if assignments.names(anyOf: Self.nameOfUsers), changed.userName != name {
            details.append("renamed to \(changed.userName)")
        }
        if assignments.names(anyOf: Self.nameOfActive), changed.isActive != user.isActive {
            details.append(changed.isActive ? "activated" : "deactivated")
        }
        let others = assignments.names.filter { !["userName", "active"].contains($0) }
        details += others.map(Self.shortened)
        return ChangeLine(sign: .changed, kind: .user, name: name, detail: details.joined(separator: ", "))
    }

    private func line(for group: Group, _ change: GroupChange, after changed: Group) -> ChangeLine {
        var details: [String] = []
        if changed.displayName != group.displayName { details.append("renamed to \(changed.displayName)") }
        details += change.assignments.names.filter { $0 != "displayName" }.map(Self.shortened)
        if !change.joining.isEmpty || !change.leaving.isEmpty {
            details.append(members(joining: change.joining.count, leaving: change.leaving.count))
        }
        let detail = details.joined(separator: ", ")
        return ChangeLine(sign: .changed, kind: .group, name: group.displayName, detail: detail)
    }

    private func line(removing member: Member, kind: ChangeLine.Kind, name: String) -> ChangeLine {
        let held = groupIDs(containing: member.id).compactMap { groupsByID[$0]?.displayName }.sorted()
        let detail = held.isEmpty ? "" : "left " + held.joined(separator: ", ")
        return ChangeLine(sign: .removed, kind: kind, name: name, detail: detail)
    }

    private func state(_ user: User) -> String { user.isActive ? "active" : "inactive" }

    private func size(of group: Group) -> String {
        let count = group.members.count + group.groups.count
        return count == 1 ? "1 member" : "\(count) members"
    }

    private func members(joining: Int, leaving: Int) -> String { "+\(joining) -\(leaving) members" }

    /// The last part of a URN, which is what people call an extension; other names as they are.
    private static func shortened(_ name: String) -> String {
        guard name.contains(":") else { return name }
        let parts = name.split(separator: ":").filter { !$0.allSatisfy { $0.isNumber || $0 == "." } }
        return parts.dropLast(parts.last == "User" || parts.last == "Group" ? 1 : 0).last.map(String.init) ?? name
    }
}
