package import Git

/// The tree as a commit has it; nothing is checked out.
package struct CommitSource: FileSource {
    /// Where the commit is, with the tree's folder in it.
    package let repository: Repository
    /// The commit that is read.
    package let commit: CommitID

    /// The tree of one commit.
    package init(_ repository: Repository, at commit: CommitID) {
        self.repository = repository
        self.commit = commit
    }

    /// The files by `git ls-tree`.
    package func files() async throws -> [SourceFile] {
        let roots = [TreeLocation.settingsFile, "provisioned", "access"]
        return try await repository.entries(of: commit, under: roots).map { entry in
            SourceFile(path: entry.path, kind: Self.kind(entry.kind), object: entry.object.hex)
        }
    }

    /// The bytes by one `git cat-file --batch`.
    package func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        let ids = files.map { $0.object.flatMap { ObjectID($0) } }
        let contents = try await repository.contents(of: ids.compactMap { $0 })
        return ids.map { id in id.flatMap { contents[$0] } }
    }

    private static func kind(_ kind: TreeEntry.Kind) -> SourceFile.Kind {
        switch kind {
        case .file: .regular
        case .executable: .executable
        case .symlink: .symlink
        case .submodule: .submodule
        case .other: .special
        }
    }
}
