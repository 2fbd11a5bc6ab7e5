internal import Access
internal import Git
internal import Roster
internal import YAML

/// The records whose files differ, as they were and as they are.
struct ChangedRecords: Sendable {
    var users: [TreeSlice.Side: [RecordFileContents]] = [:]
    var groups: [TreeSlice.Side: [RecordFileContents]] = [:]

    /// The names that are not the same record's on both sides, of people and of groups: whoever lists one of them without
    /// having changed, lists another one.
    var shiftedNames: (users: Set<NameKey>, groups: Set<NameKey>) {
        let users = users.mapValues { $0.compactMap(\.user).map { Naming(name: NameKey($0.userName), id: $0.id) } }
        let groups = groups.mapValues { files in
            files.compactMap(\.group).map { Naming(name: NameKey($0.group.displayName), id: $0.group.id) }
        }
        return (Self.shifted(users), Self.shifted(groups))
    }

    private struct Naming: Hashable {
        var name: NameKey
        var id: String
    }

    private static func shifted(_ names: [TreeSlice.Side: [Naming]]) -> Set<NameKey> {
        Set(Set(names[.before] ?? []).symmetricDifference(names[.after] ?? []).map(\.name))
    }
}

extension TreeSlice {
    /// Reads the changed records; nil where one cannot be read, or stands where none may.
    mutating func changedRecords(_ layout: Layout) -> ChangedRecords? {
        var changed = ChangedRecords()
        for change in changes where change.path.hasPrefix(RecordKind.root + "/") {
            let location = TreeLocation(path: change.path, layout: layout)
            if location == .foreign { continue }
            guard case .record = location else { return nil }
            for (side, object) in [(Side.before, change.before), (.after, change.after)] {
                guard let object else { continue }
                guard let file = record(change.path, object), let record = file.record else { return nil }
                switch record {
                case .user: changed.users[side, default: []].append(file)
                case .group: changed.groups[side, default: []].append(file)
                }
            }
        }
        return changed
    }

    /// The people whose access can differ: their own record did, or a group's list of them, or what a group or team
    /// they are in means.
    func peopleTouched(
        by changed: ChangedRecords,
        _ groups: SlicedGroups,
        _ access: SlicedAccess
    ) -> Set<NameKey> {
        var people = Set(changed.users.values.flatMap { $0.compactMap(\.userName) }.map(NameKey.init))
        let sides = Side.allCases.map { side in
            Dictionary(
                (changed.groups[side] ?? []).compactMap { file in file.group.map { ($0.group.id, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
        for id in Set(sides[0].keys).union(sides[1].keys) {
            let (before, after) = (sides[0][id], sides[1][id])
            let isSame = before?.group.displayName == after?.group.displayName
            if isSame, before?.groups.map(\.value) == after?.groups.map(\.value) {
                people.formUnion(Self.names(before).symmetricDifference(Self.names(after)))
            } else {
                if let before { people.formUnion(groups.everybody(in: before, on: .before)) }
                if let after { people.formUnion(groups.everybody(in: after, on: .after)) }
            }
        }
        for binding in access.after.bindings(changedFrom: access.before) {
            guard case .team(let name) = binding.principal else { continue }
            for group in binding.groups?.map(\.value) ?? [name] {
                for side in Side.allCases {
                    guard let found = groups.group(NameKey(group), on: side) else { continue }
                    people.formUnion(groups.everybody(in: found, on: side))
                }
            }
        }
        return people
    }

    private static func names(_ group: GroupFile.Contents?) -> Set<NameKey> {
        Set((group?.members ?? []).map { NameKey($0.value) })
    }

    /// The state of one side: everybody who can be another thing, and all groups that make somebody a member of a team.
    func contents(
        of side: Side,
        _ access: SlicedAccess,
        _ groups: SlicedGroups,
        _ users: [Side: [RecordFileContents]],
        _ people: Set<NameKey>
    ) async -> TreeContents {
        let listed = groups.files[side] ?? [:]
        let files = listed.values.map { file in
            guard var group = file.group else { return file }
            group.members = group.members.filter { people.contains(NameKey($0.value)) }
            group.groups = group.groups.filter { listed[NameKey($0.value)] != nil }
            var file = file
            file.record = .group(group)
            return file
        }
        var contents = TreeContents(settings: access.settings, access: access[side])
        await contents.add(((users[side] ?? []) + files).sorted { $0.path < $1.path })
        contents.diagnostics = contents.diagnostics.filter { $0.severity == .error }
        return contents
    }
}

extension RecordFileContents {
    var user: User? {
        guard case .user(let contents) = record else { return nil }
        return contents.user
    }

    var userName: String? { user?.userName }

    var group: GroupFile.Contents? {
        guard case .group(let group) = record else { return nil }
        return group
    }
}
