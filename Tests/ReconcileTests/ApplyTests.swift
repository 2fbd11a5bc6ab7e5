import Access
import Generators
import Reconcile
import Testing

/// What an apply promises on its way and at its end.
struct ApplyTests {
    private static let points: [AccessPoint] = [
        .organization, .deployment("prod"), .deployment("staging"), .location(deployment: "prod", "x"),
        .location(deployment: "prod", "z"), .location(deployment: "staging", "x"), .allBranchDeployments,
        .branchDeployments(of: "prod"), .branchDeployments(of: "staging"),
    ]

    /// The first moment at which somebody has less than the lesser of before and after, at any point; nil: never.
    ///
    /// People are followed through changes of their key; `plan` says who they are at its end.
    private func violation(_ states: [Organization], _ applied: Applied, after: Organization) -> String? {
        let first = AccessTable(states[0])
        let last = AccessTable(after)
        let tables = states.map { AccessTable($0) }
        let done = applied.results.filter { $0.outcome == .applied }.map(\.item.change)
        for person in states[0].users.keys {
            var end = person
            for case .rekeyUser(from: person, to: let new, email: _) in applied.plan.items.map(\.change) { end = new }
            let isReplaced =
                end == person
                && applied.plan.items.contains { item in
                    if case .rekeyUser(from: _, to: person, email: _) = item.change { true } else { false }
                }
            guard after.users[end] != nil, !isReplaced else { continue }
            var key = person
            for (moment, table) in tables.enumerated() {
                if moment > 0, case .rekeyUser(from: person, to: let new, email: _) = done[moment - 1] { key = new }
                let now = table[key]
                for point in Self.points {
                    let least = first[person].role(at: point).lesser(last[end].role(at: point))
                    let held = now.role(at: point)
                    if !held.isAtLeast(least) {
                        return "after item \(moment), \(person) at \(point) has \(held), less than \(least)"
                    }
                }
            }
        }
        return nil
    }

    private func world(_ random: inout SeededGenerator) async throws -> World {
        var world = World()
        world.live = Organization(deployments: World.deployments)
        world.shuffleTree(&random)
        try await world.apply()
        world.shuffleTarget(&random)
        world.shuffleTree(&random)
        return world
    }

    /// Somebody else may have taken so much away that the target is not believed.
    private func isBelieved(_ world: World) async throws -> Bool {
        do {
            _ = try await world.plan()
            return true
        } catch Refusal.untrusted {
            return false
        }
    }

    @Test func `applying leaves nothing to do, and nobody falls between on the way`() async throws {
        let seed = UInt64.random(in: 0...9_999_999)
        var random = SeededGenerator(seed: seed)
        var rounds = 0
        for round in 0..<60 {
            var world = try await world(&random)
            guard try await isBelieved(world) else { continue }
            rounds += 1
            try await world.passGuards()
            let target = MemoryTarget(world.live)
            let prepared = try await world.prepared(reading: target)
            let applied = try await Reconciler.apply(
                prepared,
                reader: target,
                writer: target,
                records: MemoryRecords(),
                time: World.madeAt
            )
            let failures = applied.failures.map { "\($0)" }
            #expect(failures == [], "seed \(seed), round \(round)")
            let after = await target.organization
            let violation = await violation(target.states, applied, after: after)
            #expect(violation == nil, "seed \(seed), round \(round)")
            world.live = after
            world.record = applied.record ?? world.record
            world.overrides = []
            let plan = try await world.plan()
            #expect(plan.items == [], "seed \(seed), round \(round)")
        }
        #expect(rounds > 30, "seed \(seed)")
    }

    @Test func `whatever fails, nobody falls below, and the rerun completes`() async throws {
        let seed = UInt64.random(in: 0...9_999_999)
        var random = SeededGenerator(seed: seed)
        for round in 0..<8 {
            var world = try await world(&random)
            guard try await isBelieved(world) else { continue }
            try await world.passGuards()
            let plan = try await world.plan()
            var complete = world
            try await complete.apply()
            for item in plan.items {
                let comment: Comment = "seed \(seed), round \(round), failing \(item.id)"
                let target = MemoryTarget(world.live, failing: [item.id.text])
                let prepared = try await world.prepared(reading: target)
                let applied = try await Reconciler.apply(
                    prepared,
                    reader: target,
                    writer: target,
                    records: MemoryRecords(),
                    time: World.madeAt
                )
                #expect(applied.exitCode == .partial, comment)
                #expect(applied.record?.commit == world.record?.commit, comment)
                #expect(applied.record?.attempted == world.commit, comment)
                let violation = await violation(target.states, applied, after: complete.live)
                #expect(violation == nil, comment)
                var again = world
                again.live = await target.organization
                again.record = applied.record
                try await again.passGuards()
                let second = try await again.apply()
                #expect(second.failures.isEmpty, comment)
                #expect(again.live == complete.live, comment)
                #expect(again.record?.users == complete.record?.users, comment)
                #expect(again.record?.teams == complete.record?.teams, comment)
                #expect(again.record?.attempted == nil, comment)
            }
        }
    }

