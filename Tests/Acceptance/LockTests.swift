import Testing

/// Who may write records' files while `serve` runs, and who need not ask.
@Suite struct LockTests {
    @Test func `what writes records' files refuses while serve runs and names it, and what reads does not`() throws {
        try TemporaryTree.with { tree in
            let ada = "provisioned/users/ada@example.com.yaml"
            try tree.write(ada, "userName: ada@example.com\nid: ada\n")
            try Server.with(tree) { _ in
                for command in [["serve", "--port", "0"], ["fmt"], ["fmt", "--reshard", "256"]] {
                    let refused = try tree.run(command)
                    #expect(refused.exitCode == 7, "\(command): \(refused)")
                    #expect(refused.errors.contains("dagroster serve (process "), "\(command): \(refused)")
                }
                #expect(try tree.run(["check"]).exitCode == 0)
                #expect(try tree.run(["fmt", "--check"]).exitCode == 3)
            }
            #expect(try tree.folder.text(ada) == "userName: ada@example.com\nid: ada\n")
            #expect(try tree.run(["fmt"]).exitCode == 0)
            #expect(try tree.folder.text(ada).contains("id: ada\nuserName: ada@example.com\n"))
        }
    }

    @Test func `a tree is moved into 256 folders and back in one commit each`() throws {
        try TemporaryTree.with { tree in
            try tree.write("dagroster.yaml", TemporaryTree.settings + "# The end.\n")
            for name in ["ada", "grace", "lin"] {
                try tree.write("provisioned/users/\(name).yaml", "id: \(name)\nuserName: \(name)\n")
            }
            try tree.write("provisioned/groups/data.yaml", "id: g\ndisplayName: Data\nmembers:\n  - ada\n")
            let before = try tree.folder.files(under: "provisioned")
            let settings = try tree.folder.text("dagroster.yaml")

            let there = try tree.run(["fmt", "--reshard", "256"])
            #expect(there.exitCode == 0 && there.errors.contains("4 files moved"), "\(there)")
            #expect(try tree.git("status", "--porcelain", "-uall") == "")
            let moves = try tree.git("show", "--format=", "--name-status", "-M100%").split(separator: "\n")
            #expect(moves.count { $0.hasPrefix("R100") } == 4 && moves.contains("M\tdagroster.yaml"), "\(moves)")
            #expect(moves.count == 5, "\(moves)")
            let sharded = try tree.folder.files(under: "provisioned")
            #expect(sharded.values.sorted() == before.values.sorted())
            #expect(sharded.keys.filter { $0.hasSuffix(".yaml") }.allSatisfy { $0.split(separator: "/").count == 4 })
            #expect(try tree.folder.text("dagroster.yaml").contains("layout: {shards: 256}\n"))
            #expect(try tree.run(["check"]).exitCode == 0)

            #expect(try tree.run(["fmt", "--reshard", "256"]).errors.contains("every file is in its place"))
            let back = try tree.run(["fmt", "--reshard", "0"])
            #expect(back.exitCode == 0, "\(back)")
            #expect(try tree.folder.files(under: "provisioned") == before)
            #expect(
                try tree.folder.text("dagroster.yaml")
                    == settings.replacing("version: 1\n", with: "version: 1\nlayout: {shards: 0}\n")
            )
            #expect(try tree.git("status", "--porcelain", "-uall") == "")
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test func `a tree with work that is in no commit is not moved`() throws {
        try TemporaryTree.with { tree in
            try tree.write("provisioned/users/ada.yaml", "id: ada\nuserName: ada\n")
            try tree.folder.write("id: ada\nuserName: ada\ntitle: Countess\n", to: "provisioned/users/ada.yaml")
            let before = try tree.state()
            let refused = try tree.run(["fmt", "--reshard", "256"])
            #expect(refused.exitCode == 1, "\(refused)")
            #expect(refused.errors.contains("provisioned/users/ada.yaml differ from the last commit"), "\(refused)")
            #expect(try tree.state() == before)
            for arguments in [["fmt", "--reshard", "7"], ["fmt", "--reshard", "256", "--check"]] {
                #expect(try tree.run(arguments).exitCode == 64)
            }
        }
    }
}
