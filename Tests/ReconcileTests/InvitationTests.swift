import Access
import Reconcile
import Roster
import Testing
import Tree

/// People who are invited and come later: they are pending, and nothing is taken for drift meanwhile.
struct InvitationTests {
    private static let deployments = ["prod": DeploymentState(), "staging": DeploymentState()]
    private static let first = "2026-11-23T10:00:00Z"
    private static let viewer: [Scope: Grant] = [
        .deployment("prod"): Grant(scope: .deployment("prod"), role: .viewer),
        .allBranchDeployments: Grant(scope: .allBranchDeployments, role: .viewer),
    ]

    private func world(now: String = first) -> World {
        var world = World()
        world.users = ["ada": "1", "grace": "2"]
        world.groups = ["Data": ["ada", "grace"]]
        world.access = ["access/grace.yaml": "user: grace\ngrants:\n  - deployment: prod\n    role: editor\n"]
        world.now = Timestamp(now)
        return world
    }

    private func target(newUserGrants: [Scope: Grant] = [:], acceptsAtOnce: Bool = false) -> InvitingTarget {
        let live = Organization(deployments: Self.deployments, users: ["ada": UserState(email: "ada")])
        return InvitingTarget(live, newUserGrants: newUserGrants, acceptsAtOnce: acceptsAtOnce)
    }

    @Test func `who was invited is pending: exit 0, remembered, and what is theirs waits`() async throws {
        var world = world()
        let target = target()
        let applied = try await world.apply(to: target, time: Self.first)
        #expect(applied.exitCode == .success)
        #expect(applied.verification == .confirmed)
        #expect(
            applied.waiting.map(\.item.id.text) == [
                "membership/Data/grace/create", "grant/user:grace/deployment:prod/put",
            ]
        )
        #expect(world.record?.invitations == Timestamp(Self.first).map { ["grace": $0] })
        #expect(world.record?.commit == world.commit)

