import Access
import Reconcile
import Testing

/// What `--restore` brings back, and what not.
struct RestorationTests {
    private static let prod = Scope.deployment("prod")

    /// Ada and Grace in a team of viewers, applied once, and a snapshot of that.
    private func applied() async throws -> (world: World, snapshot: Snapshot) {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.groups = ["A": ["ada@example.com", "grace@example.com"]]
        world.access["access/A.yaml"] = "team: A\ngrants: [{deployment: prod, role: viewer, locations: {x: editor}}]"
        world.live = Organization(deployments: World.deployments)
        try await world.apply()
        let snapshot = try await world.prepared().snapshot(at: world.moment)
        return (world, snapshot)
    }

    @Test func `a state is brought back although the tree says otherwise, and the record moves to no commit`()
        async throws
    {
        var (world, snapshot) = try await applied()
        world.access["access/A.yaml"] = "team: A\ngrants: [{deployment: prod, role: admin}]"
        world.groups["B"] = ["ada@example.com"]
        try await world.apply()
        world.snapshot = snapshot
        let before = world.record?.commit
        #expect(
            try await world.plan().outline == [
                "grant/team:A/deployment:prod/put snapshot", "team/B/remove snapshot",
            ]
        )
        #expect(try await world.apply().exitCode == .success)
        #expect(world.live == snapshot.organization)
        #expect(world.record?.commit == before)
        #expect(try await world.plan().outline == [])
    }

    @Test func `nobody comes back who is not active any more, and everybody else does`() async throws {
        var (world, snapshot) = try await applied()
        world.users["grace@example.com"] = nil
        world.inactive["grace@example.com"] = "2"
        try await world.apply()
        world.access["access/A.yaml"] = "team: A\ngrants: []"
        try await world.apply()
        world.snapshot = snapshot
        let plan = try await world.plan()
        #expect(plan.outline == ["grant/team:A/deployment:prod/put snapshot"])
        #expect(plan.held.map(\.cause) == [.notActive("grace@example.com")])
        try await world.apply()
        #expect(world.live.users.keys.sorted() == ["ada@example.com"])
        #expect(world.live.teams["A"]?.members == ["ada@example.com"])
    }

    @Test func `a person with a new address is followed`() async throws {
        var (world, snapshot) = try await applied()
        world.users = ["ada@example.com": "1", "hopper@example.com": "2"]
        world.groups = ["A": ["ada@example.com"]]
        try await world.apply()
        world.snapshot = snapshot
        #expect(try await world.plan().outline == ["membership/A/hopper@example.com/create snapshot"])
        try await world.apply()
        #expect(world.live.users.keys.sorted() == ["ada@example.com", "hopper@example.com"])
    }

    @Test func `what nobody managed is left alone, whatever the snapshot has of it`() async throws {
        var (world, snapshot) = try await applied()
        let theirs = TeamState(grants: [Self.prod: Grant(scope: Self.prod, role: .viewer)])
        snapshot.organization.teams["Theirs"] = theirs
        world.live.teams["Theirs"] = theirs
        world.live.teams["Theirs"]?.grants[Self.prod]?.role = .admin
        world.live.users["guest@example.com"] = UserState(email: "guest@example.com")
        world.snapshot = snapshot
        let plan = try await world.plan()
        #expect(plan.outline == [])
        #expect(plan.unmanaged.teams == ["Theirs"] && plan.unmanaged.users == ["guest@example.com"])
    }

    @Test func `a deployment that is gone since holds back its grants, and a team that is gone is made again`()
        async throws
    {
        var (world, snapshot) = try await applied()
        world.access["access/B.yaml"] =
            "team: B\ngroups: []\nusers: [ada@example.com]\ngrants: [{deployment: staging, role: admin}]"
        try await world.apply()
        snapshot = try await world.prepared().snapshot(at: world.moment)
        world.access["access/B.yaml"] = nil
        try await world.apply()
        world.live.deployments["staging"] = nil
        world.snapshot = snapshot
        let plan = try await world.plan()
        #expect(
            plan.outline == ["team/B/create snapshot", "membership/B/ada@example.com/create snapshot"]
        )
        #expect(plan.held.map(\.cause) == [.deploymentDisappeared("staging")])
    }

    @Test func `guards judge a restore as any other plan`() async throws {
        var (world, snapshot) = try await applied()
        snapshot.people = [:]
        snapshot.teams = [:]
        world.snapshot = snapshot
        let plan = try await world.plan()
        #expect(plan.refusedGuards == ["empty"])
        await #expect(throws: Refusal.self) { try await world.apply() }
    }

    @Test func `protection that the tree states now counts for a state of before it`() async throws {
        var (world, snapshot) = try await applied()
        world.access["access/ada.yaml"] = "user: ada@example.com\ngrants: [{deployment: prod, role: admin}]"
        world.access["access/protected.yaml"] = "users: [ada@example.com]"
        try await world.apply()
        world.snapshot = snapshot
        #expect(try await world.plan().refusedGuards == ["protected"])
    }
}
