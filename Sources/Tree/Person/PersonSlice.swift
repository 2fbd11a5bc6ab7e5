package import Access
package import Git
internal import Roster
internal import YAML

/// Reads of a commit what one person's access depends on: their record, the groups that they are in, and what people
/// wrote.
///
/// Everybody else is left out. It reads less than everything only where the answer is certain to be the same: where
/// something that it reads has an error, or a name is nobody's, there is no slice, and the whole tree says why. An error
/// in a record that the person's access does not depend on is not found.
package struct PersonSlice {
    let repository: Repository
    let commit: CommitID
    /// The work tree, which keeps the cache.
    let tree: String
    /// The userName, or an e-mail address.
    let name: String
    let known: KnownNames
    var settings = Settings(targets: [])
    var access = AccessFiles()

    private init(_ repository: Repository, _ commit: CommitID, _ tree: String, _ name: String, _ known: KnownNames) {
        self.repository = repository
        self.commit = commit
        self.tree = tree
        self.name = name
        self.known = known
    }

    /// Reads what concerns one person.
    ///
    /// - Parameters:
    ///   - name: a userName, or an e-mail address that only one person has.
    ///   - repository: of the commit.
    ///   - commit: the state that is asked about.
    ///   - tree: the work tree, which keeps a cache for names whose files are not where they should be.
    ///   - known: names of the last apply.
    /// - Returns: a tree with nobody else's memberships; nil where only the whole tree can say.
    /// - Throws: `GitError`.
    package static func read(
        _ name: String,
        in repository: Repository,
        at commit: CommitID,
        of tree: String,
        known: KnownNames
    ) async throws -> TreeContents? {
        var slice = PersonSlice(repository, commit, tree, name, known)
        guard try await slice.readAccess() else { return nil }
        guard let users = try await slice.users(), let person = users.person(called: name)?.user,
            let groups = try await slice.groups(of: person)
        else { return nil }
        var contents = TreeContents(settings: slice.settings, access: slice.access)
        await contents.add((users.files + groups).sorted { $0.path < $1.path })
        guard contents.isValid, contents.directory.user(called: name)?.id == person.id else { return nil }
        contents.diagnostics = []
        return contents
    }

    /// Reads the settings and every file under `access/`; says whether there is no error in them.
    private mutating func readAccess() async throws -> Bool {
        let entries = try await repository.entries(of: commit, under: [TreeLocation.settingsFile, "access"])
        guard let files = records(entries, where: { $0 == .access || $0 == .settings }) else { return false }
        let bytes = try await repository.contents(of: files.map(\.object))
        guard let entry = files.first(where: { $0.path == TreeLocation.settingsFile }),
            let settings = bytes[entry.object].flatMap({ Settings.read($0).settings })
        else { return false }
        let written = files.filter { $0.path != entry.path }.compactMap { file in
            bytes[file.object].map { (path: file.path, bytes: $0) }
        }
        let (access, diagnostics) = AccessFiles.read(written)
        (self.settings, self.access) = (settings, access)
        return !diagnostics.contains { $0.severity == .error }
    }
}

extension PersonSlice {
    /// The files among some entries that are of a kind, without those that are not dagroster's; nil where another thing
    /// stands among them.
    func records(_ entries: [TreeEntry], where isWanted: (TreeLocation) -> Bool) -> [TreeEntry]? {
        var files: [TreeEntry] = []
        for entry in entries {
            let location = TreeLocation(path: entry.path, layout: settings.layout)
            if location == .foreign { continue }
            guard isWanted(location), entry.kind == .file else { return nil }
            files.append(entry)
        }
        return files
    }

    /// The record of a file; nil where it has an error.
    func record(_ path: String, _ kind: RecordKind, _ bytes: [UInt8]) -> RecordFileContents? {
        let file = bytes.withUnsafeBufferPointer { RecordFileContents(path, kind, $0) }
        return file.record == nil ? nil : file
    }
}
