import Foundation
import Git
import Reconcile
import Testing

/// Where records are kept between runs.
struct RecordStoreTests {
    static func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path + "/dagroster-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    static let author = Signature(name: "Ada", email: "ada@example.com", seconds: 1_700_000_000)

    /// A repository with one commit, and that commit.
    static func repository(_ folder: String, bare: Bool = false) async throws -> (Repository, CommitID) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let repository = try await Repository.create(at: folder, branch: "main")
        let commit = try #require(try await commit("1", to: repository))
        return (repository, commit)
    }

    static func commit(_ text: String, to repository: Repository) async throws -> CommitID? {
        let change = TreeChange(path: "file", bytes: Array(text.utf8))
        return try await repository.commit([change], message: text, author: author, on: "main")?.id
    }

    @Test func `a record as a file is there after it was saved`() async throws {
        try await Self.withFolder { folder in
            let store = FileRecordStore(tree: folder, target: "sandbox")
            #expect(try await store.load() == nil)
            try await store.save(TargetRecordTests.record)
            #expect(store.path == "\(folder)/.dagroster/applied/sandbox.yaml")
            #expect(try await store.load()?.bytes == TargetRecordTests.record.bytes)
        }
    }

    @Test func `a file that somebody else wrote since it was loaded is left as it is`() async throws {
        try await Self.withFolder { folder in
            let one = FileRecordStore(tree: folder, target: "sandbox")
            let other = FileRecordStore(tree: folder, target: "sandbox")
            _ = try await one.load()
            _ = try await other.load()
            let record = TargetRecord(target: "sandbox", time: "2026-11-23T16:47:00Z")
            try await one.save(record)
            await #expect(throws: RecordError.changed(other.path)) {
                try await other.save(TargetRecord(target: "sandbox"))
            }
            #expect(try await other.load() == record)
            // Who saves twice replaces what it saved itself.
            try await one.save(TargetRecord(target: "sandbox"))
        }
    }

    @Test func `a record that is none ends the run`() async throws {
        try await Self.withFolder { folder in
            let path = folder + "/record.yaml"
            try Data("<<<<<<< HEAD\n".utf8).write(to: URL(fileURLWithPath: path))
            await #expect(throws: Refusal.self) { try await FileRecordStore(path: path).load() }
        }
    }

    @Test func `a record in git has the tree's commit and the record before it as parents`() async throws {
        try await Self.withFolder { folder in
            let (repository, commit) = try await Self.repository(folder)
            let reference = "refs/dagroster/applied/sandbox"
            let store = GitRecordStore(repository, target: "sandbox", author: Self.author)
            #expect(try await store.load() == nil)
            try await store.save(TargetRecord(target: "sandbox", commit: commit.hex))
            let first = try #require(try await repository.reference(reference))
            #expect(try await repository.info(of: first).parents == [commit])
            let again = GitRecordStore(repository, target: "sandbox", author: Self.author)
            #expect(try await again.load() == TargetRecord(target: "sandbox", commit: commit.hex))
            let next = try #require(try await Self.commit("2", to: repository))
            try await again.save(TargetRecord(target: "sandbox", commit: commit.hex, attempted: next.hex))
            let second = try #require(try await repository.reference(reference))
            #expect(try await repository.info(of: second).parents == [next, first])
        }
    }

    @Test func `of two who loaded the same record only the first saves`() async throws {
        try await Self.withFolder { folder in
            let (repository, commit) = try await Self.repository(folder)
            let one = GitRecordStore(repository, target: "sandbox", author: Self.author)
            let other = GitRecordStore(repository, target: "sandbox", author: Self.author)
            _ = try await one.load()
            _ = try await other.load()
            try await one.save(TargetRecord(target: "sandbox", commit: commit.hex))
            await #expect(throws: GitError.self) {
                try await other.save(TargetRecord(target: "sandbox", commit: commit.hex, time: "2026-11-23T16:47:00Z"))
            }
        }
    }

    @Test func `a fresh clone knows the record, and two clones cannot both replace it`() async throws {
        try await Self.withFolder { folder in
            let (origin, commit) = try await Self.repository(folder + "/origin")
            try await Self.clone(folder + "/origin", to: folder + "/one")
            try await Self.clone(folder + "/origin", to: folder + "/two")
            let one = try #require(try await Repository.discover(folder + "/one"))
            let two = try #require(try await Repository.discover(folder + "/two"))
            let first = GitRecordStore(one, target: "sandbox", remote: "origin", author: Self.author)
            let second = GitRecordStore(two, target: "sandbox", remote: "origin", author: Self.author)
            #expect(try await first.load() == nil)
            #expect(try await second.load() == nil)
            try await first.save(TargetRecord(target: "sandbox", commit: commit.hex))
            #expect(try await origin.reference("refs/dagroster/applied/sandbox") != nil)
            await #expect(throws: GitError.self) {
                try await second.save(TargetRecord(target: "sandbox", time: "2026-11-23T16:47:00Z"))
            }
            let fresh = GitRecordStore(two, target: "sandbox", remote: "origin", author: Self.author)
            #expect(try await fresh.load()?.commit == commit.hex)
        }
    }

    private static func clone(_ source: String, to folder: String) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "clone", "--quiet", source, folder]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `only a commit that descends from the applied one is taken`() async throws {
        try await Self.withFolder { folder in
            let (repository, first) = try await Self.repository(folder)
            let second = try #require(try await Self.commit("2", to: repository))
            let record = TargetRecord(target: "sandbox", commit: second.hex)
            try await Ancestry.check(second, against: record, in: repository)
            try await Ancestry.check(first, against: nil, in: repository)
            let refusal = Refusal.stale(commit: first.hex, applied: second.hex)
            await #expect(throws: refusal) { try await Ancestry.check(first, against: record, in: repository) }
            // What failed in part has removed people, too.
            let partial = TargetRecord(target: "sandbox", commit: first.hex, attempted: second.hex)
            await #expect(throws: refusal) { try await Ancestry.check(first, against: partial, in: repository) }
            let unknown = TargetRecord(target: "sandbox", commit: String(repeating: "9", count: 40))
            await #expect(throws: Refusal.self) { try await Ancestry.check(second, against: unknown, in: repository) }
        }
    }

    @Test func `changes are traced to the commits that made them, removals, too`() async throws {
        try await Self.withFolder { folder in
            let (repository, _) = try await Self.repository(folder)
            func commit(_ changes: [TreeChange]) async throws -> CommitID {
                let made = try await repository.commit(changes, message: "x", author: Self.author, on: "main")
                return try #require(made?.id)
            }
            let user = "provisioned/users/ada.yaml"
            let base = try await commit([
                TreeChange(path: user, bytes: Array("id: 17\nuserName: ada\n".utf8)),
                TreeChange(path: "access/a.yaml", bytes: Array("team: A\n".utf8)),
            ])
            let removal = try await commit([TreeChange(path: user, bytes: nil)])
            let change = try await commit([TreeChange(path: "access/a.yaml", bytes: Array("team: B\n".utf8))])
            let provenance = try await Provenance.read(repository, from: base, to: change, files: ["2": "y"])
            #expect(
                provenance
                    == Provenance(
                        files: ["2": "y", "17": user],
                        commits: [user: removal.hex, "access/a.yaml": change.hex]
                    )
            )
        }
    }
}
