import Access
import Reconcile
import Testing

/// The first run against an organisation: nothing that was there is taken away unasked.
struct FirstRunTests {
    static let access = """
        team: Data Platform
        grants:
          - deployment: prod
            role: viewer
            locations:
              finance: editor
        """

    static let fullOrganization = """
        organization: acme
        deployments:
          prod:
            locations: [finance, marketing]
          staging: {}
        users:
          ada@example.com:
            grants:
              - organization: admin
          grace@example.com: {}
          old@example.com: {}
        teams:
          Data Platform:
            members: [grace@example.com, old@example.com]
            grants:
              - deployment: prod
                role: editor
              - deployment: staging
                role: viewer
          Handmade:
            members: [old@example.com]
        """

    @Test func `an empty target gets everything`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.groups = ["Data Platform": ["ada@example.com"]]
        world.access = ["access/data-platform.yaml": Self.access]
        world.live = try Organization(yaml: "deployments: {prod: {locations: [finance]}}")
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "user/ada@example.com/create",
                "user/grace@example.com/create",
                "team/Data Platform/create",
                "membership/Data Platform/ada@example.com/create",
                "grant/team:Data Platform/deployment:prod/put",
            ]
        )
        #expect(plan.isFirst && plan.held.isEmpty && plan.refusals.isEmpty)
        #expect(plan.people.map(\.key) == ["ada@example.com", "grace@example.com"])
        #expect(plan.people[0].changes.map(\.point.description) == ["prod", "prod/finance"])
        #expect(plan.people[0].changes[0].reasons == [#"through team "Data Platform" (group "Data Platform")"#])
    }

    @Test func `extras are held back and unmanaged things are left alone`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.groups = ["Data Platform": ["ada@example.com", "grace@example.com"]]
        world.access = ["access/data-platform.yaml": Self.access]
        world.live = try Organization(yaml: Self.fullOrganization)
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "membership/Data Platform/ada@example.com/create",
                "grant/team:Data Platform/deployment:prod/put",
            ]
        )
        #expect(
            plan.heldOutline == [
                "grant/team:Data Platform/deployment:staging/remove",
                "membership/Data Platform/old@example.com/remove",
            ]
        )
        #expect(plan.unmanaged.users == ["old@example.com"])
        #expect(plan.unmanaged.teams == ["Handmade"])
        #expect(plan.unmanaged.grants.map(\.holder) == [.user("ada@example.com")])
    }

    @Test func `what was held back stays held back after the first apply`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.groups = ["Data Platform": ["ada@example.com", "grace@example.com"]]
        world.access = ["access/data-platform.yaml": Self.access]
        world.live = try Organization(yaml: Self.fullOrganization)
        let first = try await world.apply()
        #expect(first.exitCode == .pending)
        let second = try await world.plan()
        #expect(second.outline.isEmpty)
        #expect(second.held == first.plan.held)
        #expect(world.live.teams["Data Platform"]?.members.contains("old@example.com") == true)
    }

    @Test(arguments: [
        (Adoption.extras, 2, ["old@example.com"], ["Handmade"]),
        (.keys(["Data Platform"]), 2, ["old@example.com"], ["Handmade"]),
        (.keys(["membership/Data Platform/old@example.com/remove"]), 1, ["old@example.com"], ["Handmade"]),
        (.keys(["team:Handmade"]), 1, ["old@example.com"], []),
        (.keys(["Handmade", "Data Platform"]), 3, ["old@example.com"], []),
    ])
    func `adopting takes what it names, on any run`(
        adoption: Adoption,
        removals: Int,
        users: [String],
        teams: [String]
    ) async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.groups = ["Data Platform": ["ada@example.com", "grace@example.com"]]
        world.access = ["access/data-platform.yaml": Self.access]
        world.live = try Organization(yaml: Self.fullOrganization)
        try await world.apply()
        world.adoption = adoption
        let plan = try await world.plan()
        #expect(plan.items.count == removals)
        #expect(plan.items.allSatisfy { $0.origin == .adoption })
        #expect(plan.unmanaged.users == users)
        #expect(plan.unmanaged.teams == teams)
    }

    @Test func `adopting what nobody has is refused with a suggestion`() async throws {
        var world = World()
        world.live = try Organization(yaml: Self.fullOrganization)
        world.adoption = .keys(["Handmaid"])
        await #expect(throws: Refusal.nothingToAdopt(key: "Handmaid", suggestion: "Handmade")) {
            try await world.plan()
        }
    }

    @Test func `an empty tree on a full organisation plans nothing`() async throws {
        var world = World()
        world.live = try Organization(yaml: Self.fullOrganization)
        let plan = try await world.plan()
        #expect(plan.items.isEmpty && plan.held.isEmpty)
        #expect(plan.unmanaged.users.count == 3 && plan.unmanaged.teams.count == 2)
    }

    @Test func `whom the directory calls inactive is removed on the first run, too`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.inactive = ["old@example.com": "3"]
        world.live = try Organization(
            yaml: "deployments: {}\nusers: {ada@example.com: {}, grace@example.com: {}, old@example.com: {}}"
        )
        let plan = try await world.plan()
        #expect(plan.outline == ["user/old@example.com/remove"])
        #expect(plan.items[0].reasons == ["inactive in the directory"])
    }

    @Test func `a plan is one value`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.access = ["access/ada.yaml": "user: ada@example.com\nreason: founder\ngrants: [{organization: admin}]"]
        world.live = try Organization(yaml: "deployments: {}")
        let commit = try #require(world.commit)
        let add = Change.addUser(key: "ada@example.com", email: "ada@example.com")
        let grant = Grant(scope: .organization, role: .admin)
        let put = Change.putGrant(.user("ada@example.com"), grant, replacing: nil)
        let path = AccessPath(holder: .user("ada@example.com"), scope: .organization, role: .admin)
        let access = AccessChange(
            point: .organization,
            before: EffectiveRole(),
            after: EffectiveRole([.admin]),
            lost: [],
            gained: [path],
            reasons: ["own grant"],
            items: [put.id]
        )
        let expected = Plan(
            target: "sandbox",
            commit: commit,
            base: nil,
            isFirst: true,
            items: [
                PlanItem(add, origin: .commit(commit), reasons: ["active in the directory"]),
                PlanItem(
                    put,
                    origin: .commit(commit),
                    reasons: ["access/ada.yaml:3:10", "founder"],
                    dependencies: [add.id],
                    risk: .high
                ),
            ],
            people: [PersonChange(key: "ada@example.com", membership: .joins, changes: [access], item: add.id)],
            guards: LossClass.allCases.map { GuardVerdict(.removals($0), losses: [], total: 0) }
                + [GuardVerdict(.admins, losses: [], total: 0)]
        )
        #expect(try await world.plan() == expected)
    }
}
