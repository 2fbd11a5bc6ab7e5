package import Git

extension TargetRecord {
    /// How many records are looked at, the newest first.
    private static let mostRecords = 1000

    /// The record that was there when a commit of the tree was the newest: the latest one of a commit in its history.
    ///
    /// It is read as it lies in this repository, and no remote is asked; nil where there is none.
    package static func inForce(
        at commit: CommitID,
        target: String,
        in repository: Repository
    ) async throws -> TargetRecord? {
        var next = try await repository.reference("refs/dagroster/applied/\(target)")
        for _ in 0..<mostRecords {
            guard let current = next, let record = try await read(current, in: repository) else { return nil }
            if let tree = record.commit.flatMap({ CommitID($0) }), try await repository.resolve(tree.hex) != nil,
                try await repository.isAncestor(tree, of: commit)
            {
                return record
            }
            next = try await repository.info(of: current).parents.last
        }
        return nil
    }

    /// The record that a commit holds; nil for a commit of the tree.
    private static func read(_ commit: CommitID, in repository: Repository) async throws -> TargetRecord? {
        guard let bytes = try await repository.contents(of: GitRecordStore.path, in: commit, from: .repository) else {
            return nil
        }
        return try loaded(bytes, from: "\(commit.short):\(GitRecordStore.path)")
    }
}
