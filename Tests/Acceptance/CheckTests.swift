import Foundation
import Testing

/// `dagroster check` and `dagroster fmt`.
@Suite struct CheckTests {
    @Test func `a tree that is valid is said to be, offline`() throws {
        try Acme.with { tree in
            let result = try tree.run(["check"])
            #expect(result.exitCode == 0, "\(result)")
            #expect((result.output + result.errors).contains("is valid"), "\(result)")
        }
    }

    @Test func `every problem is named at once`() throws {
        try Acme.with { tree in
            try tree.folder.write("id: 1\n", to: "provisioned/users/x.yaml")
            try tree.folder.write("team: Ops\nrole: admin\n", to: "access/ops.yaml")
            let result = try tree.run(["check"])
            #expect(result.exitCode == 3)
            #expect((result.output + result.errors).contains("provisioned/users/x.yaml:1:1: error: "), "\(result)")
            #expect((result.output + result.errors).contains("access/ops.yaml:2:1: error: "), "\(result)")
        }
    }

    /// Under `provisioned/` and `access/` only files that are ours may lie.
    @Test func `a link that leads out of the tree is an error`() throws {
        try Acme.with { tree in
            try FileManager.default.createSymbolicLink(
                atPath: tree.folder.path("access/evil.yaml"),
                withDestinationPath: "/etc/passwd"
            )
            let result = try tree.run(["check"])
            #expect(result.exitCode == 3 && (result.output + result.errors).contains("access/evil.yaml"), "\(result)")
            #expect(!(result.output + result.errors).contains("root:"))
        }
    }

    @Test func `two users of one name in other letters are an error`() throws {
        try Acme.with { tree in
            try tree.folder.write("id: 2\nuserName: ADA@example.com\n", to: "provisioned/users/other.yaml")
            let result = try tree.run(["check"])
            #expect(result.exitCode == 3 && (result.output + result.errors).contains("other.yaml"), "\(result)")
        }
    }

    @Test func `canonical form keeps comments, and once is enough`() throws {
        try TemporaryTree.with { tree in
            let text =
                "# Why they exist.\nteam:   Data   # the team\n\ngrants:\n- {deployment: prod, role: viewer} # see DATA-1\n"
            try tree.write("access/data.yaml", text)
            let named = try tree.run(["fmt", "--check"])
            #expect(named.exitCode == 3 && named.output == "access/data.yaml\n", "\(named)")
            #expect(try tree.folder.text("access/data.yaml") == text)
            #expect(try tree.run(["fmt"]).exitCode == 0)
            let formatted = try tree.folder.text("access/data.yaml")
            for comment in ["# Why they exist.", "# the team", "# see DATA-1"] { #expect(formatted.contains(comment)) }
            #expect(try tree.run(["fmt", "--check"]).exitCode == 0)
            #expect(try tree.run(["fmt"]).exitCode == 0)
            #expect(try tree.folder.text("access/data.yaml") == formatted)
        }
    }

    @Test func `what serve writes is canonical`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let ada = try server.create("/Users", .user(named: "ada", ["title": "no", "locale": "en-US"]))
                _ = try server.create("/Groups", .group(named: "On Call", members: [ada]))
            }
            let result = try tree.run(["fmt", "--check"])
            #expect(result.exitCode == 0, "\(result)")
        }
    }
}
