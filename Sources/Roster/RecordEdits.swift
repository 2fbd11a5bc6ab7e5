/// Records as their files have them now, whoever wrote those.
package struct RecordEdits: Hashable, Sendable {
    /// Ids of records that no file has any more.
    package var removed: Set<String> = []
    /// People whose files were made or changed.
    package var users: [User] = []
    /// Groups whose files were made or changed, with their members by name.
    package var groups: [GroupFile.Contents] = []

    package init() {}

    package var isEmpty: Bool { removed.isEmpty && users.isEmpty && groups.isEmpty }

    /// Every record that they are about.
    package var ids: Set<String> { removed.union(users.map(\.id)).union(groups.map(\.group.id)) }

    /// Those of some records alone.
    package func only(_ isWanted: (String) -> Bool) -> RecordEdits {
        var some = RecordEdits()
        some.removed = removed.filter(isWanted)
        some.users = users.filter { isWanted($0.id) }
        some.groups = groups.filter { isWanted($0.group.id) }
        return some
    }
}
