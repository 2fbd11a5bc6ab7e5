internal import Roster

/// What one state of a tree means beside another one: for groups, for people, and object by object.
package struct AccessDifference: Hashable, Sendable {
    /// Who joined or left which group, by name.
    package var groups: [GroupDifference]
    /// Who gains or loses what, by address.
    package var people: [PersonDifference]
    /// Every record and every thing under `access/` that is not as it was.
    package var objects: [ObjectDifference]

    /// Joins the parts.
    package init(
        groups: [GroupDifference] = [],
        people: [PersonDifference] = [],
        objects: [ObjectDifference] = []
    ) {
        self.groups = groups
        self.people = people
        self.objects = objects
    }

    /// Whether nothing is different.
    package var isEmpty: Bool { groups.isEmpty && people.isEmpty && objects.isEmpty }
}

extension AccessDifference {
    /// Compares two states; of the second, `ids` are the people who can have another access than before, nil: everybody.
    package init(from old: TreeSide, to new: TreeSide, people ids: Set<String>? = nil) {
        groups = Self.groups(old.directory, new.directory)
        people = PeopleDifference(old: old, new: new).people(ids)
        objects = RecordDifference(old: old, new: new).objects + AccessFileDifference(old.access, new.access).objects
    }

    private static func groups(_ old: Directory, _ new: Directory) -> [GroupDifference] {
        let ids = Set(old.groupIDs).union(new.groupIDs)
        return ids.compactMap { id in
            let (before, after) = (old.group(id: id), new.group(id: id))
            guard let name = (after ?? before)?.displayName, before != after else { return nil }
            let earlier = before.map { members(of: $0) } ?? []
            let later = after.map { members(of: $0) } ?? []
            let former = before?.displayName == name ? nil : before?.displayName
            let joined = later.subtracting(earlier).compactMap { self.name(of: $0, new) }.sorted()
            let left = earlier.subtracting(later).compactMap { self.name(of: $0, old) }.sorted()
            let change: ObjectDifference.Action = before == nil ? .created : after == nil ? .removed : .changed
            guard change != .changed || former != nil || !joined.isEmpty || !left.isEmpty else { return nil }
            return GroupDifference(name: name, formerName: former, change: change, joined: joined, left: left)
        }
        .sorted { ($0.name, $0.formerName ?? "", $0.change.rank) < ($1.name, $1.formerName ?? "", $1.change.rank) }
    }

    private static func members(of group: Group) -> Set<Member> {
        Set(group.members.map(Member.user)).union(group.groups.map(Member.group))
    }

    private static func name(of member: Member, _ directory: Directory) -> String? {
        guard let name = directory.name(of: member) else { return nil }
        if case .group = member { return "group \"\(name)\"" }
        return name
    }
}
