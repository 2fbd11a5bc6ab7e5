import Access
import Generators
import Reconcile
import Testing

/// A run that is ended anywhere leaves nothing in the target that the next one does not know to be ours.
struct IntentTests {
    @Test func `nothing is written when what is about to be made cannot be recorded`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.live = Organization(deployments: World.deployments)
        let target = MemoryTarget(world.live)
        let prepared = try await world.prepared(reading: target)
        await #expect(throws: Refusal.recordNotSaved(reason: "no room")) {
            try await Reconciler.apply(
                prepared,
                reader: target,
                writer: target,
                records: FullStore(),
                time: World.madeAt
            )
        }
        #expect(await target.states.count == 1)
    }

    @Test func `the record before the first change says what is about to be made, and keeps what goes`() async throws {
        var world = try await RenameTests.settled()
        world.groups["Data Eng"] = ["ada@example.com"]
        world.users["new@example.com"] = "4"
        let before = try #require(world.record)
        let prepared = try await world.prepared()
        let ahead = try #require(prepared.writeAhead(time: World.madeAt))
        #expect(ahead.users == before.users && ahead.teams == before.teams)
        #expect(ahead.attempted == world.commit && ahead.commit == before.commit)
        #expect(ahead.intent?.users.keys.sorted() == ["new@example.com"])
        #expect(ahead.intent?.teams["Data Eng"]?.members == ["ada@example.com"])
        #expect(TargetRecord.read(ahead.bytes, file: "record").record == ahead)
        world.live = Organization(deployments: World.deployments)
        world.record = nil
        let empty = World(live: world.live)
        #expect(try await empty.prepared().writeAhead(time: World.madeAt) == nil)
    }

    @Test func `what a run gave that was ended before it could say so is taken away again`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["Temp": ["ada@example.com"]]
        world.live = Organization(deployments: World.deployments)
        let before = try await world.applyAndEnd(after: .max)
        #expect(before.users.isEmpty && before.teams.isEmpty)
        world.access["access/temp.yaml"] = "team: Temp\ngrants: [{deployment: prod, role: admin}]"
        _ = try await world.applyAndEnd(after: .max)
        #expect(world.live.teams["Temp"]?.grants.isEmpty == false)
        world.access = [:]
        world.groups = [:]
        try await world.passGuards()
        #expect(try await world.plan().outline == ["team/Temp/remove"])
    }

    @Test func `a first run that was ended is not taken for a target that lost everything`() async throws {
        var world = World()
        for number in 0..<20 { world.users["p\(number)@example.com"] = "\(number)" }
        world.live = Organization(deployments: World.deployments)
        _ = try await world.applyAndEnd(after: 0)
        #expect(try await world.apply().exitCode == .success)
        for number in 0..<15 { world.users["p\(number)@example.com"] = nil }
        try await world.passGuards()
        _ = try await world.applyAndEnd(after: .max)
        #expect(try await world.plan().items.isEmpty)
    }

    @Test func `what was held back on first sight stays so after a run that was ended`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["A": ["ada@example.com"]]
        world.live = try Organization(
            yaml: "deployments: {}\nusers: {old@example.com: {}}\nteams: {A: {members: [old@example.com]}}"
        )
        _ = try await world.applyAndEnd(after: .max)
        #expect(try await world.plan().heldOutline == ["membership/A/old@example.com/remove"])
    }

    @Test func `wherever a run is ended, the next one completes it, or takes all of it back`() async throws {
        let seed = UInt64.random(in: 0...9_999_999)
        var random = SeededGenerator(seed: seed)
        var rounds = 0
        for round in 0..<12 {
            var old = World()
            old.live = Organization(deployments: World.deployments)
            old.shuffleTree(&random)
            try await old.apply()
            var new = old
            new.shuffleTree(&random)
            // What names mean is another matter than what a run leaves.
            guard try await new.plan().held.isEmpty else { continue }
            rounds += 1
            try await new.passGuards()
            let count = try await new.plan().items.count
            var complete = new
            try await complete.apply()
            for end in 0...count {
                let comment: Comment = "seed \(seed), round \(round), ended after \(end)"
                var ended = new
                _ = try await ended.applyAndEnd(after: end)
                var again = ended
                try await again.passGuards()
                try await again.apply()
                #expect(again.live == complete.live, comment)
                #expect(again.record?.users == complete.record?.users, comment)
                #expect(again.record?.teams == complete.record?.teams, comment)
                #expect(again.record?.intent == nil, comment)
                var back = old
                back.live = ended.live
                back.record = ended.record
                try await back.passGuards()
                try await back.apply()
                #expect(back.live == old.live, comment)
            }
        }
        #expect(rounds > 2, "seed \(seed)")
    }
}

extension World {
    /// Applies the first items of what is planned and then is ended: all that is kept is what was saved before.
    mutating func applyAndEnd(after count: Int) async throws -> TargetRecord {
        let prepared = try await prepared()
        let ahead = prepared.writeAhead(time: Self.madeAt)
        for item in prepared.plan.items.prefix(count) { try live.apply(item.change) }
        if let ahead {
            let kept: TargetRecord = try #require(TargetRecord.read(ahead.bytes, file: "record").record)
            record = kept
        }
        overrides = []
        let kept: TargetRecord = try #require(record)
        return kept
    }
}

/// A place for records that takes none.
private struct FullStore: RecordStore {
    struct NoRoom: Error, CustomStringConvertible {
        let description = "no room"
    }

    func load() async throws -> TargetRecord? { nil }

    func save(_ record: TargetRecord) async throws { throw NoRoom() }
}
