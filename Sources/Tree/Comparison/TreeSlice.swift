internal import Access
internal import Git
internal import Roster
internal import YAML

/// Reads of two commits what can be different between them, and what that depends on; nil wherever that is not certain.
struct TreeSlice {
    /// The two states.
    enum Side: CaseIterable {
        case before
        case after
    }

    let repository: Repository
    /// The later commit.
    let commit: CommitID
    let changes: [FileChange]
    /// The work tree, which keeps a cache.
    let tree: String
    /// Names that were looked for in every file.
    var sought: Set<NameKey> = []
    /// Records' files by object: a file that is the same on both sides is read once.
    var records: [ObjectID: RecordFileContents] = [:]
    var bytes: [ObjectID: [UInt8]] = [:]
    /// Beyond so many people the whole tree is as fast.
    static let mostPeople = 20_000

    init(_ repository: Repository, commit: CommitID, changes: [FileChange], in tree: String) {
        self.repository = repository
        self.commit = commit
        self.changes = changes
        self.tree = tree
    }

    /// What is read before it matters whom names meant at the last apply.
    struct Parts: Sendable {
        var access: SlicedAccess
        var changed: ChangedRecords
        var groups: SlicedGroups
    }

    mutating func readParts() async throws -> Parts? {
        guard let access = try await readAccess() else { return nil }
        guard let changed = changedRecords(access.settings.layout) else { return nil }
        guard let groups = try await readGroups(namedIn: access, changed) else { return nil }
        return Parts(access: access, changed: changed, groups: groups)
    }

    mutating func read(_ parts: Parts, known: KnownNames) async throws -> TreeComparison? {
        let (access, changed, groups) = (parts.access, parts.changed, parts.groups)
        var people = peopleNamed(in: access)
        people.formUnion(peopleTouched(by: changed, groups, access))
        guard people.count <= Self.mostPeople, let users = try await readUsers(people, changed, known) else {
            return nil
        }
        let before = await contents(of: .before, access, groups, users, people)
        let after = await contents(of: .after, access, groups, users, people)
        let isCertain = [before, after].allSatisfy { agrees($0, with: known) }
        return isCertain ? TreeComparison(before: before, after: after) : nil
    }

    /// A side's files under a folder, given those of the later commit.
    func files(_ entries: [TreeEntry], on side: Side, under folder: String) -> [String: ObjectID] {
        var files = Dictionary(entries.map { ($0.path, $0.object) }, uniquingKeysWith: { first, _ in first })
        guard side == .before else { return files }
        for change in changes where change.path.hasPrefix(folder) { files[change.path] = change.before }
        return files
    }

    /// Reads objects that have not been read yet.
    mutating func load(_ objects: some Sequence<ObjectID>) async throws {
        let missing = Set(objects).filter { bytes[$0] == nil }
        guard !missing.isEmpty else { return }
        bytes.merge(try await repository.contents(of: missing)) { first, _ in first }
    }

    /// The record of a file whose object has been read.
    mutating func record(_ path: String, _ object: ObjectID) -> RecordFileContents? {
        if var known = records[object] {
            known.path = path
            return known
        }
        guard case .record(let kind) = TreeLocation(path: path, layout: nil), let bytes = bytes[object] else {
            return nil
        }
        let record = bytes.withUnsafeBufferPointer { RecordFileContents(path, kind, $0) }
        records[object] = record
        return record
    }

    /// Whether every name that files use is that of the one who had it at the last apply: others are followed by id,
    /// which is known only of names that were looked for everywhere.
    private func agrees(_ contents: TreeContents, with known: KnownNames) -> Bool {
        let names = NamesInUse(contents.access)
        return names.groups.allSatisfy { name in
            known.groups[name].map { $0 == contents.directory.group(named: name.folded)?.id } ?? true
        }
            && names.users.subtracting(sought).allSatisfy { name in
                known.users[name].map { $0 == contents.directory.user(named: name.folded)?.id } ?? true
            }
    }
}

/// The names that files under `access/` use.
struct NamesInUse {
    var groups: Set<NameKey> = []
    var users: Set<NameKey> = []

    init(_ access: AccessFiles) {
        for binding in access.bindings {
            switch binding.principal {
            case .user(let name): users.insert(NameKey(name))
            case .team(let name):
                groups.formUnion((binding.groups?.map(\.value) ?? [name]).map(NameKey.init))
                users.formUnion(binding.users.map { NameKey($0.value) })
            }
        }
    }
}