        world.now = Timestamp("2026-11-24T10:00:00Z")
        let again = try await world.prepared(reading: target).plan
        #expect(again.items == [])
        #expect(again.heldBack == [])
        #expect(
            again.waiting.map(\.id.text) == [
                "grant/user:grace/deployment:prod/put", "membership/Data/grace/create", "user/grace/create",
            ]
        )
        #expect(again.exitCode(isDetailed: true) == .success)
        let second = try await world.apply(to: target, time: "2026-11-24T10:00:00Z")
        #expect(second.exitCode == .success)
        #expect(world.record?.invitations == Timestamp(Self.first).map { ["grace": $0] })
        #expect(await target.asked.filter { $0 == "user/grace/create" }.count == 1)
    }

    @Test func `once it is accepted the rest follows, and the invitation is forgotten`() async throws {
        var world = world()
        let target = target()
        try await world.apply(to: target, time: Self.first)
        await target.accept("grace")
        world.now = Timestamp("2026-11-25T10:00:00Z")
        let applied = try await world.apply(to: target, time: "2026-11-25T10:00:00Z")
        #expect(applied.exitCode == .success)
        #expect(applied.waiting == [])
        let live = try await target.read()
        #expect(live.teams["Data"]?.members == ["ada", "grace"])
        #expect(live.users["grace"]?.grants[.deployment("prod")]?.role == .editor)
        #expect(world.record?.invitations == [:])
        #expect(world.record?.users["grace"]?.isOurs == true)
        #expect(try await world.prepared(reading: target).plan.isEmpty)
    }

    @Test(arguments: [
        ("2026-11-30T09:59:59Z", [] as [String]), ("2026-11-30T10:00:00Z", ["user/grace/create"]),
    ])
    func `an invitation is sent again after seven days`(now: String, again: [String]) async throws {
        var world = world()
        let target = target()
        try await world.apply(to: target, time: Self.first)
        world.now = Timestamp(now)
        let plan = try await world.prepared(reading: target).plan
        #expect(plan.items.map(\.id.text).filter { $0.hasPrefix("user/") } == again)
    }

    @Test func `an invitation of somebody who is wanted no more is taken back`() async throws {
        var world = world()
        let target = target()
        try await world.apply(to: target, time: Self.first)
        world.users["grace"] = nil
        world.inactive = ["grace": "2"]
        world.access = [:]
        let applied = try await world.apply(to: target, time: Self.first)
        #expect(applied.results.map(\.item.id.text) == ["user/grace/remove"])
        #expect(applied.exitCode == .success)
        #expect(await target.invited == [])
        #expect(world.record?.invitations == [:])
    }

    @Test func `an invitation that failed is not taken for sent`() async throws {
        var world = world()
        world.live = Organization(deployments: Self.deployments, users: ["ada": UserState(email: "ada")])
        world.live.conditions.invitesPeople = true
        let applied = try await world.apply(failing: ["user/grace/create"])
        #expect(applied.exitCode == .partial)
        #expect(world.record?.invitations == [:])
    }

    @Test func `what new people are given is left alone by default`() async throws {
        var world = world()
        world.access = [:]
        let target = target(newUserGrants: Self.viewer, acceptsAtOnce: true)
        try await world.apply(to: target, time: Self.first)
        let plan = try await world.prepared(reading: target).plan
        #expect(plan.isEmpty)
        #expect(plan.unmanaged.grants.count == 2)
    }

    @Test func `what new people are given is removed where that is asked for, and nothing else`() async throws {
        var world = world()
        world.access = [:]
        world.kind = .dagsterPlus(DagsterPlusSettings(newUserGrants: .remove))
        let target = target(newUserGrants: Self.viewer)
        try await world.apply(to: target, time: Self.first)
        await target.accept("grace")
        world.now = Timestamp("2026-11-25T10:00:00Z")
        let applied = try await world.apply(to: target, time: "2026-11-25T10:00:00Z")
        #expect(
            applied.results.map(\.item.id.text).filter { $0.hasPrefix("grant/") } == [
                "grant/user:grace/branches/remove", "grant/user:grace/deployment:prod/remove",
            ]
        )
        #expect(try await target.read().users["grace"]?.grants == [:])
        #expect(world.record?.newcomers == [])
        #expect(try await world.prepared(reading: target).plan.isEmpty)
    }

    @Test func `people who are there at once lose what new people are given in the next run`() async throws {
        var world = world()
        world.access = [:]
        world.kind = .dagsterPlus(DagsterPlusSettings(newUserGrants: .remove))
        let target = target(newUserGrants: Self.viewer, acceptsAtOnce: true)
        try await world.apply(to: target, time: Self.first)
        #expect(world.record?.newcomers == ["grace"])
        let applied = try await world.apply(to: target, time: Self.first)
        #expect(applied.results.count == 2)
        #expect(world.record?.newcomers == [])
        // A grant that somebody else gives later is not one of them.
        #expect(try await world.prepared(reading: target).plan.isEmpty)
    }

    @Test func `a changed address is an invitation, a copy, and a removal once the new account is there`() async throws
    {
        var world = world()
        world.access = [:]
        var live = Organization(
            deployments: Self.deployments,
            users: ["ada": UserState(email: "ada"), "grace": UserState(email: "grace", grants: Self.viewer)],
            teams: [
                "Data": TeamState(members: ["ada", "grace"]), "Theirs": TeamState(members: ["grace"]),
            ]
        )
        live.conditions.invitesPeople = true
        let target = InvitingTarget(live)
        try await world.apply(to: target, time: Self.first)
        world.users = ["ada": "1", "grace.hopper": "2"]
        world.groups = ["Data": ["ada", "grace.hopper"]]

        let invited = try await world.apply(to: target, time: Self.first)
        #expect(invited.exitCode == .success)
        #expect(invited.plan.waiting.map(\.id.text) == ["user/grace/remove"])
        let still = try await target.read()
        #expect(still.teams["Data"]?.members == ["ada", "grace"])
        #expect(try await world.prepared(reading: target).plan.isEmpty)

        await target.accept("grace.hopper")
        let moved = try await world.apply(to: target, time: Self.first)
        #expect(moved.exitCode == .success)
        #expect(moved.results.last?.item.id.text == "user/grace/remove")
        let after = try await target.read()
        #expect(after.users["grace"] == nil)
        #expect(after.users["grace.hopper"]?.grants == Self.viewer)
        #expect(after.teams["Data"]?.members == ["ada", "grace.hopper"])
        #expect(after.teams["Theirs"]?.members == ["grace.hopper"])
        #expect(try await world.prepared(reading: target).plan.isEmpty)
    }
}
