import Access
import Reconcile
import Roster
import Testing

/// What the service behind a target does not allow is said before anything is written.
struct ConditionsTests {
    private func world(_ conditions: Conditions = Conditions()) -> World {
        var world = World()
        world.users = ["ada": "1"]
        world.groups = ["Data": ["ada"]]
        world.live = Organization(deployments: ["prod": DeploymentState()])
        world.live.conditions = conditions
        return world
    }

    @Test(arguments: [
        (Conditions(isProvisionedElsewhere: true), [Precondition.provisionedElsewhere]),
        (Conditions(hasTeams: false, plan: "SOLO"), [.noTeams(plan: "SOLO")]),
        (Conditions(missingRight: "EDIT_USERS_AND_TEAMS"), [.missingRight("EDIT_USERS_AND_TEAMS")]),
        (Conditions(status: "READ_ONLY"), [.status("READ_ONLY")]),
        (Conditions(admitsMorePeople: false), [.seats(joining: 1, leaving: 0)]),
        (Conditions(), []),
    ])
    func `a plan is refused with exit 4, whatever is overridden`(
        conditions: Conditions,
        expected: [Precondition]
    ) async throws {
        var world = world(conditions)
        let plan = try await world.plan()
        #expect(plan.preconditions == expected)
        #expect(plan.exitCode(isDetailed: false) == (expected.isEmpty ? .success : .refused))
        guard !expected.isEmpty else { return }
        await #expect(throws: Refusal.preconditions(expected)) { try await world.apply() }
        #expect(Refusal.preconditions(expected).exitCode == .refused)
        #expect(Refusal.preconditions(expected).description.contains("; nothing was applied\nhint: "))
    }

    @Test func `where people and teams are left to others, another sync is no matter`() async throws {
        var world = world(Conditions(isProvisionedElsewhere: true))
        world.policy.users = .ignore
        world.policy.teams = .ignore
        #expect(try await world.plan().preconditions == [])
        world.policy.teams = .all
        #expect(try await world.plan().preconditions == [.provisionedElsewhere])
    }

    @Test func `a missing right does not matter where there is nothing to do`() async throws {
        var world = world()
        try await world.apply()
        world.live.conditions.missingRight = "EDIT_USERS_AND_TEAMS"
        #expect(try await world.plan().preconditions == [])
    }

    /// Two seats: Ada's editor role ends when Grace and Lin get theirs.
    private func seats(_ available: Int) async throws -> World {
        var world = World()
        world.users = ["ada": "1", "grace": "2", "lin": "3"]
        world.live = Organization(deployments: ["prod": DeploymentState()])
        world.access = [
            "access/ada.yaml": "user: ada\ngrants:\n  - deployment: prod\n    role: editor\n",
            "access/grace.yaml": "user: grace\ngrants:\n  - deployment: prod\n    role: editor\n",
            "access/lin.yaml": "user: lin\ngrants: []\n",
        ]
        try await world.apply()
        world.access["access/ada.yaml"] = "user: ada\ngrants:\n  - deployment: prod\n    role: viewer\n"
        world.access["access/lin.yaml"] = "user: lin\ngrants:\n  - deployment: prod\n    role: editor\n"
        world.live.conditions.paidSeats = available
        return world
    }

    @Test func `seats that suffice for the end and not for the way are freed first`() async throws {
        let plan = try await seats(2).plan()
        #expect(plan.preconditions == [])
        #expect(plan.freesFirst)
        #expect(
            plan.items.map(\.id.text) == [
                "grant/user:ada/deployment:prod/put", "grant/user:lin/deployment:prod/put",
            ]
        )
        let roomy = try await seats(3).plan()
        #expect(!roomy.freesFirst)
        #expect(
            roomy.items.map(\.id.text) == [
                "grant/user:lin/deployment:prod/put", "grant/user:ada/deployment:prod/put",
            ]
        )
    }

    @Test func `seats that do not suffice for the end are a refusal with the numbers`() async throws {
        var world = try await seats(2)
        world.access["access/ada.yaml"] = "user: ada\ngrants:\n  - deployment: prod\n    role: editor\n"
        let plan = try await world.plan()
        #expect(plan.preconditions == [.paidSeats(needed: 3, available: 2)])
    }

    @Test func `who leaves makes room for who joins`() async throws {
        var world = world()
        try await world.apply()
        world.live.conditions.admitsMorePeople = false
        world.users = ["grace": "2"]
        world.inactive = ["ada": "1"]
        world.groups = ["Data": ["grace"]]
        let plan = try await world.plan()
        #expect(plan.preconditions == [])
        #expect(plan.freesFirst)
        #expect(
            plan.items.map(\.id.text) == [
                "user/ada/remove", "user/grace/create", "membership/Data/grace/create",
            ]
        )
    }

    @Test func `grants with roles that nobody here knows are shown and left alone`() async throws {
        var world = World()
        world.users = ["ada": "1"]
        world.access = ["access/ada.yaml": "user: ada\ngrants:\n  - deployment: prod\n    role: viewer\n"]
        world.live = Organization(deployments: ["prod": DeploymentState(), "new": DeploymentState()])
        try await world.apply()
        let strange = Grant(scope: .deployment("new"), role: .custom("OVERSEER"))
        world.live.users["ada"]?.grants[strange.scope] = strange
        world.live.unknownRoles = ["OVERSEER"]
        let plan = try await world.plan()
        #expect(plan.isEmpty)
        #expect(plan.unmanaged.grants == [UnmanagedGrant(holder: .user("ada"), grant: strange)])
        // The very grant that a file states is written all the same.
        world.access["access/ada.yaml"]? += "  - deployment: new\n    role: editor\n"
        #expect(try await world.plan().items.map(\.id.text) == ["grant/user:ada/deployment:new/put"])
    }
}
