import Testing

/// Names are given by the identity provider: what a reviewed file gives does not follow them to somebody else.
@Suite struct ReconcileNameTests {
    private static let twoPeople = """
        user: lin@example.com
        grants:
          - organization: admin

        """

    /// Lin is called otherwise now, and Grace has Lin's name.
    private static func swap(_ tree: TemporaryTree) throws {
        try tree.folder.remove("provisioned/users/grace@example.com.yaml")
        try tree.folder.write(
            "id: lin\nuserName: zzz@example.com\nactive: true\n",
            to: "provisioned/users/zzz@example.com.yaml"
        )
        try tree.folder.write(
            "id: grace\nuserName: lin@example.com\nactive: true\n",
            to: "provisioned/users/lin@example.com.yaml"
        )
        try tree.folder.write(
            "id: data platform\ndisplayName: Data Platform\nmembers:\n  - ada@example.com\n  - lin@example.com\n",
            to: "provisioned/groups/data-platform.yaml"
        )
        try tree.commit("renamed")
    }

    @Test func `a name that goes to another person does not take access along`() throws {
        try Acme.with { tree in
            try tree.write("access/admins.yaml", Acme.admins.replacing("  - lin@example.com\n", with: ""))
            try tree.write("access/lin.yaml", Self.twoPeople)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            try Self.swap(tree)
            let held = try tree.reconcile("--apply", "--quiet")
            #expect(held.exitCode == 2, "\(held)")
            #expect(held.output.contains("access/lin.yaml:1:7: warning: user \"lin@example.com\" is another one"))
            #expect(held.output.contains("--adopt user:lin@example.com"), "\(held)")
            let admin = "  zzz@example.com:\n    grants:\n      - organization: admin\n"
            let target = try tree.target()
            #expect(target.contains("  lin@example.com: {}\n\(admin)"), "\(target)")
            // It stays so until somebody decides.
            #expect(try tree.reconcile("--apply").exitCode == 2)
            let taken = try tree.reconcile("--apply", "--adopt", "user:lin@example.com")
            #expect(taken.exitCode == 0, "\(taken)")
            #expect(
                try tree.target().contains(
                    "  lin@example.com:\n    grants:\n      - organization: admin\n  zzz@example.com: {}\n"
                )
            )
            #expect(try tree.reconcile("--apply").output.contains("nothing to do"))
        }
    }

    @Test func `editing the file ends what is held back`() throws {
        try Acme.with { tree in
            try tree.write("access/admins.yaml", Acme.admins.replacing("  - lin@example.com\n", with: ""))
            try tree.write("access/lin.yaml", Self.twoPeople)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            try Self.swap(tree)
            #expect(try tree.reconcile("--apply").exitCode == 2)
            try tree.write("access/lin.yaml", Self.twoPeople.replacing("lin@", with: "zzz@"))
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0 && !result.output.contains("warning"), "\(result)")
        }
    }

    @Test func `a protected team stays protected under a new name`() throws {
        try Acme.with { tree in
            let team = "team: Ops\ngroups: []\nusers: [lin@example.com]\n"
            try tree.write("access/ops.yaml", team)
            try tree.write("access/protected.yaml", "teams:\n  - Ops\n")
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            let renamed = "team: Operations\npreviously: [Ops]\ngroups: []\nusers: [lin@example.com]\n"
            try tree.write("access/ops.yaml", renamed)
            let applied = try tree.reconcile("--apply")
            #expect(applied.exitCode == 0, "\(applied)")
            #expect(
                applied.output.contains("access/protected.yaml:2:5: warning: \"Ops\" is a former name"),
                "\(applied)"
            )
            try tree.commit("applied")
            // Two commits later, and after a run in between.
            try tree.write("note.txt", "x")
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.remove("access/ops.yaml")
            let refused = try tree.reconcile("--apply")
            #expect(refused.exitCode == 4 && refused.output.contains("protected"), "\(refused)")
            #expect(try tree.target().contains("  Operations:\n"))
        }
    }

    @Test func `the printed override works in a shell, whatever a group is called`() throws {
        try Acme.with { tree in
            let people = (10...21).map { "user\($0)" }
            for name in people {
                try tree.folder.write(Acme.user(name), to: "provisioned/users/\(name)@example.com.yaml")
            }
            let name = #""A\e[31mll\n'x' $(id) \u202E""#
            func write(_ members: ArraySlice<String>) throws {
                let list = members.map { "  - \($0)@example.com\n" }.joined()
                try tree.write("provisioned/groups/a.yaml", "id: a\ndisplayName: \(name)\nmembers:\n\(list)")
            }
            try write(people[...])
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            try write(people.prefix(4))
            let refused = try tree.reconcile("--apply")
            #expect(refused.exitCode == 4, "\(refused)")
            let flags = refused.output.matches(of: /if exactly this is meant: (.*) --reason TEXT/).map { String($0.1) }
            let command = "\(try Program.path()) reconcile --apply \(flags.joined(separator: " ")) --reason x"
            let passed = try Program.run(executable: "sh", ["-c", command], in: tree.folder)
            #expect(passed.exitCode == 0, "\(flags) \(passed)")
            let unused = try tree.reconcile("--apply", "--override", "people=0123456789ab", "--reason", "x")
            #expect(unused.exitCode == 0, "\(unused)")
            #expect(unused.output.contains("unused: --override \"people=0123456789ab\""), "\(unused)")
        }
    }

    @Test(arguments: [
        ("organization: amdin", "did you mean \"admin\"?"),
        ("organization: viewr", "roles for the organization: admin"),
        ("{deployment: prod, role: viewr}", "did you mean \"viewer\"?"),
    ])
    func `only roles that can be held there are suggested`(grant: String, hint: String) throws {
        try Acme.with { tree in
            try tree.write("access/lin.yaml", "user: lin@example.com\ngrants:\n  - \(grant)\n")
            let result = try tree.reconcile()
            #expect(result.exitCode == 3 && result.errors.contains(hint), "\(result)")
        }
    }
}
