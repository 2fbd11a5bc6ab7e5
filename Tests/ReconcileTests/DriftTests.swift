import Access
import Reconcile
import Testing

/// What somebody else did at the target is undone inside what is ours, and reported as drift.
struct DriftTests {
    static let access = """
        team: Data Platform
        grants:
          - deployment: prod
            role: viewer
            locations: {finance: editor}
          - deployment: staging
            role: admin
            expires: 2026-11-30
        """

    static func settled() async throws -> World {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2", "lin@example.com": "3"]
        world.groups = ["Data Platform": ["ada@example.com", "grace@example.com"], "Ops": ["lin@example.com"]]
        world.access = ["access/data-platform.yaml": access]
        world.live = try Organization(
            yaml: "deployments: {prod: {locations: [finance, marketing]}, staging: {locations: [x]}}"
        )
        let applied = try await world.apply()
        try #require(applied.exitCode == .success)
        return world
    }

    struct Case {
        var change: @Sendable (inout Organization) -> Void
        var outline: [String]
    }

    static let everywhere = Grant(scope: .allBranchDeployments, role: .admin)

    static let cases: [Case] = [
        Case(
            change: { $0.removeEverywhere("grace@example.com") },
            outline: [
                "user/grace@example.com/create drift", "membership/Data Platform/grace@example.com/create drift",
            ]
        ),
        Case(
            change: { $0.teams["Ops"] = nil },
            outline: ["team/Ops/create drift", "membership/Ops/lin@example.com/create drift"]
        ),
        Case(
            change: { $0.teams["Data Platform"]?.members.insert("lin@example.com") },
            outline: ["membership/Data Platform/lin@example.com/remove drift"]
        ),
        Case(
            change: { $0.teams["Data Platform"]?.grants[.allBranchDeployments] = everywhere },
            outline: ["grant/team:Data Platform/branches/remove drift"]
        ),
        Case(
            change: { $0.teams["Data Platform"]?.grants[.deployment("prod")]?.locations["marketing"] = .admin },
            outline: ["grant/team:Data Platform/deployment:prod/put drift"]
        ),
        // Grants of a principal that no file manages are not ours.
        Case(change: { $0.teams["Ops"]?.grants[.allBranchDeployments] = everywhere }, outline: []),
        Case(change: { $0.users["lin@example.com"]?.grants[.allBranchDeployments] = everywhere }, outline: []),
        Case(change: { $0.users["guest@example.com"] = UserState(email: "guest@example.com") }, outline: []),
        // A stranger inside a team of ours is taken out and left in the organisation.
        Case(
            change: {
                $0.users["guest@example.com"] = UserState(email: "guest@example.com")
                $0.teams["Ops"]?.members.insert("guest@example.com")
            },
            outline: ["membership/Ops/guest@example.com/remove drift"]
        ),
    ]

    @Test(arguments: cases.indices)
    func `drift inside what is ours is undone`(index: Int) async throws {
        var world = try await Self.settled()
        Self.cases[index].change(&world.live)
        #expect(try await world.plan().outline == Self.cases[index].outline)
        try await world.apply()
        #expect(try await world.plan().items.isEmpty)
    }

    @Test func `a grant counts through its last day and is dropped as expired on the next`() async throws {
        var world = try await Self.settled()
        world.today = CalendarDate("2026-11-30")
        #expect(try await world.plan().items.isEmpty)
        world.today = CalendarDate("2026-12-01")
        let plan = try await world.plan()
        #expect(plan.outline == ["grant/team:Data Platform/deployment:staging/remove expired 2026-11-30"])
        #expect(plan.items[0].reasons == ["its last day was 2026-11-30 (access/data-platform.yaml:6:5)"])
        try await world.apply()
        #expect(try await world.plan().items.isEmpty)
    }

