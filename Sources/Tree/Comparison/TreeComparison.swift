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
    /// - Returns: what can be read before the names of the last apply are known.
    /// - Throws: `GitError`.
    package static func begun(
        _ repository: Repository,
        from old: CommitID,
        to new: CommitID,
        in tree: String
    ) async throws -> Begun {
        var begun = Begun(repository: repository, old: old, new: new, tree: tree)
        let roots = [TreeLocation.settingsFile, RecordKind.root, "access"]
        let changes = try await repository.changes(from: old, to: new, under: roots)
        let isSliceable = changes.allSatisfy { $0.isPlain && $0.path != TreeLocation.settingsFile }
        if isSliceable, changes.count <= mostChanges {
            var slice = TreeSlice(repository, commit: new, changes: changes, in: tree)
            begun.parts = try await slice.readParts()
            begun.slice = slice
        }
        return begun
    }

    /// A comparison that has been begun: the record of the last apply, which may be large, is read beside it.
    package struct Begun: Sendable {
        fileprivate let repository: Repository
        fileprivate let old: CommitID
        fileprivate let new: CommitID
        fileprivate let tree: String
        fileprivate var slice: TreeSlice?
        fileprivate var parts: TreeSlice.Parts?

        /// Both states; what is left out of one is left out of the other.
        ///
        /// - Parameter known: names of the last apply.
        /// - Returns: the two states.
        /// - Throws: `GitError`.
        package func finished(known: KnownNames) async throws -> TreeComparison {
            if var slice, let parts, let comparison = try await slice.read(parts, known: known) { return comparison }
            return TreeComparison(
                before: try await TreeReader.read(CommitSource(repository, at: old).cached(in: tree)),
                after: try await TreeReader.read(CommitSource(repository, at: new).cached(in: tree))
            )
        }
    }
}
