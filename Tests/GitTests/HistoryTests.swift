import Testing

@testable import Git

struct HistoryTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    /// Commits at the given times (seconds since 1970), one file each.
    private func commits(_ repository: Repository, at times: [Int]) async throws -> [CommitID] {
        var made: [CommitID] = []
        for time in times {
            let committed = try await repository.commit(
                [TreeChange(path: "\(time).yaml", bytes: [])],
                message: "at \(time)",
                author: Signature(name: "A", email: "a@x", seconds: time),
                on: "main"
            )
            made.append(try #require(committed).id)
        }
        return made
    }

    @Test func `a commit says all about itself`() async throws {
        let repository = try await sandbox.repository()
        let first = try #require(try await repository.head().commit)
        let message = "subject\n\n+ user   ada\n\nDagroster-Source: entra-prod\nDagroster-Request-Id: 1\n"
        let committed = try #require(try await repository.commit(["a.yaml": "1\n"], message))
        let expected = CommitInfo(
            id: committed.id,
            parents: [first],
            author: .entra,
            committer: Signature(name: "dagroster", email: "dagroster@localhost", seconds: Signature.entra.seconds),
            subject: "subject",
            body: "+ user   ada\n\nDagroster-Source: entra-prod\nDagroster-Request-Id: 1\n",
            trailers: [Trailer("Dagroster-Source", "entra-prod"), Trailer("Dagroster-Request-Id", "1")]
        )
        #expect(try await repository.info(of: committed.id) == expected)
    }

    @Test func `the history of a path has the commits that changed it, newest first`() async throws {
        let repository = try await sandbox.repository(tree: "tree")
        let one = try #require(try await repository.commit(["users/a.yaml": "1\n"])).id
        _ = try await repository.commit(["users/b.yaml": "1\n"])
        let two = try #require(try await repository.commit(["users/a.yaml": "2\n"])).id
        let head = try #require(try await repository.head().commit)
        #expect(try await repository.history(of: ["users/a.yaml"], from: head).map(\.id) == [two, one])
        #expect(try await repository.history(of: ["users"], from: head).count == 3)
        #expect(try await repository.history(of: [], from: head).count == 4)
        #expect(try await repository.history(of: [], from: head, limit: 2).count == 2)
        #expect(try await repository.history(of: ["none"], from: head) == [])
    }

    @Test func `a revision is resolved to its commit`() async throws {
        let repository = try await sandbox.repository()
        let head = try #require(try await repository.head().commit)
        try await sandbox.git(["-C", "work", "tag", "v1"])
        let abbreviation = try await repository.abbreviation(of: head)
        #expect(abbreviation == String(head.hex.prefix(7)))
        for revision in ["HEAD", "main", "refs/heads/main", "v1", abbreviation, head.hex] {
            #expect(try await repository.resolve(revision) == head, "\(revision)")
        }
    }

    @Test(
        arguments: [
            "", "nothing", "HEAD~5", "--all", "-n1", "main..HEAD", "HEAD:README", "a\0b", "2026-13-01",
            "1111111111111111111111111111111111111111",
        ]
    )
    func `what names no commit is nil`(revision: String) async throws {
        let repository = try await sandbox.repository()
        #expect(try await repository.resolve(revision) == nil)
    }

    @Test func `a day is the last commit before it ended in UTC`() async throws {
        try sandbox.makeFolder("new")
        let folder = sandbox.path + "/new"
        let repository = try await Repository.create(at: folder, branch: "main", environment: Sandbox.environment)
        // 2026-10-01 00:00:00, 2026-10-01 23:59:59 and 2026-10-02 00:00:00
        let made = try await commits(repository, at: [1_790_812_800, 1_790_899_199, 1_790_899_200])
        #expect(try await repository.resolve("2026-09-30") == nil)
        #expect(try await repository.resolve("2026-10-01") == made[1])
        #expect(try await repository.resolve("2026-10-02") == made[2])
        #expect(try await repository.resolve("2031-01-01") == made[2])
    }

    @Test func `a commit descends from itself and from what it was built on`() async throws {
        let repository = try await sandbox.repository()
        let made = try await commits(repository, at: [1_790_000_000, 1_790_000_001])
        #expect(try await repository.isAncestor(made[0], of: made[1]))
        #expect(try await repository.isAncestor(made[0], of: made[0]))
        #expect(try await repository.isAncestor(made[1], of: made[0]) == false)
        let unknown = try #require(ObjectID(String(repeating: "1", count: 40)))
        await #expect(throws: GitError.self) { try await repository.isAncestor(unknown, of: made[0]) }
    }

    @Test func `names of objects are whole and in lower case`() {
        #expect(ObjectID(String(repeating: "a", count: 40)) != nil)
        #expect(ObjectID(String(repeating: "0", count: 64)) != nil)
        for text in ["", "abc", String(repeating: "A", count: 40), String(repeating: "g", count: 40)] {
            #expect(ObjectID(text) == nil)
        }
    }
}
