package import Git

/// A record as the content of a commit at `refs/dagroster/applied/<target>`, whose parents are the tree's commit and
/// the record before it: so that a fresh clone knows it, and nothing that it names is ever collected.
package actor GitRecordStore: RecordStore {
    /// The record's path in its commit.
    static let path = "record.yaml"

    private let repository: Repository
    private let reference: String
    /// The remote that shares the record; nil: this repository keeps it alone.
    private let remote: String?
    /// Who writes, and when.
    private let author: Signature
    private var found: Found?

    /// What was there when the record was loaded.
    private struct Found {
        var local: CommitID?
        var remote: CommitID?
        var current: CommitID?
    }

    package init(_ repository: Repository, target: String, remote: String? = nil, author: Signature) {
        self.repository = repository
        reference = "refs/dagroster/applied/\(target)"
        self.remote = remote
        self.author = author
    }

    /// The record of the remote, where there is one and it is not behind ours; it is fetched first.
    package func load() async throws -> TargetRecord? {
        try await text().map { try TargetRecord.loaded($0, from: "\(reference):\(Self.path)") }
    }

    package func text() async throws -> [UInt8]? {
        let local = try await repository.reference(reference)
        var shared: CommitID?
        if let remote { shared = try await fetched(from: remote) }
        let current = try await newer(local, shared)
        found = Found(local: local, remote: shared, current: current)
        guard let current else { return nil }
        guard let bytes = try await repository.contents(of: Self.path, in: current, from: .repository) else {
            throw Refusal.noRecord(reason: "commit \(current) at \(reference) has no \(Self.path)")
        }
        return bytes
    }

    /// Gives the remote the record that a run before could not push, so that what it names is known everywhere.
    package func share() async throws {
        guard let remote, let found, let current = found.current, current != found.remote else { return }
        do {
            try await push(current, to: remote, expecting: found.remote)
        } catch {
            throw Refusal.recordNotSaved(reason: String(describing: error))
        }
    }

    /// Moves the reference, here and at the remote, if both are where they were when the record was loaded.
    package func save(_ record: TargetRecord) async throws {
        guard let found else { throw Refusal.noRecord(reason: "the record must be loaded before it is saved") }
        let tree = (record.attempted ?? record.commit).flatMap { CommitID($0) }
        let commit = try await repository.makeCommit(
            files: [TreeChange(path: Self.path, bytes: record.bytes)],
            parents: [tree, found.current].compactMap { $0 },
            message: "Record what \(record.target) holds\n",
            author: author
        )
        let expected: ExpectedReference = found.local.map { .at($0) } ?? .absent
        try await repository.setReference(reference, to: commit, expecting: expected, reason: "dagroster apply")
        self.found = Found(local: commit, remote: found.remote, current: commit)
        guard let remote else { return }
        try await push(commit, to: remote, expecting: found.remote)
    }

    private func push(_ commit: CommitID, to remote: String, expecting shared: CommitID?) async throws {
        try await repository.push(commit, to: reference, at: remote, expecting: shared.map { .at($0) } ?? .absent)
        found?.remote = commit
    }

    private func fetched(from remote: String) async throws -> CommitID? {
        do {
            return try await repository.fetch(reference, from: remote)
        } catch {
            throw Refusal.recordUnreachable(remote: remote, reason: String(describing: error))
        }
    }

    /// Ours where the remote has an older one, which a failed push leaves; else the shared one.
    private func newer(_ local: CommitID?, _ shared: CommitID?) async throws -> CommitID? {
        guard let local, let shared else { return shared ?? local }
        return try await repository.isAncestor(shared, of: local) ? local : shared
    }
}
