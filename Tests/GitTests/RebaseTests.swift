import Foundation
import Testing

@testable import Git

/// What people do with git in the folder in which commits are made, at the same moment.
struct RebaseTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    private static let underWay = GitError.rebaseUnderWay(branch: "main")

    /// Writes what a rebase of `main` notes when it begins, as a shell script does.
    private static func begin(at start: String) -> String {
        "mkdir -p .git/rebase-merge; echo refs/heads/main >.git/rebase-merge/head-name; "
            + "echo \(start) >.git/rebase-merge/orig-head\n"
    }

    @Test(arguments: ["rebase-merge", "rebase-apply"])
    func `nothing is committed while the branch is rebased, even where HEAD is on it`(folder: String) async throws {
        let repository = try await sandbox.repository()
        let head = try #require(try await repository.head().commit)
        try sandbox.write("refs/heads/main\n", to: "work/.git/\(folder)/head-name")
        await #expect(throws: Self.underWay) { try await repository.commit(["a.yaml": "1\n"]) }
        #expect(try await repository.reference("refs/heads/main") == head)
        // Of another branch, or the work of `git am`, which goes on from where HEAD is.
        for text in ["refs/heads/other\n", ""] {
            try sandbox.write(text, to: "work/.git/\(folder)/head-name")
            try #require(try await repository.commit(["a.yaml": "\(text)1\n"]) != nil)
        }
    }

    @Test(arguments: [
        ("git checkout -q --detach", GitError.wrongBranch(expected: "main", found: nil)),
        (begin(at: "$(git rev-parse HEAD)"), underWay),
    ])
    func `who begins while a commit is made goes first`(script: String, expected: GitError) async throws {
        let repository = try await sandbox.repository()
        let head = try #require(try await repository.head().commit)
        // It runs when the objects are made and the branch is not moved yet.
        try sandbox.hook("pre-commit", script)
        await #expect(throws: expected) { try await repository.commit(["a.yaml": "1\n"]) }
        #expect(try await repository.reference("refs/heads/main") == head)
        #expect(try await repository.status() == [])
    }

    @Test func `a rebase that began before the branch was moved finds it where it was`() async throws {
        let repository = try await sandbox.repository()
        let head = try #require(try await repository.head().commit)
        try sandbox.afterMove("git rev-parse main >>.git/moves\n" + Self.begin(at: head.hex))
        await #expect(throws: Self.underWay) { try await repository.commit(["a.yaml": "1\n"]) }
        // There, and back.
        let moves = try sandbox.read("work/.git/moves").split(separator: "\n")
        #expect(moves.count == 2 && moves.last == "\(head.hex)")
        #expect(try await repository.reference("refs/heads/main") == head)
        #expect(try await repository.status() == [])
    }

    @Test func `a rebase that began after the branch was moved leaves it where it is`() async throws {
        let repository = try await sandbox.repository()
        try sandbox.write("1\n", to: "work/a.yaml")
        try sandbox.afterMove(Self.begin(at: "$(git rev-parse main)"))
        let committed = try #require(try await repository.commit(["a.yaml": "1\n"]))
        #expect(try await repository.head().commit == committed.id)
        #expect(try await repository.status() == [])
    }

    @Test func `the branch stays while somebody's git writes files`() async throws {
        let repository = try await sandbox.repository()
        let head = try await repository.head().commit
        try sandbox.write("1\n", to: "work/a.yaml")
        try sandbox.write("", to: "work/.git/index.lock")
        try sandbox.hook("pre-commit", "touch .git/made\n")
        let sandbox = sandbox
        async let letGo: Void = {
            var looks = 0
            while !FileManager.default.fileExists(atPath: sandbox.path + "/work/.git/made") {
                looks += 1
                try #require(looks < 12_000, "no commit is made")
                // A hook of git's makes the file, which tells nobody.
                try await Task.sleep(for: .milliseconds(10))
            }
            // As long as it takes to run git some times, it could have been moved.
            for _ in 0..<20 { #expect(try await repository.head().commit == head) }
            try sandbox.remove("work/.git/index.lock")
        }()
        let changes = [TreeChange(path: "a.yaml", bytes: Array("1\n".utf8))]
        let committed = try await repository.commit(
            changes,
            message: "m",
            author: .entra,
            on: "main",
            patience: .seconds(60)
        )
        try await letGo
        #expect(committed?.pathsBehind == [])
        #expect(try await repository.status() == [])
    }

    @Test func `after a fetch the branch stays for as long as it takes to begin a rebase`() async throws {
        let repository = try await sandbox.repository()
        let began = ContinuousClock.now
        try sandbox.write("", to: "work/.git/FETCH_HEAD")
        let changes = [TreeChange(path: "a.yaml", bytes: Array("1\n".utf8))]
        _ = try await repository.commit(changes, message: "m", author: .entra, on: "main", patience: .seconds(60))
        // The pause itself is the promise; a slow machine only makes it longer.
        #expect(ContinuousClock.now - began > .milliseconds(1900))
        // But not for ever.
        try sandbox.write("", to: "work/.git/FETCH_HEAD")
        #expect(try await repository.commit(["a.yaml": "2\n"]) != nil)
    }
}
