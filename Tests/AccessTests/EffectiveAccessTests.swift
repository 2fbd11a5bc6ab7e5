import Testing

@testable import Access

struct EffectiveAccessTests {
    private func held(_ grant: Grant, _ team: String? = nil) -> HeldGrant {
        HeldGrant(grant, path: team.map { .team($0, because: []) } ?? .direct)
    }

    private let many = [
        HeldGrant(Grant(scope: .deployment("prod"), role: .viewer, locations: ["finance": .editor]), path: .direct),
        HeldGrant(Grant(scope: .deployment("prod"), role: .launcher), path: .team("A", because: [])),
        HeldGrant(Grant(scope: .deployment("prod"), role: .custom("on-call")), path: .team("B", because: [])),
        HeldGrant(Grant(scope: .allBranchDeployments, role: .viewer), path: .team("A", because: [])),
        HeldGrant(Grant(scope: .branchDeployments(of: "prod"), role: .editor), path: .team("B", because: [])),
        HeldGrant(Grant(scope: .organization, role: .custom("auditor")), path: .direct),
    ]

    @Test(arguments: [
        (AccessPoint.organization, "auditor"),
        (.deployment("prod"), "launcher + on-call"),
        (.location(deployment: "prod", "finance"), "editor + on-call"),
        // A location without an override has what its deployment has.
        (.location(deployment: "prod", "marketing"), "launcher + on-call"),
        (.deployment("staging"), "none"),
        (.location(deployment: "staging", "finance"), "none"),
        (.branchDeployments(of: "prod"), "editor"),
        (.branchDeployments(of: "staging"), "viewer"),
        (.allBranchDeployments, "viewer"),
    ])
    func `the most permissive path counts at each point`(point: AccessPoint, role: String) {
        #expect(EffectiveAccess(many).role(at: point).description == role)
    }

    @Test func `every path is named, the strongest first`() {
        let reasons = EffectiveAccess(many).reasons(at: .location(deployment: "prod", "finance"))
        #expect(
            reasons.map { "\($0.role) \($0.held.path)" } == [
                "editor directly", "launcher team \"A\"", "viewer directly", "on-call team \"B\"",
            ]
        )
    }

    @Test(arguments: [
        AccessPoint.organization, .deployment("any"), .location(deployment: "any", "any"),
        .allBranchDeployments, .branchDeployments(of: "any"),
    ])
    func `an organisation admin is admin everywhere`(point: AccessPoint) {
        let access = EffectiveAccess([held(Grant(scope: .organization, role: .admin), "Admins")])
        #expect(access.role(at: point) == EffectiveRole([.admin]))
    }

    @Test func `the points are those that grants name`() {
        #expect(
            EffectiveAccess(many).points == [
                .organization, .deployment("prod"), .location(deployment: "prod", "finance"), .allBranchDeployments,
                .branchDeployments(of: "prod"),
            ]
        )
    }

    @Test(arguments: [
        ([Role.editor], [Role.viewer], true), ([.viewer], [.editor], false),
        ([.viewer, .custom("a")], [.viewer], true), ([.viewer], [.viewer, .custom("a")], false),
        ([.admin], [.custom("a")], true), ([], [], true), ([], [.viewer], false), ([.viewer], [], true),
        ([.custom("a")], [.viewer], true), ([.custom("a"), .launcher], [.launcher, .custom("a")], true),
    ])
    func `one result is no lower than another`(roles: [Role], others: [Role], isAtLeast: Bool) {
        #expect(EffectiveRole(roles).isAtLeast(EffectiveRole(others)) == isAtLeast)
    }

    @Test func `a person's access comes through the teams that the tree puts them in`() throws {
        var world = World()
        try world.user("ada")
        try world.group("On Call", ["ada"])
        try world.group("Data Platform", [], groups: ["On Call"])
        world.file("access/t.yaml", "team: Data Platform\ngrants: [{deployment: prod, role: editor}]\n")
        world.file("access/u.yaml", "user: ada\ngrants: [{deployment: prod, role: viewer}]\n")
        let wanted = try world.resolved().wanted
        let reasons = wanted.effectiveAccess(of: "ada").reasons(at: .deployment("prod"))
        #expect(
            reasons.map { "\($0.role) \($0.held.path) \($0.held.origin ?? "")" } == [
                #"editor team "Data Platform" (group "Data Platform" > "On Call") access/t.yaml:2:10"#,
                "viewer directly access/u.yaml:2:10",
            ]
        )
        #expect(wanted.teamsByMember == ["ada": ["Data Platform", "On Call"]])
        #expect(wanted.held(by: "ada", teams: ["On Call"]).count == 1)
    }

    @Test func `an override adds to its deployment's role and does not replace it`() {
        let grant = Grant(
            scope: .deployment("prod"),
            role: .editor,
            locations: ["finance": .custom("on-call"), "weak": .viewer]
        )
        #expect(grant.effectiveRole(at: .location(deployment: "prod", "finance")).description == "editor + on-call")
        #expect(grant.effectiveRole(at: .location(deployment: "prod", "weak")).description == "editor")
        let reasons = EffectiveAccess([held(grant)]).reasons(at: .location(deployment: "prod", "finance"))
        let told = reasons.map { "\($0.role) \($0.location ?? "-") \($0.isImplied)" }
        #expect(told == ["editor - false", "on-call finance false"])
    }

    @Test func `what follows from being organisation admin is told from what is granted`() {
        let access = EffectiveAccess([held(Grant(scope: .organization, role: .admin))])
        #expect(access.reasons(at: .organization).map(\.isImplied) == [false])
        #expect(access.reasons(at: .deployment("prod")).map(\.isImplied) == [true])
    }

    @Test func `a path tells the last day and the reason of its grant`() throws {
        var world = World()
        try world.user("ada")
        let grants = "grants: [{deployment: prod, role: viewer, expires: 2027-01-31}]"
        world.file("access/u.yaml", "user: ada\nreason: DATA-1\n\(grants)\n")
        let held = try world.resolved().wanted.held(by: "ada")
        #expect(held.map(\.expires) == [CalendarDate("2027-01-31")])
        #expect(held.map(\.reason) == ["DATA-1"])
    }

    @Test func `every way through nested groups is told`() throws {
        var world = World()
        try world.user("ada")
        try world.group("Inner", ["ada"], groups: [])
        try world.group("Left", [], groups: ["Inner"])
        try world.group("Right", ["ada"], groups: ["Inner"])
        try world.group("Outer", [], groups: ["Left", "Right", "Inner"])
        world.file("access/t.yaml", "team: Outer\ngrants: []\n")
        let team = try #require(try world.resolved().wanted.memberships["Outer"])
        #expect(
            team["ada"] == [
                #"group "Outer" > "Inner""#, #"group "Outer" > "Right""#,
                #"group "Outer" > "Left" > "Inner""#, #"group "Outer" > "Right" > "Inner""#,
            ]
        )
    }
}
