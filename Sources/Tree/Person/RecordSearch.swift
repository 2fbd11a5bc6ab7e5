internal import Git

/// Looks for people in all files of a commit, for names whose files are not where they should be.
struct RecordSearch {
    let repository: Repository
    let commit: CommitID
    /// The work tree, which keeps the cache.
    let tree: String

    /// How many texts are worth looking for in every file.
    static let mostTexts = 64

    /// Everybody in whose file one of some texts may be: names, ids or addresses.
    ///
    /// Nil where one of these files has an error, or too much is sought. The files are all under `provisioned/`, as the
    /// cache has them.
    func users(holding texts: Set<String>, among files: [TreeEntry]) async throws -> [RecordFileContents]? {
        guard texts.count <= Self.mostTexts else { return nil }
        let search = NameSearch(texts)
        let folder = RecordKind.user.folder + "/"
        let found = Slots<RecordFileContents>(count: files.count)
        let source = CommitSource(repository, at: commit).cached(in: tree)
        let listed = files.map { SourceFile(path: $0.path, object: $0.object.hex) }
        try await source.read(listed) { index, bytes in
            guard listed[index].path.hasPrefix(folder), search.mayFind(in: bytes) else { return }
            found[index] = RecordFileContents(listed[index].path, .user, bytes)
        }
        let people = found.take().compactMap(\.self)
        return people.allSatisfy { $0.record != nil } ? people : nil
    }
}
