import Testing

/// The names that people write under `access/`: what `reconcile` would refuse, `check` does not pass.
@Suite struct CheckNamesTests {
    private static let wrong = "team: Data\ngroups: [Data Platfrom]\nusers: [ada@example.con]\n"
    private static let person = "user: nobody@example.com\n"

    @Test func `a name that neither the tree nor the record knows is an error with a suggestion`() throws {
        try Acme.applied { tree in
            #expect(try tree.run(["check"]).output == "")
            try tree.folder.write(Self.wrong, to: "access/data.yaml")
            try tree.folder.write(Self.person, to: "access/nobody.yaml")
            let result = try tree.run(["check"])
            #expect(result.exitCode == 3, "\(result)")
            #expect(
                result.output == """
                    access/data.yaml:2:10: error: no group is called "Data Platfrom"
                    hint: did you mean "Data Platform"?
                    access/data.yaml:3:9: error: no user is called "ada@example.con"
                    hint: did you mean "ada@example.com"?
                    access/nobody.yaml:1:7: error: no user is called "nobody@example.com"

                    """
            )
            try tree.commit("wrong")
            #expect(try tree.reconcile().exitCode == 3)
            #expect(try tree.run(["check", "--at", "HEAD"]).exitCode == 3)
            #expect(try tree.run(["check", "--at", "HEAD~1"]).exitCode == 0)
        }
    }

    @Test func `before the first apply it is a warning, and so it is in a clone without the record`() throws {
        try Acme.with { tree in
            try tree.write("access/data.yaml", Self.wrong)
            let result = try tree.run(["check"])
            #expect(result.exitCode == 0 && result.errors.contains("2 warnings"), "\(result)")
            #expect(result.output.contains("access/data.yaml:2:10: warning: no group is called"), "\(result)")
        }
    }

    @Test(arguments: [true, false])
    func `a name that the record knows is followed`(hasGit: Bool) throws {
        try Acme.with { tree in
            if !hasGit { try tree.folder.remove(".git") }
            try tree.write("access/lin.yaml", "user: lin@example.com\ngrants: []\n")
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.remove("provisioned/users/lin@example.com.yaml")
            let result = try tree.run(["check"])
            #expect(result.exitCode == 0, "\(result)")
            let words = "access/lin.yaml:1:7: warning: user \"lin@example.com\" is no longer provisioned"
            #expect(result.output.contains(words), "\(result)")
        }
    }

    @Test func `a protected name that is nobody's is warned about`() throws {
        try Acme.with { tree in
            let text = "users: [grace@example.com, graec@example.com]\nteams: [Admins, Admin, Data Platform]\n"
            try tree.write("access/protected.yaml", text)
            let result = try tree.run(["check"])
            #expect(result.exitCode == 0, "\(result)")
            let places = result.output.split(separator: "\n").map { $0.prefix { $0 != "," } }
            #expect(
                places == [
                    "access/protected.yaml:1:28: warning: the tree has no user \"graec@example.com\" to protect",
                    "hint: did you mean \"grace@example.com\"?",
                    "access/protected.yaml:2:17: warning: the tree has no team \"Admin\" to protect",
                    "hint: did you mean \"Admins\"?",
                ]
            )
        }
    }

    @Test func `no name of a file steers the terminal`() throws {
        try Acme.with { tree in
            try tree.folder.write("team: X\nx: 1\n", to: "access/\u{1B}[31m\u{202E}.yaml")
            for command in [["check"], ["fmt"], ["serve", "--port", "0", "--tree", "/nowhere\u{1B}"]] {
                let result = try tree.run(command)
                #expect(result.exitCode != 0)
                #expect(!(result.output + result.errors).contains { "\u{1B}\u{202E}".contains($0) }, "\(result)")
            }
        }
    }
}
