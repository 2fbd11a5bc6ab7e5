internal import Git
internal import Roster
internal import YAML

extension TreeSlice {
    /// Reads the records of people by name on each side; nil where a name that did not change has no file of its name,
    /// or one that changed has another file, too.
    mutating func readUsers(
        _ people: Set<NameKey>,
        _ changed: ChangedRecords
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
        guard found == others else { return nil }
        return Dictionary(uniqueKeysWithValues: Side.allCases.map { ($0, same + (changed.users[$0] ?? [])) })
    }
}
