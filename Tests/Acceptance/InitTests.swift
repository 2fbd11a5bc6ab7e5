import Testing

/// `dagroster init`: a tree where there was none, and nothing where there is one.
@Suite struct InitTests {
    @Test func `a new tree has settings, folders and a first commit`() throws {
        try TemporaryFolder.with { folder in
            let made = try Program.run(["init"], in: folder)
            #expect(made.exitCode == 0, "\(made)")
            #expect(try folder.files() == Self.files)
            #expect(["provisioned/users", "provisioned/groups", "access"].allSatisfy(folder.exists))
            let tree = TemporaryTree(folder: folder)
            #expect(try tree.git("rev-list", "--count", "HEAD") == "1\n")
            #expect(try tree.git("status", "--porcelain") == "")
            #expect(try tree.git("symbolic-ref", "--short", "HEAD") == "main\n")
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test func `a folder can be named`() throws {
        try TemporaryFolder.with { folder throws in
            #expect(try Program.run(["init", "roster"], in: folder).exitCode == 0)
            #expect(folder.exists("roster/dagroster.yaml"))
            #expect(try Program.run(["check", "--tree", "roster"], in: folder).exitCode == 0)
        }
    }

    @Test func `a tree is never made twice`() throws {
        try TemporaryTree.with { tree in
            let before = try tree.state()
            let again = try tree.run(["init"])
            #expect(again.exitCode != 0)
            #expect(again.errors.contains("is a tree already; nothing was changed"), "\(again)")
            #expect(try tree.state() == before)
        }
    }

    @Test func `an existing repository keeps its files and its history`() throws {
        try TemporaryFolder.with { folder in
            let tree = TemporaryTree(folder: folder)
            try tree.git("init", "--quiet", "--initial-branch", "trunk")
            try tree.write("README.md", "ours\n")
            #expect(try tree.run(["init"]).exitCode == 0)
            #expect(try folder.text("README.md") == "ours\n")
            #expect(try folder.text("dagroster.yaml").contains("branch: trunk"))
            #expect(try tree.git("log", "--format=%s", "--diff-filter=A", "--", "README.md") == "write README.md\n")
        }
    }

    @Test func `a sharded tree puts each user under two hex digits`() throws {
        try TemporaryTree.with(arguments: ["--shards", "256"], settings: nil) { tree in
            #expect(try tree.folder.text("dagroster.yaml").contains("shards: 256"))
            try Server.with(tree) { server in
                let answer = try server.send("POST", "/Users", ["schemas": [.user], "userName": "ada@example.com"])
                #expect(answer.status == 201, "\(answer.text)")
            }
            let paths = try tree.folder.files(under: "provisioned/users").keys.filter { $0.hasSuffix(".yaml") }
            #expect(paths.count == 1)
            let path = try #require(paths.first)
            #expect(path.wholeMatch(of: /provisioned\/users\/[0-9a-f]{2}\/ada@example\.com\.yaml/) != nil, "\(path)")
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test(arguments: ["1", "255", "-1", "many"])
    func `a number of shards that no tree can have is refused`(number: String) throws {
        try TemporaryFolder.with { folder in
            let result = try Program.run(["init", "--shards=\(number)"], in: folder)
            #expect(result.exitCode == 64, "\(result)")
            #expect(try folder.files() == [:])
        }
    }

    private static let files = [
        ".gitattributes": """
        *.yaml text eol=lf
        /dagroster.yaml merge=dagroster
        /access/**/*.yaml merge=dagroster
        /provisioned/**/*.yaml merge=dagroster

        """,
        ".gitignore": ".dagroster/\n.dagroster-*.tmp\n/target.yaml\n",
        "dagroster.yaml": """
        # Settings of this dagroster tree; what is left out has its default.
        version: 1
        git: {branch: main}
        targets:
          sandbox: {kind: file, path: target.yaml}

        """,
    ]
}
