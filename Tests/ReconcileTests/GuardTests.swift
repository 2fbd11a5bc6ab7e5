import Access
import Reconcile
import Testing
import Tree

/// Every guard at its limit, and one over it.
struct GuardTests {
    /// So many people, all in one group each of two, with a team grant for each group.
    static func world(people: Int, inGroup members: Int = 0, guards: GuardSettings = GuardSettings()) async throws
        -> World
    {
        var world = World()
        for number in 0..<people { world.users[Self.name(number)] = "\(number)" }
        world.groups = ["All": (0..<members).map(Self.name)]
        world.live = try Organization(yaml: "deployments: {prod: {}}")
        world.guards = guards
        try await world.apply()
        return world
    }

    static func name(_ number: Int) -> String { "p\(1000 + number)@example.com" }

    struct Limit {
        var people: Int
        var removed: Int
        var guards = GuardSettings()
        var refusal: GuardVerdict.Refusal?
    }

    static let limits: [Limit] = [
        // Up to the floor the share does not matter, unless it is more than half of four or more.
        Limit(people: 3, removed: 2),
        Limit(people: 4, removed: 2),
        Limit(people: 4, removed: 3, refusal: .half),
        Limit(people: 20, removed: 10),
        Limit(people: 20, removed: 11, refusal: .percent(limit: 5, floor: 10)),
        Limit(people: 240, removed: 12),
        Limit(people: 240, removed: 13, refusal: .percent(limit: 5, floor: 10)),
        Limit(people: 60, removed: 5, guards: GuardSettings(removals: .init(percent: 5, count: 5, floor: 10))),
        Limit(
            people: 60,
            removed: 6,
            guards: GuardSettings(removals: .init(percent: 5, count: 5, floor: 10)),
            refusal: .count(limit: 5)
        ),
    ]

    @Test(arguments: limits.indices)
    func `removing people is refused one over the limit`(index: Int) async throws {
        let limit = Self.limits[index]
        var world = try await Self.world(people: limit.people, guards: limit.guards)
        for number in 0..<limit.removed { world.users[Self.name(number)] = nil }
        let plan = try await world.plan()
        let verdict = try #require(plan.guards.first { $0.check == .removals(.people) })
        #expect(verdict.refusal == limit.refusal)
        #expect(verdict.losses.count == limit.removed && verdict.total == limit.people)
    }

    @Test(arguments: [(9, 9, nil), (10, 5, nil), (10, 6, 50), (12, 6, nil), (12, 7, 50)] as [(Int, Int, Int?)])
    func `a group loses no more than its share`(size: Int, lost: Int, limit: Int?) async throws {
        let guards = GuardSettings(removals: .init(percent: 100, count: 100, floor: 100))
        var world = try await Self.world(people: 60, inGroup: size, guards: guards)
        world.groups["Others"] = (20..<60).map(Self.name)
        try await world.apply()
        world.groups["All"] = (lost..<size).map(Self.name)
        let plan = try await world.plan()
        let verdict = plan.guards.first { $0.check == .group("All") }
        #expect(verdict?.refusal == limit.map { .groupPercent(limit: $0) })
        #expect(plan.refusals.count == (limit == nil ? 0 : 1))
    }

