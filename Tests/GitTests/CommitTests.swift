import Foundation
import Testing

@testable import Git

struct CommitTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test(arguments: ["sha1", "sha256"], ["", "identity/tree"])
    func `a commit holds the given bytes and what was there before`(format: String, tree: String) async throws {
        let repository = try await sandbox.repository(tree: tree, format: format)
        let folder = tree.isEmpty ? "work" : "work/\(tree)"
        try sandbox.write("id: 1\n", to: "\(folder)/provisioned/users/ada.yaml")
        let parent = try #require(try await repository.head().commit)

        let committed = try #require(try await repository.commit(["provisioned/users/ada.yaml": "id: 1\n"]))

        #expect(committed == Committed(id: committed.id))
        #expect(try await repository.head() == Head(branch: "main", commit: committed.id))
        #expect(try await repository.info(of: committed.id).parents == [parent])
        let prefix = tree.isEmpty ? "" : "\(tree)/"
        let paths = try await repository.entries(of: committed.id, from: .repository).map(\.path)
        #expect(paths == ["README", "\(prefix)provisioned/users/ada.yaml"])
        let bytes = try await repository.contents(of: "provisioned/users/ada.yaml", in: committed.id)
        #expect(bytes == Array("id: 1\n".utf8))
        #expect(try await repository.status() == [])
        #expect(try await repository.isSound())
    }

    @Test func `the bytes that are committed are the given ones, not those that lie in the work tree`() async throws {
        let repository = try await sandbox.repository()
        try sandbox.write("id: newer\n", to: "work/a.yaml")
        let committed = try #require(try await repository.commit(["a.yaml": "id: 1\n"]))
        #expect(try await repository.contents(of: "a.yaml", in: committed.id) == Array("id: 1\n".utf8))
        #expect(try await repository.status() == [PathStatus(path: "a.yaml", isUnstaged: true)])
    }

    @Test func `somebody else's staged and unstaged work stays as it is`() async throws {
        let repository = try await sandbox.repository()
        try sandbox.write("staged\n", to: "work/access/team.yaml")
        try sandbox.write("x\n", to: "work/new.txt")
        try sandbox.write("changed\n", to: "work/README")
        try await sandbox.git(["-C", "work", "add", "access/team.yaml"])
        let before = try await repository.status()
        try sandbox.write("id: 1\n", to: "work/a.yaml")

        let committed = try #require(try await repository.commit(["a.yaml": "id: 1\n"]))

        #expect(try await repository.status() == before)
        #expect(before.count == 3)
        #expect(try await repository.entries(of: committed.id).map(\.path) == ["README", "a.yaml"])
        #expect(try sandbox.read("work/README") == "changed\n")
        #expect(try await sandbox.git(["-C", "work", "show", ":access/team.yaml"]) == "staged\n")
    }

    @Test func `a removed file leaves the commit and the index, and its empty folder goes, too`() async throws {
        let repository = try await sandbox.repository()
        try await repository.commit(["users/a.yaml": "1\n"])
        let committed = try #require(try await repository.commit(["users/a.yaml": nil, "never.yaml": nil]))
        let tree = try await sandbox.git(["-C", "work", "ls-tree", "-t", "-r", "--name-only", committed.id.hex])
        #expect(tree == "README\n")
        #expect(try await repository.status() == [])
        #expect(try await repository.isSound())
    }

    @Test func `what changes nothing makes no commit`() async throws {
        let repository = try await sandbox.repository()
        try await repository.commit(["a.yaml": "1\n"])
        let head = try await repository.head()
        #expect(try await repository.commit(["a.yaml": "1\n", "gone.yaml": nil]) == nil)
        #expect(try await repository.commit([:]) == nil)
        #expect(try await repository.head() == head)
    }

    @Test func `the first commit of a branch without commits`() async throws {
        try sandbox.makeFolder("new")
        let folder = sandbox.path + "/new"
        let repository = try await Repository.create(at: folder, branch: "main", environment: Sandbox.environment)
        #expect(try await repository.head() == Head(branch: "main", commit: nil))
        #expect(try await repository.commit(["gone.yaml": nil]) == nil)

        try sandbox.write("1\n", to: "new/a.yaml")
        let committed = try #require(try await repository.commit(["a.yaml": "1\n"]))

        #expect(try await repository.info(of: committed.id).parents == [])
        #expect(try await repository.status() == [])
        #expect(try await repository.isSound())
    }

    @Test func `nothing is committed while HEAD is detached or on another branch`() async throws {
        let repository = try await sandbox.repository()
        let head = try #require(try await repository.head().commit)
        try await sandbox.git(["-C", "work", "switch", "-q", "-c", "feature"])
        await #expect(throws: GitError.wrongBranch(expected: "main", found: "feature")) {
            try await repository.commit(["a.yaml": "1\n"])
        }
        try await sandbox.git(["-C", "work", "checkout", "-q", "--detach"])
        await #expect(throws: GitError.wrongBranch(expected: "main", found: nil)) {
            try await repository.commit(["a.yaml": "1\n"])
        }
        #expect(try await repository.reference("refs/heads/main") == head)
    }

    @Test func `who is slower than another writer is told where the branch is`() async throws {
        let repository = try await sandbox.repository()
        let old = try #require(try await repository.head().commit)
        let other = try #require(try await repository.commit(["a.yaml": "other\n"]))
        let changes = [TreeChange(path: "a.yaml", bytes: Array("mine\n".utf8))]
        await #expect(throws: GitError.referenceMoved("refs/heads/main", expected: old, found: other.id)) {
            try await repository.commit(changes, message: "m", author: .entra, on: "main", expecting: .at(old))
        }
        await #expect(throws: GitError.referenceMoved("refs/heads/main", expected: old, found: other.id)) {
            try await repository.setReference("refs/heads/main", to: old, expecting: .at(old))
        }
        #expect(try await repository.head().commit == other.id)
    }

    @Test func `an index that is held is not taken, and the commit stands`() async throws {
        let repository = try await sandbox.repository()
        try sandbox.write("1\n", to: "work/a.yaml")
        try sandbox.write("", to: "work/.git/index.lock")

        let committed = try #require(try await repository.commit(["a.yaml": "1\n"]))

        #expect(committed.pathsBehind == ["a.yaml"])
        #expect(committed.indexError?.isLock == true)
        #expect(try await repository.head().commit == committed.id)
        #expect(FileManager.default.fileExists(atPath: sandbox.path + "/work/.git/index.lock"))

        try sandbox.remove("work/.git/index.lock")
        try await repository.updateIndex(for: committed.pathsBehind)
        #expect(try await repository.status() == [])
    }

    @Test func `an index that is let go in time is waited for`() async throws {
        let repository = try await sandbox.repository()
        try sandbox.write("1\n", to: "work/a.yaml")
        // Another git that has the index for a moment, from when the branch is moved.
        try sandbox.afterMove(": >.git/index.lock\n(sleep 0.5; rm .git/index.lock) </dev/null >/dev/null 2>&1 &\n")
        let changes = [TreeChange(path: "a.yaml", bytes: Array("1\n".utf8))]
        let committed = try await repository.commit(changes, message: "m", author: .entra, on: "main")
        #expect(committed?.pathsBehind == [])
        #expect(try await repository.status() == [])
    }

    @Test(arguments: ["", "/etc/passwd", "../x", "a/../../x", "a//b", ".git/config", "a/.GIT/x", "./a", "a\0b", "a/"])
    func `a path that could leave the tree is refused`(path: String) async throws {
        let repository = try await sandbox.repository()
        await #expect(throws: GitError.unsafePath(path)) { try await repository.commit([path: "x"]) }
    }

    @Test(
        arguments: [
            "a b.yaml", "quote\".yaml", "back\\slash.yaml", "new\nline.yaml", "tab\t.yaml", "ü.yaml", "-x", "*.yaml",
            ":(top)a", "%2e.yaml", "\u{1F600}",
        ]
    )
    func `a strange name is committed as it is`(path: String) async throws {
        let repository = try await sandbox.repository()
        try sandbox.write("1\n", to: "work/\(path)")
        let committed = try #require(try await repository.commit([path: "1\n"]))
        #expect(try await repository.contents(of: path, in: committed.id) == Array("1\n".utf8))
        #expect(try await repository.status() == [])
        let gone = try #require(try await repository.commit([path: nil]))
        #expect(try await repository.entries(of: gone.id).map(\.path) == ["README"])
    }

    @Test func `the committer is the configured identity, and dagroster where there is none`() async throws {
        let repository = try await sandbox.repository()
        let first = try #require(try await repository.commit(["a.yaml": "1\n"]))
        let seconds = Signature.entra.seconds
        let own = Signature(name: "dagroster", email: "dagroster@localhost", seconds: seconds)
        #expect(try await repository.info(of: first.id).committer == own)

        try await sandbox.git(["-C", "work", "config", "user.name", "Ops Team"])
        try await sandbox.git(["-C", "work", "config", "user.email", "ops@example.com"])
        let second = try #require(try await repository.commit(["a.yaml": "2\n"]))
        let info = try await repository.info(of: second.id)
        #expect(info.committer == Signature(name: "Ops Team", email: "ops@example.com", seconds: seconds))
        #expect(info.author == .entra)
    }

    @Test func `a thousand files in one commit`() async throws {
        let repository = try await sandbox.repository()
        var files: [String: String?] = [:]
        for number in 0..<1000 {
            files["users/\(number).yaml"] = "id: \(number)\n"
            try sandbox.write("id: \(number)\n", to: "work/users/\(number).yaml")
        }
        let committed = try #require(try await repository.commit(files))
        #expect(try await repository.entries(of: committed.id).count == 1001)
        #expect(try await repository.status() == [])
        #expect(try await repository.isSound())
    }

    @Test func `a commit is signed when git is configured to sign`() async throws {
        let repository = try await sandbox.repository()
        let program = sandbox.path + "/sign"
        let script = "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho 'SIGNED BY TEST'\n"
        try sandbox.write(script, to: "sign")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        for (key, value) in [("commit.gpgSign", "yes"), ("gpg.program", program), ("user.signingKey", "test")] {
            try await sandbox.git(["-C", "work", "config", key, value])
        }
        let committed = try #require(try await repository.commit(["a.yaml": "1\n"], "subject\n\nbody\n"))
        let raw = try await sandbox.git(["-C", "work", "cat-file", "commit", committed.id.hex])
        #expect(raw.contains("gpgsig SIGNED BY TEST"))
        #expect(raw.hasSuffix("\n\nsubject\n\nbody\n"))
        #expect(try await repository.info(of: committed.id).author == .entra)
    }
}
