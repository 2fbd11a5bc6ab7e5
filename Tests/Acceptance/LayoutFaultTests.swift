import Foundation
import Testing

/// Provisioned files that stand where or as none may: an identity provider that looks for whom one holds must never be
/// told that there is nobody, or it creates them again.
@Suite struct LayoutFaultTests {
    private static let ada = "provisioned/users/ada@example.com.yaml"
    private static let grace = "provisioned/users/grace@example.com.yaml"

    /// What hides any number of people, and what serve says to do.
    enum Hidden: String, CaseIterable {
        case shards, link, repository, executables, missing

        func happen(to tree: TemporaryTree) throws {
            let folder = tree.folder
            switch self {
            case .shards:
                let settings = "layout: {shards: 256}\n" + TemporaryTree.settings
                try folder.write(settings, to: "dagroster.yaml")
            case .link:
                try FileManager.default.moveItem(atPath: folder.path("provisioned"), toPath: folder.path("moved"))
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path("provisioned"),
                    withDestinationPath: folder.path("moved")
                )
            case .repository: try folder.write("ref: refs/heads/main\n", to: "provisioned/users/.git/HEAD")
            case .executables: for path in [ada, grace] { try makeExecutable(path, in: tree) }
            case .missing: try folder.remove("provisioned")
            }
        }

        var words: String {
            switch self {
            case .shards: "hint: set layout.shards in dagroster.yaml to what it was"
            case .link: "provisioned: error: the file is a symbolic link"
            case .repository: "provisioned/users: error: the folder is a repository of its own"
            case .executables: "and 1 more path like it"
            case .missing: "HEAD has 2 records"
            }
        }
    }

    @Test(arguments: Hidden.allCases)
    func `serve does not start when it cannot see who is there`(fault: Hidden) throws {
        try Self.withPeople { tree in
            _ = try tree.token()
            try fault.happen(to: tree)
            let result = try tree.run(["serve", "--port", "0", "--admin-port", "0"])
            #expect(result.exitCode == 3, "\(result)")
            #expect(result.errors.contains(fault.words) && result.errors.contains("nothing is served"), "\(result)")
            #expect(!result.errors.contains("serving SCIM"), "\(result)")
        }
    }

    @Test func `a file that became executable is served as HEAD has it, and not written to`() throws {
        try Self.withPeople { tree in
            try Self.makeExecutable(Self.grace, in: tree)
            try Server.with(tree) { server throws in
                #expect(try server.send("GET", "/Users/grace").status == 200)
                #expect(try server.send("PATCH", "/Users/grace", Self.disabling).status == 409)
                #expect(try server.send("POST", "/Users", .user(named: "grace@example.com")).status == 409)
                #expect(try server.send("PATCH", "/Users/ada", Self.disabling).status == 200)
            }
            #expect(try tree.folder.text(Self.grace) == Acme.user("grace"))
        }
    }

    @Test func `whoever may stand behind a link or in a wrong place is not created twice`() throws {
        let faults: [(TemporaryTree) throws -> Void] = [
            { tree in
                try FileManager.default.createSymbolicLink(
                    atPath: tree.folder.path("provisioned/users/lin@example.com.yaml"),
                    withDestinationPath: "/etc/passwd"
                )
            },
            { tree in try tree.folder.write(Acme.user("lin"), to: "provisioned/users/0a/lin@example.com.yaml") },
        ]
        for fault in faults {
            try Self.withPeople { tree in
                try fault(tree)
                let before = try tree.state()
                try Server.with(tree) { server throws in
                    let filter = "/Users?filter=userName%20eq%20%22lin@example.com%22"
                    #expect(try server.send("GET", filter).status == 503)
                    #expect(try server.send("POST", "/Users", .user(named: "lin@example.com")).status == 503)
                    #expect(try server.send("GET", "/Users/ada").status == 200)
                }
                #expect(try tree.state() == before)
            }
        }
    }

    @Test func `a circle of groups is not written over`() throws {
        try Self.withPeople { tree in
            try tree.folder.write("id: a\ndisplayName: A\ngroups:\n  - B\n", to: "provisioned/groups/a.yaml")
            let text = "id: b\ndisplayName: B\ngroups:\n  - A\n"
            try tree.write("provisioned/groups/b.yaml", text)
            try Server.with(tree) { server throws in
                #expect(try server.send("GET", "/Groups/b").status == 200)
                let change: JSONValue = .patch(["op": "add", "path": "members", "value": [["value": "ada"]]])
                #expect(try server.send("PATCH", "/Groups/b", change).status == 409)
            }
            #expect(try tree.folder.text("provisioned/groups/b.yaml") == text)
        }
    }

    @Test func `of two files with one id the one that HEAD knows is served`() throws {
        try Self.withPeople { tree in
            // Before grace's own file in the order of paths.
            let copy = Acme.user("grace").replacing("userName: grace", with: "userName: copy")
            try tree.folder.write(copy, to: "provisioned/users/copy@example.com.yaml")
            try Server.with(tree) { server in
                let found = try server.send("GET", "/Users/grace").json()
                #expect(found["userName"] == "grace@example.com")
                #expect(try server.send("PATCH", "/Users/grace", Self.disabling).status == 409)
                #expect(server.log.contains("provisioned/users/copy@example.com.yaml: error: "), "\(server.log)")
            }
            #expect(try tree.folder.text("provisioned/users/copy@example.com.yaml") == copy)
        }
    }

    private static let disabling: JSONValue = .patch(["op": "replace", "path": "active", "value": false])

    private static func withPeople(_ body: (TemporaryTree) throws -> Void) throws {
        try TemporaryTree.with { tree in
            try tree.folder.write(Acme.user("ada"), to: ada)
            try tree.folder.write(Acme.user("grace"), to: grace)
            try tree.commit("people")
            try body(tree)
        }
    }

    private static func makeExecutable(_ path: String, in tree: TemporaryTree) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: tree.folder.path(path)
        )
    }
}
