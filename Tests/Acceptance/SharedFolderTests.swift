import Foundation
import Testing

/// People who work with plain git in the folder that is being served.
struct SharedFolderTests {
    private static let settings = """
        version: 1
        git: {window: 0s, maxWindow: 1s}
        targets:
          sandbox: {kind: file, path: target.yaml}

        """

    private func serving(_ body: (TemporaryTree, Server) throws -> Void) throws {
        try TemporaryTree.with(settings: Self.settings) { tree in
            let end = try Server.with(tree) { server in
                _ = try server.create("/Users", .user(named: "first"))
                try waitForCommit(of: "first", tree)
                try body(tree, server)
                return try tree.git("rev-parse", "HEAD")
            }
            #expect(try tree.git("fsck", "--strict", "--no-dangling") == "", "after \(end)")
        }
    }

    private func waitForCommit(of name: String, _ tree: TemporaryTree, on branch: String = "main") throws {
        try Deadline.wait(for: "a commit of \(name)") {
            try tree.git("ls-tree", "--name-only", branch, "provisioned/users/").contains("/\(name).yaml\n")
        }
    }

    private func waitForCleanRecords(_ tree: TemporaryTree) throws {
        try Deadline.wait(for: "clean records") { try tree.git("status", "--porcelain", "--", "provisioned") == "" }
    }

    @Test func `what people edit, stage and commit meanwhile is theirs, and in no commit of ours`() throws {
        try serving { tree, server in
            try tree.folder.write("team: A\n", to: "access/a.yaml")
            try tree.git("add", "access/a.yaml")
            try tree.folder.write("team: B\n", to: "access/b.yaml")
            _ = try server.create("/Users", .user(named: "second"))
            try waitForCommit(of: "second", tree)
            try waitForCleanRecords(tree)
            #expect(try tree.git("status", "--porcelain") == "A  access/a.yaml\n?? access/b.yaml\n")
            try tree.git("commit", "-q", "-m", "mine")
            _ = try server.create("/Users", .user(named: "third"))
            try waitForCommit(of: "third", tree)
            let files = try tree.git("log", "--format=%an", "--name-only", "-3").split(separator: "\n")
            let user = "provisioned/users/"
            let expected = [
                "entra-prod", user + "third.yaml", "Lin Chen", "access/a.yaml", "entra-prod", user + "second.yaml",
            ]
            #expect(files.map(String.init) == expected)
        }
    }

    @Test(
        arguments: [
            (["switch", "-q", "-c", "feature"], "on branch \"feature\""), (["checkout", "-q", "--detach"], "detached"),
        ]
    )
    func `elsewhere than on the branch nothing is written, and back there all goes on`(
        leaving: [String],
        words: String
    ) throws {
        try serving { tree, server in
            try waitForCleanRecords(tree)
            let before = try tree.git("rev-parse", "main")
            _ = try Program.run(executable: "git", leaving, in: tree.folder)
            let refused = try server.send("POST", "/Users", .user(named: "second"))
            #expect(
                refused.status == 503 && refused.text.contains(words.replacing("\"", with: "\\\"")),
                "\(refused.text)"
            )
            #expect(refused.headers["retry-after"] != nil)
            #expect(try server.send("GET", "/Users?filter=userName%20eq%20%22first%22").text.contains("first"))
            #expect(try tree.git("status", "--porcelain") == "")
            #expect(try tree.git("rev-parse", "main", "HEAD") == before + before)
            try tree.git("switch", "-q", "main")
            _ = try server.create("/Users", .user(named: "second"))
            try waitForCommit(of: "second", tree)
        }
    }

    @Test func `a repository that is gone is told, and when it is back all goes on`() throws {
        try serving { tree, server in
            try waitForCleanRecords(tree)
            try FileManager.default.moveItem(atPath: tree.folder.path(".git"), toPath: tree.folder.path(".gone"))
            let refused = try server.send("POST", "/Users", .user(named: "second"))
            #expect(refused.status == 503, "\(refused.text)")
            #expect(try server.send("GET", "/Users?filter=userName%20eq%20%22first%22").text.contains("first"))
            try FileManager.default.moveItem(atPath: tree.folder.path(".gone"), toPath: tree.folder.path(".git"))
            _ = try server.create("/Users", .user(named: "second"))
            try waitForCommit(of: "second", tree)
            try waitForCleanRecords(tree)
        }
    }

    @Test func `a rebase that stops is waited for, and what it makes is gone on from`() throws {
        try serving { tree, server in
            try tree.write("access/a.yaml", "team: A\n")
            try waitForCleanRecords(tree)
            let stopped = try Program.run(
                executable: "git",
                [
                    "-c", "user.name=L", "-c", "user.email=l@x", "rebase", "--quiet", "--force-rebase", "--exec",
                    "false", "HEAD~1",
                ],
                in: tree.folder
            )
            #expect(stopped.exitCode != 0)
            #expect(try server.send("POST", "/Users", .user(named: "second")).status == 503)
            try tree.git("-c", "advice.detachedHead=false", "commit", "--amend", "-q", "-m", "reworded")
            try tree.git("rebase", "--continue")
            _ = try server.create("/Users", .user(named: "second"))
            try waitForCommit(of: "second", tree)
            #expect(try tree.git("log", "-2", "--format=%s") == "provision: 1 user created (entra-prod)\nreworded\n")
        }
    }

    @Test func `a pull that brings access files is gone on from`() throws {
        try serving { tree, server in
            try TemporaryFolder.with { other in
                try tree.git("clone", "-q", "--bare", ".", other.path("remote.git"))
                try tree.git("remote", "add", "origin", other.path("remote.git"))
                try tree.git("clone", "-q", other.path("remote.git"), other.path("clone"))
                try other.write("team: A\n", to: "clone/access/a.yaml")
                try tree.git("-C", other.path("clone"), "add", "access")
                try tree.git("-C", other.path("clone"), "commit", "-q", "-m", "theirs")
                try tree.git("-C", other.path("clone"), "push", "-q")
                _ = try server.create("/Users", .user(named: "second"))
                try waitForCommit(of: "second", tree)
                try waitForCleanRecords(tree)
                try tree.git("pull", "-q", "--rebase", "origin", "main")
                _ = try server.create("/Users", .user(named: "third"))
                try waitForCommit(of: "third", tree)
                try waitForCleanRecords(tree)
            }
            let subjects = try tree.git("log", "-3", "--format=%s").split(separator: "\n")
            #expect(subjects.map { $0.hasPrefix("provision: ") } == [true, true, false])
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }
}
