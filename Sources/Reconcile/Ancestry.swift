package import Git

/// Decides whether a commit may be applied after the one that was: an old job must not give leavers their access back.
package enum Ancestry {
    /// Refuses a commit that does not descend from the last applied one, and from one that was applied in part since.
    package static func check(_ commit: CommitID, against record: TargetRecord?, in repository: Repository) async throws
    {
        for name in [record?.commit, record?.attempted].compactMap({ $0 }) {
            guard let applied = CommitID(name) else { continue }
            guard try await isAncestor(applied, of: commit, in: repository) else {
                throw Refusal.stale(commit: commit.hex, applied: name)
            }
        }
    }

    /// A commit that this repository does not have is no ancestor of one that it has.
    private static func isAncestor(
        _ applied: CommitID,
        of commit: CommitID,
        in repository: Repository
    ) async throws -> Bool {
        guard try await repository.resolve(applied.hex) != nil else { return false }
        return try await repository.isAncestor(applied, of: commit)
    }
}
