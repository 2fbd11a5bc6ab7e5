import Testing
import YAML

@testable import Access

struct AccessFilesTests {
    private func place(_ line: Int, _ column: Int) -> Place { Place(line: line, column: column) }

    @Test func `a team's file is read in whole`() throws {
        let (access, report) = AccessFiles.reported([
            (
                "access/teams/data-platform.yaml",
                """
                team: Data Platform
                previously: [Data Eng]
                groups: [Data Platform]
                users: [lin@example.com]
                appRoles: [Dagster.Editor]
                owner: "@acme/data-leads"
                reason: DATA-1234
                grants:
                  - deployment: prod
                    role: viewer
                    locations:
                      finance: editor
                  - deployment: staging
                    role: admin
                    expires: 2027-01-31
                  - branchDeployments: all
                    role: editor
                  - branchDeployments: prod
                    role: catalog_viewer
                """
            )
        ])
        #expect(report == [])
        let expected = Binding(
            file: "access/teams/data-platform.yaml",
            principal: .team("Data Platform"),
            place: place(1, 7),
            previously: [Located("Data Eng", at: place(2, 14))],
            groups: [Located("Data Platform", at: place(3, 10))],
            users: [Located("lin@example.com", at: place(4, 9))],
            appRoles: [Located("Dagster.Editor", at: place(5, 12))],
            owner: Located("@acme/data-leads", at: place(6, 8)),
            reason: "DATA-1234",
            grants: [
                GrantRule(
                    grant: Grant(scope: .deployment("prod"), role: .viewer, locations: ["finance": .editor]),
                    place: place(9, 5),
                    rolePlace: place(10, 11),
                    scopePlace: place(9, 17),
                    locationPlaces: ["finance": place(12, 7)]
                ),
                GrantRule(
                    grant: Grant(scope: .deployment("staging"), role: .admin),
                    expires: CalendarDate("2027-01-31"),
                    place: place(13, 5),
                    rolePlace: place(14, 11),
                    scopePlace: place(13, 17),
                    expiresPlace: place(15, 14)
                ),
                GrantRule(
                    grant: Grant(scope: .allBranchDeployments, role: .editor),
                    place: place(16, 5),
                    rolePlace: place(17, 11),
                    scopePlace: place(16, 24)
                ),
                GrantRule(
                    grant: Grant(scope: .branchDeployments(of: "prod"), role: .catalogViewer),
                    place: place(18, 5),
                    rolePlace: place(19, 11),
                    scopePlace: place(18, 24)
                ),
            ]
        )
        #expect(access == AccessFiles(bindings: [expected]))
    }

