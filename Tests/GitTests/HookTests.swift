import Foundation
import Testing

@testable import Git

/// Hooks as git is configured, around commits that are not made by `git commit`.
struct HookTests {
    let sandbox: Sandbox
    let repository: Repository

    init() async throws {
        sandbox = try Sandbox()
        repository = try await sandbox.repository()
    }

    private var seen: [String] {
        get throws { try sandbox.read("work/.git/seen").split(separator: "\n").map(String.init) }
    }

    @Test func `every hook of a commit runs, in order, and sees the commit alone`() async throws {
        try sandbox.write("staged\n", to: "work/theirs.yaml")
        try await sandbox.git(["-C", "work", "add", "theirs.yaml"])
        try sandbox.hook("pre-commit", "echo \"pre $(git diff --cached --name-only HEAD -- '*.yaml')\" >> .git/seen\n")
        try sandbox.hook("prepare-commit-msg", "echo \"prepare $2\" >> .git/seen\n")
        try sandbox.hook("commit-msg", "echo \"message $(head -1 \"$1\") by $GIT_AUTHOR_NAME\" >> .git/seen\n")
        try sandbox.hook("post-commit", "echo \"post $(git log -1 --format=%s)\" >> .git/seen\nexit 1\n")
        try sandbox.write("1\n", to: "work/a.yaml")

        _ = try #require(try await repository.commit(["a.yaml": "1\n"], "provision: x\n"))

        let expected = ["pre a.yaml", "prepare message", "message provision: x by entra-prod", "post provision: x"]
        #expect(try seen == expected)
        #expect(try await repository.status() == [PathStatus(path: "theirs.yaml", isStaged: true)])
        #expect(try await repository.isSound())
    }

    @Test(arguments: ["pre-commit", "prepare-commit-msg", "commit-msg"])
    func `a hook that refuses keeps the commit from being made, and says why`(name: String) async throws {
        let head = try await repository.head()
        try sandbox.hook(name, "echo 'not on a Friday' >&2\nexit 3\n")
        await #expect(throws: GitError.hookRefused(name, message: "not on a Friday")) {
            try await repository.commit(["a.yaml": "1\n"])
        }
        #expect(try await repository.head() == head)
        try sandbox.remove("work/.git/hooks/\(name)")
        _ = try #require(try await repository.commit(["a.yaml": "1\n"]))
    }

    @Test func `a hook may reword the message, and the author stays`() async throws {
        try sandbox.hook("commit-msg", "echo 'Reviewed-by: nobody' >> \"$1\"\n")
        let committed = try #require(try await repository.commit(["a.yaml": "1\n"], "subject\n\nA: b\n"))
        let info = try await repository.info(of: committed.id)
        #expect(info.trailers == [Trailer("A", "b"), Trailer("Reviewed-by", "nobody")])
        #expect(info.author == .entra)
        try sandbox.hook("commit-msg", ": > \"$1\"\n")
        await #expect(throws: GitError.hookRefused("commit-msg", message: "it left an empty message")) {
            try await repository.commit(["a.yaml": "2\n"])
        }
    }

    @Test func `a hook that changes what is committed is a refusal, and nobody's index changes`() async throws {
        try sandbox.hook("pre-commit", "echo other > a.yaml\ngit add a.yaml\n")
        let refusal = GitError.hookRefused("pre-commit", message: "it changed the files that are to be committed")
        await #expect(throws: refusal) { try await repository.commit(["a.yaml": "1\n"]) }
        #expect(try await repository.status() == [PathStatus(path: "a.yaml", isUnstaged: true, isUntracked: true)])
    }

    @Test func `a file that may not be run is no hook, and core.hooksPath counts`() async throws {
        try sandbox.hook("pre-commit", mode: 0o644, "exit 1\n")
        _ = try #require(try await repository.commit(["a.yaml": "1\n"]))
        try sandbox.hook("pre-commit", in: "work/policy", "exit 1\n")
        try await sandbox.git(["-C", "work", "config", "core.hooksPath", "policy"])
        await #expect(throws: GitError.hookRefused("pre-commit", message: "exit code 1")) {
            try await repository.commit(["a.yaml": "2\n"])
        }
    }

    @Test func `a hook that hangs is stopped, and nothing is committed`() async throws {
        try sandbox.hook("pre-commit", "sleep 60\n")
        let hasty = try #require(
            try await Repository.discover(
                sandbox.path + "/work",
                environment: Sandbox.environment,
                timeLimit: .milliseconds(500)
            )
        )
        await #expect(throws: GitError.self) { try await hasty.commit(["a.yaml": "1\n"]) }
        #expect(try await repository.entries(of: try #require(repository.head().commit)).map(\.path) == ["README"])
    }
}
