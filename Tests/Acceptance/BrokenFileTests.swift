import Testing

/// A file in the tree that cannot be read: named with its place, and in nobody's way.
@Suite struct BrokenFileTests {
    static let broken = "id: 1\nuserName: grace@example.com\nactive: [true\n"

    @Test func `serve starts, serves the rest and says what is broken`() throws {
        try TemporaryTree.with { tree in
            try tree.write("provisioned/users/ada@example.com.yaml", "id: ada\nuserName: ada@example.com\n")
            try tree.write("provisioned/users/grace@example.com.yaml", Self.broken)
            try Server.with(tree) { server in
                #expect(server.log.contains("provisioned/users/grace@example.com.yaml:"), "\(server.log)")
                #expect(try server.send("GET", "/Users/ada").status == 200)
                let list = try server.send("GET", "/Users?filter=userName%20eq%20%22ada@example.com%22").json()
                #expect(list["totalResults"] == 1)
            }
            #expect(try tree.folder.text("provisioned/users/grace@example.com.yaml") == Self.broken)
        }
    }

    @Test func `nobody is created twice while a file is broken that HEAD cannot mend`() throws {
        try TemporaryTree.with { tree in
            try tree.write("provisioned/users/grace@example.com.yaml", Self.broken)
            try Server.with(tree) { server in
                #expect(try server.send("POST", "/Users", .user(named: "grace@example.com")).status == 503)
                let look = try server.send("GET", "/Users?filter=userName%20eq%20%22grace@example.com%22")
                #expect(look.status == 503, "\(look.text)")
            }
        }
    }

    @Test func `HEAD's version of a broken file is served, and not written to`() throws {
        try TemporaryTree.with { tree in
            let path = "provisioned/users/grace@example.com.yaml"
            try tree.write(path, "id: grace\nuserName: grace@example.com\n")
            try tree.folder.write(Self.broken, to: path)
            try Server.with(tree) { server throws in
                #expect(try server.send("GET", "/Users/grace").status == 200)
                let change: JSONValue = .patch(["op": "replace", "path": "active", "value": false])
                #expect(try server.send("PATCH", "/Users/grace", change).status == 409)
            }
            #expect(try tree.folder.text(path) == Self.broken)
        }
    }

    /// Each file of a tree, what is wrong in it, and where.
    @Test(arguments: [
        ("provisioned/users/grace.yaml", broken, "provisioned/users/grace.yaml:4:1: error: "),
        ("provisioned/users/x.yaml", "id: 1\n", "provisioned/users/x.yaml:1:1: error: "),
        ("provisioned/users/x.yaml", "id: a\nid: b\nuserName: x\n", "provisioned/users/x.yaml:2:1: error: "),
        ("provisioned/users/x.yaml", "id: &a b\nuserName: *a\n", "provisioned/users/x.yaml:1:5: error: "),
        ("provisioned/groups/x.yaml", "<<<<<<< ours\nid: x\n", "provisioned/groups/x.yaml:1:1: error: "),
        ("access/x.yaml", "team: Data\ngrant: []\n", "access/x.yaml:2:1: error: "),
        ("access/x.yaml", "team: Data\ngroups: [no]\n", "access/x.yaml:2:10: error: "),
    ])
    func `check and reconcile name file, line and column and end with 3`(
        path: String,
        text: String,
        message: String
    ) throws {
        try TemporaryTree.with { tree in
            let target = "organization: acme\ndeployments:\n  prod: {}\n"
            try tree.write("target.yaml", target)
            try tree.write(path, text)
            for command in [["check"], ["reconcile"], ["reconcile", "--apply"], ["reconcile", "--worktree"]] {
                let result = try tree.run(command)
                #expect(result.exitCode == 3, "\(command): \(result)")
                #expect((result.output + result.errors).contains(message), "\(command): \(result)")
            }
            #expect(try tree.folder.text("target.yaml") == target)
        }
    }

    @Test func `a folder without settings is no tree`() throws {
        try TemporaryFolder.with { folder in
            for command in [["check"], ["reconcile"], ["serve"], ["token", "list"]] {
                let result = try Program.run(command, in: folder)
                #expect(result.exitCode == 3, "\(command): \(result)")
                #expect(result.errors.contains("dagroster.yaml"), "\(command): \(result)")
            }
        }
    }
}
