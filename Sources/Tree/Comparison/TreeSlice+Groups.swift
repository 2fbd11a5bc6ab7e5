internal import Access
internal import Git
internal import Roster
internal import YAML

/// The groups that a comparison needs, by name on each side.
struct SlicedGroups: Sendable {
    var files: [TreeSlice.Side: [NameKey: RecordFileContents]] = [:]

    func group(_ name: NameKey, on side: TreeSlice.Side) -> GroupFile.Contents? { files[side]?[name]?.group }

    /// Takes a group that only one side reaches on both, where its file is the same: it is neither new nor gone.
    mutating func completeSides(changed: Set<String>) {
        for (side, other) in [(TreeSlice.Side.before, TreeSlice.Side.after), (.after, .before)] {
            for (name, file) in files[side] ?? [:] where !changed.contains(file.path) && files[other]?[name] == nil {
                files[other, default: [:]][name] = file
            }
        }
    }

    /// The people of a group and of every group nested in it.
    func everybody(in group: GroupFile.Contents, on side: TreeSlice.Side) -> Set<NameKey> {
        var people: Set<NameKey> = []
        var seen: Set<NameKey> = [NameKey(group.group.displayName)]
        var open = [group]
        while let next = open.popLast() {
            people.formUnion(next.members.map { NameKey($0.value) })
            for nested in next.groups where seen.insert(NameKey(nested.value)).inserted {
                if let found = self.group(NameKey(nested.value), on: side) { open.append(found) }
            }
        }
        return people
    }
}

extension TreeSlice {
    /// Reads the groups that changed, those that files under `access/` name, and every group nested in one of them.
    mutating func readGroups(namedIn access: SlicedAccess, _ changed: ChangedRecords) async throws -> SlicedGroups? {
        let entries = try await repository.entries(of: commit, under: [RecordKind.group.folder])
        guard entries.allSatisfy({ $0.kind == .file }) else { return nil }
        var groups = SlicedGroups()
        for side in Side.allCases {
            let listed = files(entries, on: side, under: RecordKind.group.folder)
            let own = changed.groups[side] ?? []
            var found = Dictionary(
                own.compactMap { file in file.group.map { (NameKey($0.group.displayName), file) } },
                uniquingKeysWith: { first, _ in first }
            )
            var finder = GroupFinder(listed)
            var seen: Set<NameKey> = []
            var open = NamesInUse(access[side]).groups.union(Self.nested(in: own))
            while !open.isEmpty {
                seen.formUnion(open)
                for file in try await finder.find(open.filter { found[$0] == nil }, &self) {
                    guard let group = file.group else { return nil }
                    found[NameKey(group.group.displayName)] = file
                }
                open = Self.nested(in: open.compactMap { found[$0] }).subtracting(seen)
            }
            groups.files[side] = found
        }
        let changedPaths = Set(changes.map(\.path))
        let unchanged = entries.filter { !changedPaths.contains($0.path) }
        let listing = try await groupsListing(changed.shiftedNames, in: unchanged)
        for file in listing {
            guard let name = file.group.map({ NameKey($0.group.displayName) }) else { continue }
            for side in Side.allCases where groups.files[side]?[name] == nil {
                groups.files[side, default: [:]][name] = file
            }
        }
        groups.completeSides(changed: changedPaths)
        return groups
    }

    /// The groups whose files did not change and that list a name which means somebody else, or nobody, by now.
    private mutating func groupsListing(
        _ names: (users: Set<NameKey>, groups: Set<NameKey>),
        in entries: [TreeEntry]
    ) async throws -> [RecordFileContents] {
        guard !names.users.isEmpty || !names.groups.isEmpty else { return [] }
        try await load(entries.map(\.object))
        return entries.compactMap { record($0.path, $0.object) }.filter { file in
            guard let group = file.group else { return false }
            return group.members.contains { names.users.contains(NameKey($0.value)) }
                || group.groups.contains { names.groups.contains(NameKey($0.value)) }
        }
    }

    private static func nested(in files: [RecordFileContents]) -> Set<NameKey> {
        Set(files.flatMap { $0.group?.groups ?? [] }.map { NameKey($0.value) })
    }
}

/// Finds groups by name among the files of one side: where they should be, and if they are not there, by reading all.
private struct GroupFinder {
    private let files: [String: ObjectID]
    private let paths: [Substring: [String]]
    /// The path of every group by name, once that had to be read.
    private var all: [NameKey: String]?

    init(_ files: [String: ObjectID]) {
        self.files = files
        paths = Dictionary(grouping: files.keys) { $0.split(separator: "/").last ?? "" }
    }

    mutating func find(_ names: Set<NameKey>, _ slice: inout TreeSlice) async throws -> [RecordFileContents] {
        let likely = names.flatMap { name in
            FileName(of: name.folded, kind: .group).candidates.flatMap { paths[Substring($0)] ?? [] }
        }
        try await slice.load(likely.compactMap { files[$0] })
        var found: [NameKey: RecordFileContents] = [:]
        for path in likely {
            guard let file = files[path].flatMap({ slice.record(path, $0) }), let group = file.group else { continue }
            let name = NameKey(group.group.displayName)
            if names.contains(name) { found[name] = file }
        }
        let missing = names.filter { found[$0] == nil }
        guard !missing.isEmpty else { return Array(found.values) }
        try await readAll(&slice)
        let others = missing.compactMap { name in all?[name] }.compactMap { path in
            files[path].flatMap { slice.record(path, $0) }
        }
        return found.values + others
    }

    private mutating func readAll(_ slice: inout TreeSlice) async throws {
        guard all == nil else { return }
        try await slice.load(files.values)
        var all: [NameKey: String] = [:]
        for (path, object) in files.sorted(by: { $0.key < $1.key }) {
            guard let name = slice.bytes[object].flatMap({ LinkTest(bytes: $0, path: path).name }) else { continue }
            if all[NameKey(name)] == nil { all[NameKey(name)] = path }
        }
        self.all = all
    }
}