    @Test func `a user's file, roles and protection are read`() {
        let (access, report) = AccessFiles.reported([
            ("access/ada.yaml", "user: ada@example.com\nreason: founder\ngrants:\n  - organization: auditor\n"),
            (
                "access/roles.yaml",
                """
                roles:
                  auditor:
                    scope: organization
                    description: Read what happened
                    icon: star
                    permissions: [READ_AUDIT_LOG]
                """
            ),
            ("access/protected.yaml", "users: [breakglass@example.com]\nteams: [Platform Admins]\n"),
        ])
        #expect(report == [])
        let rule = GrantRule(
            grant: Grant(scope: .organization, role: .custom("auditor")),
            place: place(4, 5),
            rolePlace: place(4, 19),
            scopePlace: place(4, 5)
        )
        #expect(
            access
                == AccessFiles(
                    bindings: [
                        Binding(
                            file: "access/ada.yaml",
                            principal: .user("ada@example.com"),
                            place: place(1, 7),
                            reason: "founder",
                            grants: [rule]
                        )
                    ],
                    roles: [
                        "auditor": CustomRole(
                            name: "auditor",
                            scope: .organization,
                            description: "Read what happened",
                            icon: "star",
                            permissions: [.readAuditLog],
                            place: place(2, 3)
                        )
                    ],
                    protected: Protected(
                        users: [Located("breakglass@example.com", at: place(1, 9))],
                        teams: [Located("Platform Admins", at: place(2, 9))]
                    )
                )
        )
    }

    @Test(arguments: [
        ("team: A\n", nil),
        ("team: A\ngrants: []\n", 0),
        ("team: A\ngrants:\n  - deployment: p\n    role: viewer\n", 1),
    ])
    func `no grants key and an empty list are not the same`(text: String, count: Int?) {
        #expect(AccessFiles.reported([("access/a.yaml", text)]).access.bindings.first?.grants?.count == count)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var report: [String]
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ report: String...) {
            self.text = text
            self.report = report
        }
    }

    @Test(arguments: [
        Case(
            "team: A\ngruops: [B]\n",
            "access/a.yaml:2:1: error: unknown key \"gruops\" in an access file\nhint: did you mean \"groups\"?"
        ),
        Case(
            "grants: []\n",
            "access/a.yaml:1:1: error: the file names neither a team nor a user\n"
                + "hint: a file is about one of them: \"team: NAME\" or \"user: USERNAME\""
        ),
        Case(
            "team: A\nuser: b@example.com\n",
            "access/a.yaml:2:1: error: the file names both a team and a user\n"
                + "hint: a file is about one of them: \"team: NAME\" or \"user: USERNAME\""
        ),
        Case("team: \"\"\n", "access/a.yaml:1:7: error: \"team\" is empty"),
        Case(
            "team: no\n",
            "access/a.yaml:1:7: error: found a boolean \"no\", expected text for \"team\"\n"
                + "hint: write \"no\" in quotes"
        ),
        Case(
            "user: a@example.com\ngroups: [B]\n",
            "access/a.yaml:2:1: error: \"groups\" in a user's file\n"
                + "hint: a user's file has user, owner, reason and grants"
        ),
        Case("team: A\ngroups: [B, b]\n", "access/a.yaml:2:13: warning: \"b\" stands twice in \"groups\""),
        Case("team: A\nusers: [\"\"]\n", "access/a.yaml:2:9: error: an empty name in \"users\""),
        Case(
            "team: A\ngrants: {}\n",
            "access/a.yaml:2:9: error: found a map, expected a list for \"grants\""
        ),
        Case(
            "team: A\ngrants:\n  - role: viewer\n",
            "access/a.yaml:3:5: error: a grant without a scope\n"
                + "hint: a grant has one of organization, deployment and branchDeployments"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    organization: admin\n    role: viewer\n",
            "access/a.yaml:4:5: error: a grant with 2 scopes\n"
                + "hint: a grant has one of organization, deployment and branchDeployments"
        ),
        Case(
            "team: A\ngrants:\n  - organization: admin\n    role: viewer\n",
            "access/a.yaml:4:5: error: \"role\" beside \"organization\"\n"
                + "hint: the role stands under organization itself: \"organization: admin\""
        ),
        Case("team: A\ngrants:\n  - deployment: prod\n", "access/a.yaml:3:5: error: a grant without \"role\""),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    roles: viewer\n",
            "access/a.yaml:3:5: error: a grant without \"role\"",
            "access/a.yaml:4:5: error: unknown key \"roles\" in a grant\nhint: did you mean \"role\"?"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: edtor\n",
            "access/a.yaml:4:11: error: role \"edtor\" is neither a Dagster+ role nor in access/roles.yaml\n"
                + "hint: did you mean \"editor\"?"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: Editor\n",
            "access/a.yaml:4:11: error: role \"Editor\" is neither a Dagster+ role nor in access/roles.yaml\n"
                + "hint: did you mean \"editor\"?"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: on-call-staff\n",
            "access/a.yaml:4:11: error: role \"on-call-staff\" is neither a Dagster+ role nor in access/roles.yaml\n"
                + "hint: roles for deployment \"prod\": catalog_viewer, viewer, launcher, editor, admin, on-call"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: auditor\n",
            "access/a.yaml:4:11: error: role \"auditor\" cannot be held on deployment \"prod\": "
                + "its scope is organization"
        ),
        Case(
            "team: A\ngrants:\n  - organization: on-call\n",
            "access/a.yaml:3:19: error: role \"on-call\" cannot be held on the organization: its scope is deployment"
        ),
        Case(
            "team: A\ngrants:\n  - organization: editor\n",
            "access/a.yaml:3:19: error: role \"editor\" cannot be held on the organization\n"
                + "hint: write admin, or a custom role whose scope is organization"
        ),
        Case(
            "team: A\ngrants:\n  - {deployment: prod, role: viewer}\n  - {deployment: prod, role: editor}\n",
            "access/a.yaml:4:18: error: a second grant for deployment \"prod\"; the first one is in line 3\n"
                + "hint: leave the one that is meant"
        ),
        Case(
            "team: A\ngrants:\n  - {branchDeployments: all, role: viewer}\n  - {branchDeployments: prod, role: editor}\n"
        ),
        Case(
            "team: A\ngrants:\n  - branchDeployments: all\n    role: viewer\n    locations: {finance: editor}\n",
            "access/a.yaml:5:5: error: \"locations\" in a grant for all branch deployments\n"
                + "hint: only a deployment has locations"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: editor\n    locations: {finance: viewer}\n",
            "access/a.yaml:5:17: warning: \"viewer\" for location \"finance\" adds nothing to \"editor\" "
                + "for deployment \"prod\"\nhint: an override can only raise"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: viewer\n    locations: {finance: edtor}\n",
            "access/a.yaml:5:17: error: role \"edtor\" is neither a Dagster+ role nor in access/roles.yaml\n"
                + "hint: did you mean \"editor\"?"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: viewer\n    expires: tomorrow\n",
            "access/a.yaml:5:14: error: \"expires\" is \"tomorrow\", which is no day of the calendar\n"
                + "hint: write a day such as 2027-01-31"
        ),
        Case(
            "team: A\ngrants:\n  - deployment: prod\n    role: viewer\n    expires: 2027-02-30\n",
            "access/a.yaml:5:14: error: \"expires\" is \"2027-02-30\", which is no day of the calendar\n"
                + "hint: write a day such as 2027-01-31"
        ),
        Case("team: A\ngrants:\n  - deployment: prod\n    role: viewer\n    expires: \"2027-02-28\"\n"),
        Case(
            "team: [A\n",
            "access/a.yaml:2:1: error: found the end of the file in the list that begins at 1:7, expected \",\" or \"]\""
        ),
    ])
    func `what is wrong with a file is said with its place`(_ row: Case) {
        let roles = """
            roles:
              auditor: {scope: organization, permissions: [READ_AUDIT_LOG]}
              on-call: {scope: deployment, permissions: [DELETE_RUNS]}
            """
        #expect(AccessFiles.reported([("access/a.yaml", row.text), ("access/roles.yaml", roles)]).report == row.report)
    }

    @Test(arguments: [
        Case(
            "role: {}\n",
            "access/roles.yaml:1:1: error: the file has no \"roles\"",
            "access/roles.yaml:1:1: error: unknown key \"role\" in the roles file\nhint: did you mean \"roles\"?"
        ),
        Case(
            "roles:\n  editor: {scope: deployment, permissions: []}\n",
            "access/roles.yaml:2:3: error: \"editor\" is the name of a built-in role"
        ),
        Case("roles:\n  a: {permissions: []}\n", "access/roles.yaml:2:3: error: role \"a\" has no \"scope\""),
        Case("roles:\n  a: {scope: deployment}\n", "access/roles.yaml:2:3: error: role \"a\" has no \"permissions\""),
        Case(
            "roles:\n  a: {scope: deploy, permissions: []}\n",
            "access/roles.yaml:2:14: error: \"deploy\" is not the scope of a role\n"
                + "hint: a role's scope is deployment or organization"
        ),
        Case(
            "roles:\n  a: {scope: organisation, permissions: []}\n",
            "access/roles.yaml:2:14: error: \"organisation\" is not the scope of a role\n"
                + "hint: did you mean \"organization\"?"
        ),
        Case(
            "roles:\n  a:\n    scope: deployment\n    permissions: [WIPE_ASSET, WIPE_ASSETS, WIPE_ASSETS]\n",
            "access/roles.yaml:4:19: error: \"WIPE_ASSET\" is not a Dagster+ permission\n"
                + "hint: did you mean \"WIPE_ASSETS\"?",
            "access/roles.yaml:4:44: warning: \"WIPE_ASSETS\" stands twice in \"permissions\""
        ),
        Case(
            "roles:\n  a: {scope: deployment, permissions: []}\n  A: {scope: deployment, permissions: []}\n",
            "access/roles.yaml:3:3: error: role \"A\" and role \"a\" differ only in letter case"
        ),
        Case("roles: {}\n"),
    ])
    func `what is wrong with the roles is said with its place`(_ row: Case) {
        #expect(AccessFiles.reported([("access/roles.yaml", row.text)]).report == row.report)
    }

    @Test func `a roles file that cannot be read is one error, not one for each grant`() {
        let team = "team: A\ngrants:\n  - deployment: prod\n    role: on-call\n"
        #expect(
            AccessFiles.reported([("access/a.yaml", team), ("access/roles.yaml", "roles: [\n")]).report.map {
                $0.prefix(30)
            } == [
                "access/roles.yaml:2:1: error: "
            ]
        )
    }
}
