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
        let listing = try await repository.listing(of: commit, under: roots)
        let files = Slots<Result<SourceFile?, any Error>>(count: listing.count)
        let pieces = Pieces(of: listing.count)
        await Crew.work(pieces: pieces.count) { piece in
            for number in pieces[piece] {
                files[number] = Result {
                    try listing.entry(number).map { entry in
                        SourceFile(path: entry.path, kind: Self.kind(entry.kind), object: entry.object.hex)
                    }
                }
            }
        }
        return try files.take().compactMap { try $0?.get() }
    }

    /// The bytes by one `git cat-file --batch`.
    package func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        let ids = files.map { $0.object.flatMap { ObjectID($0) } }
        let contents = try await repository.contents(of: ids.compactMap { $0 })
        return ids.map { id in id.flatMap { contents[$0] } }
    }

    /// The bytes as `git cat-file --batch` gives them: by two of it, because one is busy with decompressing.
    package func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        let wanted = files.enumerated().compactMap { index, file in
            file.object.flatMap { ObjectID($0) }.map { (index: index, object: $0) }
        }
        let repository = repository
        let length = max(Self.shortestPart, (wanted.count + 1) / 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for start in stride(from: 0, to: wanted.count, by: length) {
                let part = wanted[start..<min(start + length, wanted.count)]
                group.addTask {
                    var next = part.startIndex
                    try await repository.readContents(of: part.map(\.object)) { _, bytes in
                        guard next < part.endIndex else { return }
                        receive(part[next].index, bytes.bindMemory(to: UInt8.self))
                        next += 1
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// So many files are worth a process of their own.
    private static let shortestPart = 2000

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
