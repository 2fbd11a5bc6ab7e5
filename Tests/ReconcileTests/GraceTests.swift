import Access
import Generators
import Reconcile
import Roster
import Testing
import Tree

/// What vanished is kept for a while; what was asked to go, goes at once.
struct GraceTests {
    /// Two people in one group, applied, with a grace of a day.
    private func world() async throws -> World {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2", "lin@example.com": "3"]
        world.groups = ["A": ["ada@example.com", "grace@example.com"]]
        world.live = Organization(deployments: World.deployments)
        world.guards.grace = .seconds(86_400)
        try await world.apply()
        return world
    }

    @Test func `a person who vanished is kept until the grace is over`() async throws {
        var world = try await world()
        world.users["grace@example.com"] = nil
        let first = try await world.apply()
        #expect(first.exitCode == .pending)
        #expect(first.plan.outline == [] && first.plan.heldOutline == ["user/grace@example.com/remove"])
        #expect(world.live.users["grace@example.com"] != nil)
        #expect(
            world.record?.vanished == [
                ItemID("user/grace@example.com/remove"): try #require(Timestamp("2026-11-23T16:47:00Z"))
            ]
        )
        world.now = Timestamp("2026-11-24T16:46:59Z")
        #expect(try await world.plan().outline == [])
        world.now = Timestamp("2026-11-24T16:47:00Z")
        #expect(try await world.plan().outline == ["user/grace@example.com/remove"])
    }

    @Test func `a person who comes back is forgotten as missing`() async throws {
        var world = try await world()
        world.users["grace@example.com"] = nil
        try await world.apply()
        world.users["grace@example.com"] = "2"
        world.groups = ["A": ["ada@example.com", "grace@example.com"]]
        let back = try await world.apply()
        #expect(back.exitCode == .success && back.plan.items.isEmpty)
        #expect(world.record?.vanished == [:])
    }

    @Test func `whoever is inactive or deleted through SCIM goes at once`() async throws {
        var world = try await world()
        world.users["grace@example.com"] = nil
        world.inactive["grace@example.com"] = "2"
        #expect(try await world.plan().outline == ["user/grace@example.com/remove"])
        world.inactive = [:]
        world.provisioned = .any
        #expect(try await world.plan().outline == ["user/grace@example.com/remove"])
    }

    @Test func `nothing is taken away when nothing may be`() async throws {
        var world = try await world()
        world.guards.grace = .zero
        world.users["grace@example.com"] = nil
        world.users["max@example.com"] = "4"
        world.keepsAll = true
        let applied = try await world.apply()
        #expect(applied.exitCode == .pending)
        #expect(applied.plan.outline == ["user/max@example.com/create"])
        #expect(applied.plan.heldOutline == ["user/grace@example.com/remove"])
        #expect(world.live.teams["A"]?.members == ["ada@example.com", "grace@example.com"])
    }

    @Test func `a run that is killed after any write is completed by the next one`() async throws {
        let seed = UInt64.random(in: 0...9_999_999)
        var random = SeededGenerator(seed: seed)
        for round in 0..<6 {
            var world = World()
            world.live = Organization(deployments: World.deployments)
            world.shuffleTree(&random)
            let records = MemoryRecords()
            let prepared = try await world.prepared()
            var complete = world
            try await complete.apply()
            for writes in 0...prepared.plan.items.count {
                let target = MemoryTarget(world.live)
                let whole = MemoryTarget(world.live)
                _ = try await Reconciler.apply(
                    prepared,
                    reader: whole,
                    writer: whole,
                    records: records,
                    time: World.madeAt
                )
                for item in prepared.plan.items.prefix(writes) { try await target.apply(item) }
                // What is saved before the first write is all that a killed run leaves.
                var again = world
                again.live = await target.organization
                again.record = await records.saved.last
                again.overrides = []
                try await again.passGuards()
                let second = try await again.apply()
                #expect(second.failures.isEmpty, "seed \(seed), round \(round), killed after \(writes)")
                #expect(again.live == complete.live, "seed \(seed), round \(round), killed after \(writes)")
                #expect(again.record?.users == complete.record?.users, "seed \(seed), round \(round), after \(writes)")
                #expect(again.record?.teams == complete.record?.teams, "seed \(seed), round \(round), after \(writes)")
            }
        }
    }
}
