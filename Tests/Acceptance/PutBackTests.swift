import Foundation
import Testing

/// Git commands that put files back to HEAD while answered changes wait for their commit.
@Suite struct PutBackTests {
    private static let (ada, grace) = ("provisioned/users/ada.yaml", "provisioned/users/grace.yaml")

    @Test(arguments: ["stash --quiet", "reset --quiet --hard", "checkout --quiet .", "restore provisioned"])
    func `what was answered stays answered, and is committed`(command: String) throws {
        try TemporaryTree.with { tree in
            for name in ["ada", "grace"] {
                let text = "id: \(name)\nuserName: \(name)\nactive: true\n"
                try tree.folder.write(text, to: "provisioned/users/\(name).yaml")
            }
            try tree.commit("two people")
            try Server.with(tree) { server in
                let leave: JSONValue = .patch(["op": "replace", "path": "active", "value": false])
                #expect(try server.send("PATCH", "/Users/ada", leave).status == 200)
                #expect(try server.send("DELETE", "/Users/grace").status == 204)
                let inactive = tree.folder.text(Self.ada) { $0.contains("active: false") }
                Deadline.wait(for: "the deletion") { !tree.folder.exists(Self.grace) }
                // Nothing of this is committed before the server ends.
                try tree.git(command.split(separator: " ").map(String.init))
                #expect(tree.folder.text(Self.ada) { $0.contains("active: false") } == inactive)
                Deadline.wait(for: "the deletion again") { !tree.folder.exists(Self.grace) }
                #expect(try server.send("GET", "/Users/ada").json()["active"] == false)
                #expect(try server.send("GET", "/Users/grace").status == 404)
            }
            #expect(try tree.git("ls-tree", "-r", "--name-only", "HEAD", "provisioned/users") == Self.ada + "\n")
            #expect(try tree.git("show", "HEAD:" + Self.ada).contains("active: false"))
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }
}
