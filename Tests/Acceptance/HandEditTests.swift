import Testing

/// `dagroster check --base`: what a pull request may not do to records, and `dagroster codeowners`.
@Suite struct HandEditTests {
    private static let ada = "provisioned/users/ada@example.com.yaml"

    /// A tree with people, and a branch for a pull request.
    private func request(_ body: (TemporaryTree) throws -> Void) throws {
        try Acme.with { tree in
            try tree.git("switch", "--quiet", "--create", "request")
            try body(tree)
        }
    }

    @Test func `access files may change, records may not`() throws {
        try request { tree in
            try tree.write("access/new.yaml", "team: New\ngroups: []\ngrants: []\n")
            #expect(try tree.run(["check", "--base", "main"]).exitCode == 0)
            try tree.write(Self.ada, Acme.user("ada") + "title: Queen\n")
            let refused = try tree.run(["check", "--base", "main"])
            #expect(refused.exitCode == 3, "\(refused)")
            #expect(refused.output.contains("\(Self.ada): error: edited by hand in commit "), "\(refused)")
            #expect(refused.errors.contains("the tree is not valid: 1 error"), "\(refused)")
            #expect(try tree.run(["check"]).exitCode == 0)
        }
    }

    @Test func `a changed id is named, also where the file has another name`() throws {
        try request { tree in
            try tree.folder.remove(Self.ada)
            try tree.write(
                "provisioned/users/ada@example.com~1.yaml",
                Acme.user("ada").replacing("id: ada", with: "id: mallory")
            )
            let refused = try tree.run(["check", "--base", "main"])
            #expect(refused.output.contains(", and its id changes from \"ada\" to \"mallory\""), "\(refused)")
        }
    }

    @Test func `a commit that gives its reason may, and is named`() throws {
        try request { tree in
            try tree.folder.write(Acme.user("ada") + "title: Queen\n", to: Self.ada)
            try tree.commit("mend ada\n\nDagroster-Hand-Edit: the provider lost her title, INC-7")
            let allowed = try tree.run(["check", "--base", "main"])
            #expect(allowed.exitCode == 0, "\(allowed)")
            #expect(allowed.output.contains("\(Self.ada): warning: edited by hand"), "\(allowed)")
            #expect(allowed.output.contains("allowed: the provider lost her title, INC-7"), "\(allowed)")
        }
    }

    @Test func `what main brought into the branch is nobody's edit, what the merge itself changed is`() throws {
        try request { tree in
            try tree.write("access/new.yaml", "team: New\ngroups: []\ngrants: []\n")
            try tree.git("switch", "--quiet", "main")
            try tree.write("provisioned/users/carl@example.com.yaml", Acme.user("carl"))
            try tree.git("switch", "--quiet", "request")
            try tree.git("merge", "--quiet", "--no-edit", "main")
            #expect(try tree.run(["check", "--base", "main"]).exitCode == 0)
            try tree.git("reset", "--quiet", "--hard", "HEAD~1")
            try tree.git("merge", "--quiet", "--no-commit", "--no-ff", "main")
            try tree.write("provisioned/users/carl@example.com.yaml", Acme.user("carl", active: false))
            #expect(try tree.run(["check", "--base", "main"]).exitCode == 3)
        }
    }

    @Test func `CODEOWNERS is written from the owners, and checked`() throws {
        try TemporaryTree.with { tree in
            try tree.write("access/a.yaml", "team: A\ngroups: []\nowner: \"@acme/a\"\n")
            try tree.write(".github/CODEOWNERS", "* @acme/all\n")
            #expect(try tree.run(["codeowners", "--check"]).exitCode == 3)
            let written = try tree.run(["codeowners"])
            #expect(written.exitCode == 0 && written.output == ".github/CODEOWNERS\n", "\(written)")
            #expect(
                try tree.folder.text(".github/CODEOWNERS") == """
                    * @acme/all

                    # dagroster: begin. Made by "dagroster codeowners" from owner: under access/
                    /access/a.yaml @acme/a
                    # dagroster: end

                    """
            )
            #expect(try tree.run(["codeowners", "--check"]).exitCode == 0)
            #expect(try tree.run(["codeowners"]).output == "")
        }
    }
}
