import Access
import Reconcile
import Testing
import YAML

/// Names that somebody else has now, and names that protect.
struct MovedNameTests {
    /// Two groups of which one holds a role through its file.
    private static func settled() async throws -> World {
        var world = try await RenameTests.settled()
        world.access["access/ops.yaml"] = "team: Ops\ngrants: [{deployment: prod, role: admin}]"
        try await world.apply()
        return world
    }

    @Test func `a group that takes the name of another one gets nothing until it is taken`() async throws {
        var world = try await Self.settled()
        let (data, ops) = (world.groups["Data Eng"] ?? [], world.groups["Ops"] ?? [])
        world.groups = ["Other": ops, "Ops": data]
        world.groupIDs = ["Other": "g2", "Ops": "g1"]
        let plan = try await world.plan()
        #expect(plan.outline == ["team/Data Eng/remove"])
        #expect(plan.heldOutline == ["name/group:Ops/access%2Fops.yaml"])
        #expect(
            plan.warnings.map(\.description) == [
                """
                access/ops.yaml:1:7: warning: group "Ops" is another one than at the last apply and gets nothing from \
                this file; the former one is called "Other" now and is followed
                hint: write Other; or --adopt takes the other one
                """
            ]
        )
        #expect(try await world.apply().exitCode == .pending)
        #expect(world.live.teams["Ops"]?.members == Set(ops))
        // What the name means is remembered for as long as the file states it.
        #expect(try await world.plan().heldOutline == plan.heldOutline)
        world.adoption = .keys(["group:Ops"])
        #expect(try await world.apply().exitCode == .success)
        #expect(world.live.teams["Ops"]?.members == Set(data))
        world.adoption = .none
        #expect(try await world.plan().held.isEmpty)
    }

    @Test func `a listed name that another person has now makes nobody else a member`() async throws {
        var world = try await RenameTests.settled()
        world.access["access/x.yaml"] = "team: X\ngroups: []\nusers: [lin@example.com]"
        try await world.apply()
        world.users = ["ada@example.com": "1", "lin@example.com": "2", "zzz@example.com": "3"]
        world.groups = [:]
        world.created = [:]
        try await world.passGuards()
        let plan = try await world.plan()
        #expect(plan.heldOutline == ["name/user:lin@example.com/access%2Fx.yaml"])
        try await world.apply()
        #expect(world.live.teams["X"]?.members == ["zzz@example.com"])
    }

    @Test func `a person without an address is removed for that reason`() async throws {
        var world = try await RenameTests.settled()
        world.policy.identity = .workEmail
        world.live.users["grace@example.com"] = UserState(email: "grace@example.com")
        try await world.passGuards()
        let plan = try await world.plan()
        let reasons = Set(plan.items.filter { $0.change.itemClass == .user }.flatMap(\.reasons))
        #expect(reasons == ["has no e-mail address of type work any more, by which a target knows people"])
        #expect(plan.warnings.first?.file == "provisioned/users/ada@example.com.yaml")
    }

    @Test func `a key that names no moved name is a mistake`() async throws {
        var world = try await Self.settled()
        world.adoption = .keys(["group:Opps"])
        await #expect(throws: Refusal.self) { try await world.plan() }
    }

    @Test func `a team stays protected under its new name for as long as the file states the former one`() async throws
    {
        var world = try await RenameTests.settled()
        world.access["access/protected.yaml"] = "teams: [Ops]\n"
        try await world.apply()
        world.groups["Operations"] = world.groups.removeValue(forKey: "Ops")
        world.groupIDs = ["Operations": "g2", "Data Eng": "g1"]
        let warning = #"team "Ops" is called "Operations" now, and is still protected"#
        #expect(try await world.plan().warnings.map(\.message) == [warning])
        for _ in 0..<2 {
            try await world.apply()
            #expect(world.record?.protected.renamedTeams == ["Operations": "Ops"])
            world.commit = String(repeating: "e", count: 40)
        }
        #expect(try await world.plan().warnings.map(\.message) == [warning])
        var without = world
        without.groups["Operations"] = nil
        #expect(try await without.plan().refusedGuards == ["protected"])
        // Once the file does not protect it any more, one apply later nothing does.
        world.access["access/protected.yaml"] = "teams: []\n"
        try await world.apply()
        world.groups["Operations"] = nil
        #expect(try await world.plan().refusedGuards == [])
    }

    @Test func `a name that protects nobody is said`() async throws {
        var world = try await RenameTests.settled()
        world.access["access/protected.yaml"] = "users: [adda@example.com, root@x]\nteams: [Opps, Nothing]\n"
        #expect(
            try await world.plan().warnings.map(\.description) == [
                """
                access/protected.yaml:1:9: warning: the tree has no user "adda@example.com" to protect
                hint: did you mean "ada@example.com"?
                """,
                #"access/protected.yaml:1:27: warning: neither the tree nor target "sandbox" has a user "root@x""#,
                """
                access/protected.yaml:2:9: warning: the tree has no team "Opps" to protect
                hint: did you mean "Ops"?
                """,
                #"access/protected.yaml:2:15: warning: neither the tree nor target "sandbox" has a team "Nothing""#,
            ]
        )
    }

    @Test func `whom nobody manages counts on both sides of a share`() async throws {
        var world = try await RenameTests.settled()
        world.access["access/ops.yaml"] = "team: Ops\ngrants: [{deployment: prod, role: admin}]"
        world.live.users["old@example.com"] = UserState(email: "old@example.com")
        world.live.teams["Ops"]?.members.insert("old@example.com")
        try await world.apply()
        world.live.users["old@example.com"] = UserState(email: "old@example.com")
        world.live.teams["Ops"]?.members.insert("old@example.com")
        world.access["access/ops.yaml"] = "team: Ops\ngrants: []"
        let verdict = try #require(try await world.plan().guards.first { $0.check == .removals(.access) })
        #expect(verdict.losses.count == 3 && verdict.total == 3)
    }

    @Test func `an override counts by its digest, and one that lets nothing pass is said`() async throws {
        var world = try await GuardTests.world(people: 20)
        for number in 0..<11 { world.users[GuardTests.name(number)] = nil }
        let refused = try #require(try await world.plan().refusals.first)
        let given = GuardOverride(guardName: "group", digest: refused.digest, reason: "layoff")
        let vain = GuardOverride(guardName: "people", digest: "0123456789ab", reason: "layoff")
        world.overrides = [given, vain]
        let plan = try await world.plan()
        #expect(plan.refusals.isEmpty && plan.unusedOverrides == [vain])
        #expect(
            plan.guards.compactMap(\.override)
                == [GuardOverride(guardName: "people", digest: refused.digest, reason: "layoff")]
        )
        let verdict = GuardVerdict(.group("a\u{1B}'$(id) b"), losses: ["x"], total: 1, refusal: .half)
        #expect(verdict.overrideFlags == "--override group=\(verdict.digest) --reason TEXT")
    }
}
