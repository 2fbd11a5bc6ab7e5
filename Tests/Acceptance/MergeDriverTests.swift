import Testing

/// `dagroster merge-driver`, called by git itself in a tree that `init` made, and in a clone.
@Suite struct MergeDriverTests {
    private static func group(_ members: some Sequence<Int>) -> String {
        "id: g\ndisplayName: Data\nmembers:\n" + members.map { "  - p\(1000 + $0)@example.com\n" }.joined()
    }

    private static let path = "provisioned/groups/data.yaml"

    /// Two branches that changed one file, each in its own way; the second is checked out.
    private func diverge(_ tree: TemporaryTree, _ path: String, base: String, theirs: String, ours: String) throws {
        try tree.write(path, base)
        try tree.git("switch", "--quiet", "--create", "side")
        try tree.write(path, theirs)
        try tree.git("switch", "--quiet", "main")
        try tree.write(path, ours)
    }

    @Test func `two branches that add a hundred members each are merged without a conflict`() throws {
        try TemporaryTree.with { tree in
            try diverge(
                tree,
                Self.path,
                base: Self.group(0..<20),
                theirs: Self.group(0..<120),
                ours: Self.group((5..<20).map { $0 } + (100..<220).map { $0 })
            )
            try tree.git("merge", "--quiet", "-m", "join", "side")
            let text = try tree.folder.text(Self.path)
            #expect(text.hasSuffix(Self.group(5..<220)), "\(text)")
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }

    @Test func `a conflict leaves markers, names the place, and is refused by check`() throws {
        try TemporaryTree.with { tree in
            let file = "access/data.yaml"
            let grant = { (role: String) in "team: Data\ngroups: []\ngrants:\n  - deployment: prod\n    role: \(role)\n"
            }
            try diverge(tree, file, base: grant("viewer"), theirs: grant("editor"), ours: grant("admin"))
            let merge = try Program.run(
                executable: "git",
                ["-c", "user.name=L", "-c", "user.email=l@x", "merge", "side"],
                in: tree.folder
            )
            #expect(merge.exitCode == 1, "\(merge)")
            #expect(merge.errors.contains("conflict in access/data.yaml: grants > deployment prod > role"), "\(merge)")
            #expect(try tree.git("diff", "--name-only", "--diff-filter=U") == "\(file)\n")
            let check = try tree.run(["check"])
            #expect(check.exitCode == 3)
            #expect(check.output.contains("access/data.yaml:4:1: error:"), "\(check)")
        }
    }

    @Test func `a file that is no YAML is merged line by line`() throws {
        try TemporaryTree.with { tree in
            let lines = { (first: String, last: String) in "\(first)\n{\nb\nc\nd\n\(last)\n" }
            try diverge(tree, Self.path, base: lines("a", "e"), theirs: lines("x", "e"), ours: lines("a", "y"))
            let merge = try Program.run(
                executable: "git",
                ["-c", "user.name=L", "-c", "user.email=l@x", "merge", "--no-edit", "side"],
                in: tree.folder
            )
            #expect(merge.exitCode == 0, "\(merge)")
            #expect(merge.errors.contains("merged line by line"), "\(merge)")
            #expect(try tree.folder.text(Self.path) == lines("x", "y"))
        }
    }

    @Test func `a clone learns of the driver by --install`() throws {
        try TemporaryTree.with { tree in
            try diverge(
                tree,
                Self.path,
                base: Self.group(0..<2),
                theirs: Self.group(0..<5),
                ours: Self.group([0, 1, 9])
            )
            try tree.git("clone", "--quiet", ".", "clone")
            let clone = TemporaryTree(folder: TemporaryFolder(path: tree.folder.path("clone")))
            let installed = try clone.run(["merge-driver", "--install"])
            #expect(installed.exitCode == 0, "\(installed)")
            try clone.git("merge", "--quiet", "-m", "join", "origin/side")
            #expect(try clone.folder.text(Self.path).hasSuffix(Self.group([0, 1, 2, 3, 4, 9])))
            #expect(try clone.git("status", "--porcelain") == "")
        }
    }
}
