package import Access
package import Git
internal import YAML

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
        try await inForce(at: commit, target: target, in: repository) { bytes, place in
            let record = try loaded(bytes, from: place)
            return (record.commit, record)
        }
    }

    /// The names that the record of ``inForce(at:target:in:)`` has; the rest of it, which may be large, is not read.
    package static func namesInForce(
        at commit: CommitID,
        target: String,
        in repository: Repository
    ) async throws -> KnownNames? {
        try await inForce(at: commit, target: target, in: repository) { bytes, place in
            let (names, diagnostics) = readNames(bytes, file: place)
            guard let names else {
                throw Refusal.noRecord(reason: diagnostics.map(\.description).joined(separator: "\n"))
            }
            return names
        }
    }

    private static func inForce<Part>(
        at commit: CommitID,
        target: String,
        in repository: Repository,
        read: ([UInt8], String) throws -> (commit: String?, part: Part)
    ) async throws -> Part? {
        var next = try await repository.reference("refs/dagroster/applied/\(target)")
        for _ in 0..<mostRecords {
            guard let current = next,
                let bytes = try await repository.contents(of: GitRecordStore.path, in: current, from: .repository)
            else { return nil }
            let record = try read(bytes, "\(current.short):\(GitRecordStore.path)")
            if let tree = record.commit.flatMap({ CommitID($0) }), try await repository.resolve(tree.hex) != nil,
                try await repository.isAncestor(tree, of: commit)
            {
                return record.part
            }
            next = try await repository.info(of: current).parents.last
        }
        return nil
    }
}
