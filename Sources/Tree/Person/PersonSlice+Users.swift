internal import Access
internal import Git
internal import Roster

/// The people that were read for a question about one of them.
struct SlicedUsers {
    private(set) var files: [RecordFileContents] = []
    private var paths: Set<String> = []

    mutating func add(_ others: [RecordFileContents]) {
        for file in others where paths.insert(file.path).inserted { files.append(file) }
    }

    func ids(named name: NameKey) -> [String] {
        files.compactMap(\.user).filter { NameKey($0.userName) == name }.map(\.id)
    }

    /// Whom a userName means, or an e-mail address that only one of them has.
    func person(called name: String) -> RecordFileContents? {
        let key = NameKey(name)
        if let found = files.first(where: { $0.userName.map(NameKey.init) == key }) { return found }
        let holders = files.filter { $0.user?.emails.contains { NameKey($0) == key } == true }
        return holders.count == 1 ? holders[0] : nil
    }
}

extension PersonSlice {
    /// Reads the person and whomever files under `access/` name: where their files should be, and wherever they are
    /// where somebody is not found so.
    func users() async throws -> SlicedUsers? {
        var users = SlicedUsers()
        guard let likely = try await likelyUsers() else { return nil }
        users.add(likely)
        var sought: Set<String> = []
        while true {
            let texts = missing(from: users).subtracting(sought)
            if texts.isEmpty { return users }
            guard let others = try await read(holding: texts) else { return nil }
            users.add(others)
            sought.formUnion(texts)
        }
    }

    private var usedNames: Set<NameKey> { NamesInUse(access).users.union([NameKey(name)]) }

    /// The people whose files have a name that one of the used names may give them.
    private func likelyUsers() async throws -> [RecordFileContents]? {
        let names = Set(usedNames.flatMap { FileName(of: $0.folded, kind: .user).candidates })
        let entries = try await repository.entries(of: commit, under: [RecordKind.user.folder], named: names)
        guard let files = records(entries, where: { $0 == .record(.user) }) else { return nil }
        let bytes = try await repository.contents(of: files.map(\.object))
        let read = files.compactMap { file in bytes[file.object].flatMap { record(file.path, .user, $0) } }
        return read.count == files.count ? read : nil
    }

    /// What must stand in the files that are still needed: names that nobody has so far, the ids of those who had a name
    /// at the last apply, and the address of which only one person counts.
    private func missing(from users: SlicedUsers) -> Set<String> {
        var texts: Set<String> = []
        for name in usedNames {
            let ids = users.ids(named: name)
            if ids.isEmpty { texts.insert(name.folded) }
            if let before = known.users[name], !ids.contains(before) { texts.insert(before) }
        }
        if settings.identity != .userName, let person = users.person(called: name)?.user {
            texts.formUnion([settings.identity.key(of: person)].compactMap { $0 })
        }
        return texts
    }

    /// Everybody in whose file one of these texts may be; all files are read by the cache.
    private func read(holding texts: Set<String>) async throws -> [RecordFileContents]? {
        let entries = try await repository.entries(of: commit, under: [RecordKind.root])
        guard let files = records(entries, where: { if case .record = $0 { true } else { false } }) else { return nil }
        return try await RecordSearch(repository: repository, commit: commit, tree: tree)
            .users(holding: texts, among: files)
    }
}