    @Test func `what follows from a removed person is not counted again`() async throws {
        var world = try await Self.world(people: 8, inGroup: 8)
        world.access["access/all.yaml"] = "team: All\ngrants: [{deployment: prod, role: admin}]"
        try await world.apply()
        world.users[Self.name(0)] = nil
        world.groups["All"]?.removeFirst()
        let plan = try await world.plan()
        #expect(plan.outline == ["user/p1000@example.com/remove"])
        let lost = plan.guards.map { "\($0.check.name) \($0.losses.count) of \($0.total)" }
        #expect(
            lost == [
                "people 1 of 8", "memberships 0 of 8", "access 0 of 8", "teams 0 of 1", "roles 0 of 0", "admins 0 of 0",
            ]
        )
    }

    @Test func `people whose role gets lower are counted once each`() async throws {
        var world = try await Self.world(people: 8, inGroup: 5)
        world.access["access/all.yaml"] = """
            team: All
            grants:
              - deployment: prod
                role: admin
              - branchDeployments: all
                role: admin
            """
        try await world.apply()
        world.access["access/all.yaml"] = "team: All\ngrants: [{deployment: prod, role: viewer}]"
        let plan = try await world.plan()
        let verdict = try #require(plan.guards.first { $0.check == .removals(.access) })
        #expect(verdict.refusal == .half)
        #expect(verdict.losses.first == "p1000@example.com: prod admin > viewer, branches admin > none")
        #expect(verdict.losses.count == 5 && verdict.total == 5)
    }

    @Test(arguments: [(3, 2, false), (3, 1, true), (2, 1, true), (1, 1, false), (1, 0, true)])
    func `organisation admins stay enough`(before: Int, after: Int, isRefused: Bool) async throws {
        var world = try await Self.world(people: 8)
        for number in 0..<before {
            world.access["access/a\(number).yaml"] = "user: \(Self.name(number))\ngrants: [{organization: admin}]"
        }
        try await world.apply()
        for number in after..<before { world.access["access/a\(number).yaml"] = nil }
        let plan = try await world.plan()
        #expect(plan.refusedGuards.contains("admins") == isRefused)
    }

    @Test func `the caller keeps the own admin role and the owner everything`() async throws {
        var world = try await Self.world(people: 8)
        for number in 0..<4 {
            world.access["access/a\(number).yaml"] = "user: \(Self.name(number))\ngrants: [{organization: admin}]"
        }
        try await world.apply()
        world.live.caller = Self.name(0)
        world.live.owner = Self.name(1)
        world.access["access/a0.yaml"] = nil
        world.access["access/a1.yaml"] = nil
        #expect(try await world.plan().refusedGuards == ["caller", "owner"])
    }

    @Test func `protected people and teams are never removed or lowered, whichever side protects them`() async throws {
        var world = try await Self.world(people: 8, inGroup: 2)
        world.access["access/protected.yaml"] = "users: [\(Self.name(7))]\nteams: [All]"
        world.access["access/all.yaml"] = "team: All\ngrants: [{deployment: prod, role: admin}]"
        try await world.apply()
        // One change cannot both unprotect and remove.
        world.access = ["access/all.yaml": "team: All\ngrants: [{deployment: prod, role: viewer}]"]
        world.users[Self.name(7)] = nil
        let plan = try await world.plan()
        #expect(plan.refusedGuards == ["protected"])
        let verdict = try #require(plan.refusals.first)
        #expect(verdict.losses == ["All: deployment \"prod\" admin > viewer", Self.name(7)])
    }

    @Test func `one change cannot both lift a limit and use it`() async throws {
        var world = try await Self.world(people: 20)
        world.guards = GuardSettings(removals: .init(percent: 100, count: 1000, floor: 1000))
        for number in 0..<11 { world.users[Self.name(number)] = nil }
        #expect(try await world.plan().refusedGuards == ["people"])
    }

    @Test func `a tree that names nobody is refused where the record has somebody`() async throws {
        var world = try await Self.world(people: 2, inGroup: 1)
        world.users = [:]
        world.groups = [:]
        let plan = try await world.plan()
        #expect(plan.refusedGuards == ["empty"])
        #expect(plan.refusals[0].losses == ["team:All", "user:p1000@example.com", "user:p1001@example.com"])
    }

    @Test func `an override lets exactly the losses pass that it names`() async throws {
        var world = try await Self.world(people: 20)
        for number in 0..<11 { world.users[Self.name(number)] = nil }
        let refused = try #require(try await world.plan().refusals.first)
        #expect(
            refused.refusalText == """
                plan takes away 11 of 20 people, more than guards.removals.percent (5 % beyond 10) allows; \
                nothing was applied
                hint: if exactly this is meant: --override people=\(refused.digest) --reason TEXT
                """
        )
        let override = try #require(GuardOverride(argument: "people=\(refused.digest)", reason: "layoff"))
        world.overrides = [override]
        // Other traffic does not void it.
        world.users["new@example.com"] = "n"
        let plan = try await world.plan()
        #expect(plan.refusals.isEmpty)
        #expect(plan.guards.compactMap(\.override) == [override])
        // Another loss does.
        world.users[Self.name(19)] = nil
        #expect(try await world.plan().refusedGuards == ["people"])
        world.users[Self.name(19)] = "19"
        try await world.apply()
        #expect(world.record?.overrides == [override])
    }

    @Test func `a refused plan is not applied`() async throws {
        var world = try await Self.world(people: 20)
        let live = world.live
        for number in 0..<11 { world.users[Self.name(number)] = nil }
        await #expect(throws: Refusal.self) { try await world.apply() }
        #expect(world.live == live)
        #expect(try await world.plan().exitCode(isDetailed: false) == .refused)
    }

    @Test(arguments: ["people=0123456789ab", "group:a=b=0123456789ab", "people=xyz", "=0123456789ab", "people"])
    func `an override names a guard and a digest`(argument: String) {
        let names = ["people=0123456789ab": "people", "group:a=b=0123456789ab": "group:a=b"]
        #expect(GuardOverride(argument: argument, reason: "r")?.guardName == names[argument])
    }
}
