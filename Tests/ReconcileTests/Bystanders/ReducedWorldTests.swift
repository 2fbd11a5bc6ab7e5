import Generators
import Reconcile
import Testing

@Suite struct ReducedWorldTests {
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a plan without bystanders is the plan for everybody`(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var (compared, leftOut) = (0, 0)
        for _ in 0..<6 {
            var crowd = Crowd(&random)
            if Int.random(in: 0..<4, using: &random) == 0 { crowd.teams = "bound" }
            try await crowd.apply()
            for round in 0..<5 {
                for _ in 0..<Int.random(in: 0...2, using: &random) { crowd.change(&random) }
                guard let world = try await crowd.reduced(), let plan = try? await crowd.prepared(world).plan else {
                    continue
                }
                let whole = try await crowd.whole().plan
                #expect(plan == whole, "seed \(seed), round \(round)")
                compared += 1
                leftOut += world.bystanders.count
                guard plan == whole else { return }
            }
        }
        #expect(compared > 8, "seed \(seed)")
        #expect(leftOut > compared * 5, "seed \(seed): hardly anybody was left out")
    }

    @Test func `nothing to do leaves out everybody whom no file names`() async throws {
        var random = SeededGenerator(seed: 1)
        var crowd = Crowd(&random)
        try await crowd.apply()
        let world = try #require(try await crowd.reduced())
        let plan = try await crowd.prepared(world).plan
        #expect(plan.items.isEmpty)
        #expect(plan == (try await crowd.whole().plan))
        #expect(world.bystanders.count > 15)
        #expect(world.live.users.count + world.bystanders.count == crowd.live.users.count)
    }

    @Test func `such a plan is not applied`() async throws {
        var random = SeededGenerator(seed: 1)
        var crowd = Crowd(&random)
        try await crowd.apply()
        let world = try #require(try await crowd.reduced())
        let prepared = try await crowd.prepared(world)
        let target = MemoryTarget(world.live)
        await #expect(throws: Refusal.self) {
            try await Reconciler.apply(
                prepared,
                reader: target,
                writer: target,
                records: MemoryRecords(),
                time: "2026-11-23T16:47:00Z"
            )
        }
    }
}