    @Test func `applying twice changes nothing, not even the record`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["A": ["ada@example.com"]]
        world.live = Organization(deployments: World.deployments)
        let first = try await world.apply()
        #expect(first.exitCode == .success && first.verification == .confirmed && first.record != nil)
        let second = try await world.apply()
        #expect(second.results.isEmpty && second.verification == .notNeeded && second.record == nil)
        #expect(second.exitCode == .success)
        // A new commit that changes nothing is followed, so that later ones are compared with it.
        world.commit = String(repeating: "e", count: 40)
        #expect(try await world.apply().record?.commit == world.commit)
    }

    @Test func `planning twice gives the same plan`() async throws {
        var random = SeededGenerator(seed: 7)
        let world = try await world(&random)
        #expect(try await world.plan() == world.plan())
    }

    @Test func `independent items go on after one fails, dependent ones are left out`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.groups = ["A": ["ada@example.com", "grace@example.com"]]
        world.live = Organization(deployments: World.deployments)
        let applied = try await world.apply(failing: ["user/ada@example.com/create"])
        let outcomes = applied.results.map { "\($0.item.id): \($0.outcome)" }
        #expect(
            outcomes == [
                #"user/ada@example.com/create: failed("told to")"#,
                "user/grace@example.com/create: applied",
                "team/A/create: applied",
                "membership/A/ada@example.com/create: skipped(because: user/ada@example.com/create)",
                "membership/A/grace@example.com/create: applied",
            ]
        )
        #expect(applied.exitCode == .partial)
    }

    @Test func `a person who moves between teams is put into the new one first, or stays in the old one`() async throws
    {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["A": ["ada@example.com"], "B": []]
        for team in ["A", "B"] {
            world.access["access/\(team).yaml"] = "team: \(team)\ngrants: [{deployment: prod, role: editor}]"
        }
        world.live = Organization(deployments: World.deployments)
        try await world.apply()
        world.groups = ["A": [], "B": ["ada@example.com"]]
        let plan = try await world.plan()
        let add = "membership/B/ada@example.com/create"
        #expect(plan.outline == [add, "membership/A/ada@example.com/remove"])
        #expect(plan.items[1].dependencies == [ItemID(add)])
        try await world.apply(failing: [add])
        #expect(world.live.teams["A"]?.members == ["ada@example.com"])
    }

    @Test func `a grant that gives more here and less there is raised first`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["A": ["ada@example.com"]]
        world.access["access/A.yaml"] = "team: A\ngrants: [{deployment: prod, role: viewer, locations: {x: admin}}]"
        world.live = Organization(deployments: World.deployments)
        try await world.apply()
        world.access["access/A.yaml"] = "team: A\ngrants: [{deployment: prod, role: editor}]"
        let grant = "grant/team:A/deployment:prod/put"
        let plan = try await world.plan()
        #expect(plan.outline == ["\(grant)/raise", grant])
        #expect(try await world.apply().exitCode == .success)
        #expect(world.live.teams["A"]?.grants[.deployment("prod")] == Grant(scope: .deployment("prod"), role: .editor))
    }

    @Test func `an unavailable target ends the run and leaves the rest untried`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2"]
        world.live = Organization(deployments: World.deployments)
        let target = UnavailableTarget(world.live)
        let prepared = try await world.prepared()
        let applied = try await Reconciler.apply(
            prepared,
            reader: target,
            writer: target,
            records: MemoryRecords(),
            time: World.madeAt
        )
        #expect(applied.results.map(\.outcome) == [.failed("try later"), .notAttempted("try later")])
        #expect(applied.exitCode == .unavailable)
    }

    @Test func `what was accepted and is not there makes the run partial`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.live = Organization(deployments: World.deployments)
        let prepared = try await world.prepared()
        let applied = try await Reconciler.apply(
            prepared,
            reader: MemoryTarget(world.live),
            writer: MemoryTarget(world.live),
            records: MemoryRecords(),
            time: World.madeAt
        )
        #expect(applied.verification == .missing([ItemID("user/ada@example.com/create")]))
        #expect(applied.exitCode == .partial)
        #expect(applied.record?.users.isEmpty == true)
    }
}

/// A target that asks to be left alone.
private struct UnavailableTarget: TargetReader, TargetWriter {
    let organization: Organization

    init(_ organization: Organization) { self.organization = organization }

    func read() async throws -> Organization { organization }

    func apply(_ item: PlanItem) async throws { throw TargetError.unavailable("try later") }
}
