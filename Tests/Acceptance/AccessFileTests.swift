import Testing

/// What people write under `access/`, and what the target then holds.
@Suite struct AccessFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Files by path.
        var files: [String: String]
        /// What the target holds of users, teams and roles in the end.
        var expected: String
        /// Lines in place of the target's defaults in the settings.
        var sandbox = "{kind: file, path: target.yaml}"
    }

    @Test(arguments: cases)
    func `access files become grants`(example: Case) throws {
        let settings = TemporaryTree.settings.replacing("{kind: file, path: target.yaml}", with: example.sandbox)
        try TemporaryTree.with(settings: settings) { tree in
            for (path, text) in example.files { try tree.folder.write(text, to: path) }
            for name in ["ada", "grace"] {
                try tree.folder.write(Acme.user(name), to: "provisioned/users/\(name)@example.com.yaml")
            }
            try tree.folder.write(Acme.group("Data", ["ada", "grace"]), to: "provisioned/groups/data.yaml")
            try tree.write("target.yaml", Acme.target)
            let applied = try tree.reconcile("--apply")
            #expect(applied.exitCode == 0, "\(applied)")
            #expect(differences(try tree.target(), from: Acme.target + example.expected) == "")
            #expect(try tree.reconcile("--detailed-exitcode").exitCode == 0)
        }
    }

    @Test func `grants that no file speaks about are left alone`() throws {
        try Acme.with { tree in
            try tree.folder.write("team: Data Platform\n", to: "access/data-platform.yaml")
            let held =
                "users: {}\nteams:\n  Data Platform:\n    grants:\n      - deployment: prod\n        role: launcher\n"
            try tree.write("target.yaml", Acme.target + held)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            #expect(try tree.target().contains("      - deployment: prod\n        role: launcher\n"))
        }
    }

    @Test func `a group that the identity provider renames is followed, with a warning that says where`() throws {
        try Acme.with { tree in
            let bound = Acme.dataPlatform.replacing("grants:", with: "groups:\n  - Data Platform\ngrants:")
            try tree.write("access/data-platform.yaml", bound)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.commit("applied")
            let renamed = Acme.group("Data Platform", ["ada", "grace"])
                .replacing("displayName: Data Platform", with: "displayName: Data Engineering")
            try tree.write("provisioned/groups/data-platform.yaml", renamed)
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0, "\(result)")
            let words = result.output + result.errors
            #expect(words.contains("access/data-platform.yaml:3:5: warning: "), "\(result)")
            #expect(
                try tree.target().contains("  Data Platform:\n    members:\n      - ada@example.com\n      - grace")
            )
        }
    }

    @Test func `a group that the identity provider deletes gives nothing, and stops nobody else's changes`() throws {
        try Acme.with { tree in
            let bound = Acme.dataPlatform.replacing("grants:", with: "groups:\n  - Data Platform\ngrants:")
            try tree.write("access/data-platform.yaml", bound)
            #expect(try tree.reconcile("--apply").exitCode == 0)
            try tree.folder.remove("provisioned/groups/data-platform.yaml")
            try tree.commit("gone")
            let result = try tree.reconcile("--apply")
            #expect(result.exitCode == 0, "\(result)")
            #expect((result.output + result.errors).contains("access/data-platform.yaml:3:5: warning: "), "\(result)")
            #expect(try !tree.target().contains("- grace@example.com"))
        }
    }

    @Test func `two files for one team are an error that names both`() throws {
        try Acme.with { tree in
            try tree.write("access/team/more.yaml", "team: Data Platform\n")
            for command in ["check", "reconcile"] {
                let result = try tree.run([command])
                let words = result.output + result.errors
                #expect(result.exitCode == 3, "\(result)")
                #expect(
                    words.contains("access/team/more.yaml:1:7") && words.contains("access/data-platform.yaml"),
                    "\(result)"
                )
            }
        }
    }

    private static let everybody = "users:\n  ada@example.com: {}\n  grace@example.com: {}\n"
    private static let data = "teams:\n  Data:\n    members:\n      - ada@example.com\n      - grace@example.com\n"

    private static let cases = [
        Case(testDescription: "no access at all", files: [:], expected: everybody + data),
        Case(
            testDescription: "a person",
            files: ["access/people/ada.yaml": "user: ada@example.com\ngrants:\n  - organization: admin\n"],
            expected: everybody.replacing(
                "ada@example.com: {}",
                with: "ada@example.com:\n    grants:\n      - organization: admin"
            ) + data
        ),
        Case(
            testDescription: "a custom role on all branch deployments of one base",
            files: [
                "access/roles.yaml": "roles:\n  on-call:\n    scope: deployment\n    permissions: [TOGGLE_SCHEDULES]\n",
                "access/data.yaml": "team: Data\ngrants:\n  - branchDeployments: prod\n    role: on-call\n",
            ],
            expected: everybody + data + "    grants:\n      - branchDeployments: prod\n        role: on-call\n"
                + "roles:\n  on-call:\n    scope: deployment\n    permissions:\n      - TOGGLE_SCHEDULES\n"
        ),
        Case(
            testDescription: "members through the app role that Entra sends",
            files: [
                "access/editors.yaml": "team: Editors\ngroups: []\nappRoles: [Dagster.Editor]\ngrants: []\n",
                "provisioned/users/lin.yaml": "id: lin\nuserName: lin\nroles:\n  - value: Dagster.Editor\n",
            ],
            expected: everybody + "  lin: {}\n" + data + "  Editors:\n    members:\n      - lin\n"
        ),
        Case(
            testDescription: "a grant that has ended",
            files: [
                "access/data.yaml": "team: Data\ngrants:\n  - {deployment: prod, role: admin, expires: 2020-01-31}\n"
            ],
            expected: everybody + data
        ),
        Case(
            testDescription: "only people with grants, only teams with files",
            files: ["access/ada.yaml": "user: ada@example.com\ngrants:\n  - {deployment: staging, role: viewer}\n"],
            expected: "users:\n  ada@example.com:\n    grants:\n      - deployment: staging\n        role: viewer\n",
            sandbox: "{kind: file, path: target.yaml, users: granted, teams: bound}"
        ),
    ]
}
