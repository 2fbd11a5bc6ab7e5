package import Access
package import Git
internal import Roster

/// Two states of a tree, read as far as a comparison of them needs.
package struct TreeComparison: Sendable {
    package var before: TreeContents
    package var after: TreeContents

    /// How many files may differ for reading them alone to be worth while.
    static let mostChanges = 4000

    /// Reads two commits.
    ///
    /// Where few files differ, only these are read, the files under `access/`, the groups that they name, and the people
    /// whom any of it is about: everybody else is the same in both, and left out of both. Where that is not certain, as
    /// with other settings or a name whose record is not where it should be, both are read as a whole. An error in a
    /// record that is the same in both may so be found or not.
    ///
    /// - Parameters:
    ///   - repository: of both.
    ///   - old: the earlier state.
    ///   - new: the later one.
    ///   - tree: the work tree, which keeps a cache for what is read as a whole.
    ///   - known: names of the last apply.
    /// - Returns: both states; what is left out of one is left out of the other.
    /// - Throws: `GitError`.
    package static func read(
        _ repository: Repository,
        from old: CommitID,
        to new: CommitID,
        in tree: String,
        known: KnownNames
    ) async throws -> TreeComparison {
        let roots = [TreeLocation.settingsFile, RecordKind.root, "access"]
        let changes = try await repository.changes(from: old, to: new, under: roots)
        let isSliceable = changes.allSatisfy { $0.isPlain && $0.path != TreeLocation.settingsFile }
        if isSliceable, changes.count <= mostChanges {
            var slice = TreeSlice(repository, commit: new, changes: changes, in: tree)
            if let comparison = try await slice.read(known: known) { return comparison }
        }
        return TreeComparison(
            before: try await TreeReader.read(CommitSource(repository, at: old).cached(in: tree)),
            after: try await TreeReader.read(CommitSource(repository, at: new).cached(in: tree))
        )
    }
}
