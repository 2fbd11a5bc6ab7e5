internal import Access
internal import Git
internal import Roster
internal import YAML

extension TreeSlice {
    /// Reads the records of people by name on each side: where their files should be, and wherever they are where nobody
    /// is found so; nil where a name that changed has another file, too.
    mutating func readUsers(
        _ people: Set<NameKey>,
        _ changed: ChangedRecords,
        _ known: KnownNames
    ) async throws -> [Side: [RecordFileContents]]? {
        let touched = Set(changed.users.values.flatMap { $0.compactMap(\.userName) }.map(NameKey.init))
        let others = people.subtracting(touched)
        let names = Set(people.flatMap { FileName(of: $0.folded, kind: .user).candidates })
        guard !names.isEmpty else { return changed.users }
        let changedPaths = Set(changes.map(\.path))
        let entries = try await repository.entries(of: commit, under: [RecordKind.user.folder], named: names)
            .filter { !changedPaths.contains($0.path) }
        guard entries.allSatisfy({ $0.kind == .file }) else { return nil }
        try await load(entries.map(\.object))
        var found: Set<NameKey> = []
        var same: [RecordFileContents] = []
        for entry in entries {
            guard let file = record(entry.path, entry.object), let name = file.userName.map(NameKey.init) else {
                return nil
            }
            guard !touched.contains(name) else { return nil }
            guard others.contains(name) else { continue }
            guard found.insert(name).inserted else { return nil }
            same.append(file)
        }
        let missing = others.subtracting(found)
        if !missing.isEmpty {
            guard let further = try await search(for: missing, known, touched, without: same) else { return nil }
            same += further
        }
        return Dictionary(uniqueKeysWithValues: Side.allCases.map { ($0, same + (changed.users[$0] ?? [])) })
    }

    /// Looks for people in all files that are the same on both sides, by name and by former id.
    ///
    /// The ids are those that the names had at the last apply. Whom nobody finds so, nobody is.
    private mutating func search(
        for names: Set<NameKey>,
        _ known: KnownNames,
        _ touched: Set<NameKey>,
        without same: [RecordFileContents]
    ) async throws -> [RecordFileContents]? {
        let changedPaths = Set(changes.map(\.path))
        let ids = Set(names.compactMap { known.users[$0] })
        let entries = try await repository.entries(of: commit, under: [RecordKind.root])
        let records = entries.filter { entry in
            if case .record = TreeLocation(path: entry.path, layout: nil) { return !changedPaths.contains(entry.path) }
            return false
        }
        guard records.allSatisfy({ $0.kind == .file }) else { return nil }
        let search = RecordSearch(repository: repository, commit: commit, tree: tree)
        let files = try await search.users(holding: ids.union(names.map(\.folded)), among: records)
        guard let files else { return nil }
        let paths = Set(same.map(\.path))
        let further = files.filter { file in
            guard let user = file.user, !paths.contains(file.path) else { return false }
            return names.contains(NameKey(user.userName)) || ids.contains(user.id)
        }
        guard further.allSatisfy({ file in file.userName.map { !touched.contains(NameKey($0)) } ?? false }) else {
            return nil
        }
        sought = names
        return further
    }
}
