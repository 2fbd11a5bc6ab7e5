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
        (EffectiveAccess.Level.organization, "auditor"),
        (.deployment("prod"), "launcher + on-call"),
        (.location("finance", of: "prod"), "editor + on-call"),
        // A location without an override has what its deployment has.
        (.location("marketing", of: "prod"), "launcher + on-call"),
        (.deployment("staging"), "none"),
        (.location("finance", of: "staging"), "none"),
        (.branchDeployments(of: "prod"), "editor"),
        (.branchDeployments(of: "staging"), "viewer"),
    ])
    func `the most permissive path counts at each level`(level: EffectiveAccess.Level, role: String) {
        #expect(EffectiveAccess(many).role(at: level).description == role)
    }

    @Test func `every path is named, the strongest first`() {
        let reasons = EffectiveAccess(many).reasons(at: .location("finance", of: "prod"))
        #expect(
            reasons.map { "\($0.role) \($0.held.path)" } == [
                "editor directly", "launcher team \"A\"", "viewer directly", "on-call team \"B\"",
            ]
        )
    }

    @Test(arguments: [
        EffectiveAccess.Level.organization, .deployment("any"), .location("any", of: "any"),
        .branchDeployments(of: "any"),
    ])
    func `an organisation admin is admin everywhere`(level: EffectiveAccess.Level) {
        let access = EffectiveAccess([held(Grant(scope: .organization, role: .admin), "Admins")])
        #expect(access.role(at: level) == EffectiveRole([.admin]))
    }

    @Test func `the levels are those that grants name`() {
        #expect(
            EffectiveAccess(many).levels == [
                .organization, .deployment("prod"), .location("finance", of: "prod"), .branchDeployments(of: "prod"),
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
}
