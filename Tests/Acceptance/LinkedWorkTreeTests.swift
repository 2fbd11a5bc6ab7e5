import Testing

/// A tree that is a linked work tree of a repository (`git worktree add`), whose `.git` is a file.
struct LinkedWorkTreeTests {
    private static let settings = """
        version: 1
        git: {window: 0s, maxWindow: 1s}
        targets:
          sandbox: {kind: file, path: target.yaml}

        """

    /// The branch that is served is checked out in the linked tree, and the first one stands on another.
    private func with(_ body: (_ first: TemporaryTree, _ linked: TemporaryTree) throws -> Void) throws {
        try Acme.with { tree in
            try tree.write("dagroster.yaml", Self.settings)
            try tree.git("switch", "--quiet", "--create", "elsewhere")
            try TemporaryFolder.with { folder in
                try tree.git("worktree", "add", "--quiet", folder.path("linked"), "main")
                // Git ignores it, so that each tree has its own.
                try folder.write(Acme.target, to: "linked/target.yaml")
                try body(tree, TemporaryTree(folder: TemporaryFolder(path: folder.path("linked"))))
            }
        }
    }

    @Test func `serve commits to the branch of a linked work tree, and leaves the other tree alone`() throws {
        try with { first, linked in
            let before = try first.state()
            try Server.with(linked) { server in
                _ = try server.create("/Users", .user(named: "new"))
                try Deadline.wait(for: "a commit") {
                    try linked.git("log", "-1", "--format=%an", "main") == "entra-prod\n"
                }
                try Deadline.wait(for: "a clean tree") { try linked.git("status", "--porcelain") == "" }
            }
            #expect(try linked.git("show", "--format=", "--name-only", "main") == "provisioned/users/new.yaml\n")
            #expect(try first.state() == before)
            #expect(try first.git("status", "--porcelain") == "")
            #expect(try first.git("fsck", "--strict", "--no-dangling") == "")
        }
    }

    @Test func `reconcile and the questions read a linked work tree's own HEAD`() throws {
        try with { first, linked in
            try linked.write("access/data-platform.yaml", Acme.dataPlatform.replacing("viewer", with: "launcher"))
            let explained = try linked.run(["explain", "grace@example.com", "prod"])
            #expect(explained.exitCode == 0 && explained.output.contains("may act as launcher"), "\(explained)")
            #expect(try first.run(["explain", "grace@example.com", "prod"]).output.contains("may act as viewer"))
            let applied = try linked.reconcile("--apply")
            #expect(applied.exitCode == 0, "\(applied)")
            #expect(try linked.target().contains("role: launcher") && !first.target().contains("launcher"))
            // The record is a reference, which work trees share.
            #expect(try first.git("for-each-ref", "--format=%(refname)", "refs/dagroster").contains("/sandbox\n"))
            let again = try linked.reconcile("--detailed-exitcode")
            #expect(again.exitCode == 0 && again.output.hasPrefix("nothing to do"), "\(again)")
        }
    }
}
