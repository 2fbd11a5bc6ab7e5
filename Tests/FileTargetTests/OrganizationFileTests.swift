import Access
import FileTarget
import Reconcile
import Testing
import YAML

/// The form of a target that is a file.
struct OrganizationFileTests {
    /// The example of the design, in canonical block style.
    static let example = """
        organization: acme
        deployments:
          prod:
            locations:
              - finance
              - marketing
          staging: {}
        users:
          Ada@example.com:
            grants:
              - organization: admin
          grace@example.com: {}
        teams:
          Data Platform:
            members:
              - Ada@example.com
              - grace@example.com
            grants:
              - deployment: prod
                role: viewer
                locations:
                  finance: editor
              - branchDeployments: all
                role: on-call
          Empty: {}
        roles:
          on-call:
            scope: deployment
            description: Restart what is stuck
            icon: star
            permissions:
              - TOGGLE_SCHEDULES
              - START_AND_STOP_RUNS

        """

    static let organization = Organization(
        name: "acme",
        deployments: [
            "prod": DeploymentState(locations: ["finance", "marketing"]), "staging": DeploymentState(locations: []),
        ],
        users: [
            "ada@example.com": UserState(
                email: "Ada@example.com",
                grants: [.organization: Grant(scope: .organization, role: .admin)]
            ),
            "grace@example.com": UserState(email: "grace@example.com"),
        ],
        teams: [
            "Data Platform": TeamState(
                members: ["ada@example.com", "grace@example.com"],
                grants: [
                    .deployment("prod"): Grant(
                        scope: .deployment("prod"),
                        role: .viewer,
                        locations: ["finance": .editor]
                    ),
                    .allBranchDeployments: Grant(scope: .allBranchDeployments, role: .custom("on-call")),
                ]
            ),
            "Empty": TeamState(),
        ],
        roles: [
            "on-call": CustomRole(
                name: "on-call",
                scope: .deployment,
                description: "Restart what is stuck",
                icon: "star",
                permissions: [.toggleSchedules, .startAndStopRuns]
            )
        ]
    )

    @Test func `an organisation is read as what the file says`() {
        let (read, diagnostics) = OrganizationFile.read(Array(Self.example.utf8), file: "target.yaml")
        #expect(diagnostics.isEmpty)
        #expect(read == Self.organization)
    }

    @Test func `an organisation is written in canonical form`() {
        let text = String(decoding: OrganizationFile.bytes(of: Self.organization), as: UTF8.self)
        let sorted = Self.example.replacing(
            "      - TOGGLE_SCHEDULES\n      - START_AND_STOP_RUNS",
            with: "      - START_AND_STOP_RUNS\n      - TOGGLE_SCHEDULES"
        )
        #expect(text == sorted)
    }

    @Test func `users and teams may be absent, and members without users are users`() {
        let (empty, _) = OrganizationFile.read(Array("deployments: {}\n".utf8), file: "t")
        #expect(empty == Organization())
        let text = "deployments: {}\nteams: {A: {members: [Ada@example.com]}}\n"
        let (organization, _) = OrganizationFile.read(Array(text.utf8), file: "t")
        #expect(organization?.users == ["ada@example.com": UserState(email: "Ada@example.com")])
    }

    @Test(arguments: [
        ("", "t:1:1: error: "),
        ("[]\n", "t:1:1: error: found a list, expected a map for the organization"),
        (
            "organization: acme\n",
            "t:1:1: error: no \"deployments\" in the organization\nhint: write \"deployments: {}\" for an organization without any"
        ),
        (
            "deployments: {}\nuser: {}\n",
            "t:2:1: error: unknown key \"user\" in the organization\nhint: did you mean \"users\"?"
        ),
        (
            "deployments: {}\nusers: {a@x: {}, A@X: {}}\n",
            "t:2:18: error: user \"A@X\" stands here twice, first as \"a@x\""
        ),
        (
            "deployments: {}\nusers: {ada@x: {}}\nteams: {A: {members: [ada@y]}}\n",
            "t:3:23: error: member \"ada@y\" is not one of the users\nhint: did you mean \"ada@x\"?"
        ),
        (
            "deployments: {prod: {}}\nusers: {a: {grants: [{deployment: prodd, role: viewer}]}}\n",
            "t:2:35: error: the organization has no deployment \"prodd\"\nhint: did you mean \"prod\"?"
        ),
        (
            "deployments: {prod: {}}\nusers: {a: {grants: [{deployment: prod, role: edtor}]}}\n",
            "t:2:47: error: role \"edtor\" is neither a Dagster+ role nor one of the organization's\nhint: did you mean \"editor\"?"
        ),
        (
            "deployments: {prod: {}}\nusers: {a: {grants: [{deployment: prod, role: viewer, expires: 2027-01-01}]}}\n",
            "t:2:55: error: unknown key \"expires\" in a grant"
        ),
        ("deployments: {}\n<<<<<<< HEAD\n", "t:2:1: error: "),
    ])
    func `what is no organisation is refused with its place`(text: String, message: String) {
        let (organization, diagnostics) = OrganizationFile.read(Array(text.utf8), file: "t")
        #expect(organization == nil)
        let first = diagnostics.first?.description ?? ""
        #expect(first == message || (first.hasPrefix(message) && !message.contains("hint")), "\(first)")
    }

    @Test func `an organization of more people than one file of a tree may hold is read back`() {
        let tail = String(repeating: "x", count: 900) + "@example.com"
        var organization = Organization()
        for number in 0..<20_000 { organization.users["\(number)\(tail)"] = UserState(email: "\(number)\(tail)") }
        let bytes = OrganizationFile.bytes(of: organization)
        #expect(bytes.count > 16 << 20)
        #expect(OrganizationFile.read(bytes, file: "target.yaml").organization == organization)
    }
}