    @Test func `deleting an access file revokes what it gave`() async throws {
        var world = try await Self.settled()
        world.access = [:]
        world.commits = ["access/data-platform.yaml": String(repeating: "d", count: 40)]
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "grant/team:Data Platform/deployment:prod/remove",
                "grant/team:Data Platform/deployment:staging/remove",
            ]
        )
        #expect(plan.items[0].origin == .commit(String(repeating: "d", count: 40)))
        #expect(plan.items[0].reasons == ["access/data-platform.yaml:3:5 gave it, and does so no more"])
        try await world.apply()
        #expect(world.record?.teams["Data Platform"]?.grants == nil)
        // From now on they are not managed.
        world.live.teams["Data Platform"]?.grants[.deployment("prod")] = Grant(
            scope: .deployment("prod"),
            role: .viewer
        )
        #expect(try await world.plan().items.isEmpty)
    }

    @Test func `an empty list takes everything, an absent one what was given`() async throws {
        var world = try await Self.settled()
        world.access = ["access/ops.yaml": "team: Ops\ngrants: []", "access/data-platform.yaml": "team: Data Platform"]
        world.live.teams["Ops"]?.grants[.allBranchDeployments] = Grant(scope: .allBranchDeployments, role: .viewer)
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "grant/team:Data Platform/deployment:prod/remove",
                "grant/team:Data Platform/deployment:staging/remove",
                "grant/team:Ops/branches/remove drift",
            ]
        )
    }

    @Test(arguments: [
        (
            "deployment: prdo\n    role: viewer",
            "access/x.yaml:3:17: error: target \"sandbox\" has no deployment \"prdo\"\nhint: did you mean \"prod\"?"
        ),
        (
            "branchDeployments: stagin\n    role: viewer",
            "access/x.yaml:3:24: error: target \"sandbox\" has no deployment \"stagin\"\nhint: did you mean \"staging\"?"
        ),
        (
            "deployment: prod\n    role: viewer\n    locations: {finanse: editor}",
            "access/x.yaml:5:17: error: deployment \"prod\" of target \"sandbox\" has no location \"finanse\"\nhint: did you mean \"finance\"?"
        ),
        (
            "deployment: zzzzzz\n    role: viewer",
            "access/x.yaml:3:17: error: target \"sandbox\" has no deployment \"zzzzzz\"\nhint: it has \"prod\", \"staging\""
        ),
    ])
    func `a name that the target never had is an error with its place`(grant: String, message: String) async throws {
        var world = try await Self.settled()
        world.access["access/x.yaml"] = "team: Ops\ngrants:\n  - \(grant)"
        do {
            _ = try await world.plan()
            Issue.record("planned")
        } catch let refusal as Refusal {
            #expect(refusal.exitCode == .invalid)
            #expect(refusal.description == message)
        }
    }

    @Test func `a location that disappeared holds back that override only`() async throws {
        var world = try await Self.settled()
        world.live.deployments["prod"]?.locations = ["marketing"]
        world.live.teams["Data Platform"]?.grants[.deployment("prod")]?.locations = [:]
        world.users["new@example.com"] = "9"
        let applied = try await world.apply()
        #expect(applied.exitCode == .pending)
        #expect(applied.plan.outline == ["user/new@example.com/create"])
        #expect(applied.plan.heldOutline == ["grant/team:Data Platform/deployment:prod/location:finance"])
        // It is still known in the next run, and applied when it comes back.
        #expect(try await world.plan().held == applied.plan.held)
        world.live.deployments["prod"]?.locations = ["marketing", "finance"]
        #expect(try await world.plan().outline == ["grant/team:Data Platform/deployment:prod/put"])
    }

    @Test func `a deployment that disappeared holds back its grants`() async throws {
        var world = try await Self.settled()
        world.live.deployments["staging"] = nil
        world.live.teams["Data Platform"]?.grants[.deployment("staging")] = nil
        let applied = try await world.apply()
        #expect(applied.plan.items.isEmpty)
        #expect(applied.plan.held.map(\.cause) == [.deploymentDisappeared("staging")])
        #expect(try await world.plan().held == applied.plan.held)
    }

    @Test func `a reading that is less than half as long as the record says is not believed`() async throws {
        var world = try await Self.settled()
        world.live.users = ["ada@example.com": UserState(email: "ada@example.com")]
        do {
            _ = try await world.plan()
            Issue.record("planned")
        } catch let refusal as Refusal {
            let shortfall = Shortfall(target: "sandbox", what: "people", found: 1, expected: 3)
            #expect(refusal == .untrusted(shortfall))
            #expect(refusal.exitCode == .failure)
        }
    }

    @Test func `custom roles are made before they are given and removed when nobody holds them`() async throws {
        var world = try await Self.settled()
        world.access["access/roles.yaml"] = """
            roles:
              on-call:
                scope: deployment
                description: Restart what is stuck
                permissions: [START_AND_STOP_RUNS]
            """
        world.access["access/ops.yaml"] = "team: Ops\ngrants: [{deployment: staging, role: on-call}]"
        #expect(
            try await world.plan().outline
                == ["role/on-call/create", "grant/team:Ops/deployment:staging/put"]
        )
        try await world.apply()
        world.access["access/roles.yaml"] = nil
        world.access["access/ops.yaml"] = "team: Ops\ngrants: []"
        let plan = try await world.plan()
        #expect(plan.outline == ["grant/team:Ops/deployment:staging/remove", "role/on-call/remove"])
        #expect(plan.items[1].dependencies == [plan.items[0].id])
        // Somebody whose grants are not ours keeps the role.
        let grant = Grant(scope: .deployment("prod"), role: .custom("on-call"))
        world.live.users["lin@example.com"]?.grants[.deployment("prod")] = grant
        #expect(try await world.plan().held.map(\.cause) == [.roleInUse(by: .user("lin@example.com"))])
    }

    @Test func `under users ignore nobody is invited or removed`() async throws {
        var world = try await Self.settled()
        world.policy.users = .ignore
        world.users["new@example.com"] = "9"
        world.users["lin@example.com"] = nil
        world.groups["Ops"] = ["new@example.com"]
        world.groups["Data Platform"] = ["ada@example.com"]
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "membership/Data Platform/grace@example.com/remove", "membership/Ops/lin@example.com/remove",
            ]
        )
        #expect(plan.held.map(\.cause) == [.notInOrganization("new@example.com")])
    }
}

extension Organization {
    fileprivate mutating func removeEverywhere(_ key: String) {
        users[key] = nil
        for name in teams.keys { teams[name]?.members.remove(key) }
    }
}
