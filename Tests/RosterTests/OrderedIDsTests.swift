import Generators
import Roster
import Testing

struct OrderedIDsTests {
    @Test(arguments: [1, 7, 42] as [UInt64], [true, false])
    func `it is a sorted set at any size`(_ seed: UInt64, isPlain: Bool) {
        var random = SeededGenerator(seed: seed)
        var order = OrderedIDs()
        var model: Set<String> = []
        // Enough for several blocks of runs.
        for _ in 0..<20_000 {
            let number = Int.random(in: 0..<9000, using: &random)
            // Some in letters beyond ASCII, whose bytes do not stand in the order of the texts, and of other lengths.
            let isOdd = !isPlain && number % 1000 < 3
            let id = isOdd ? "id\(number % 500)é\(number % 3 == 0 ? "e\u{301}" : "")" : "id\(number)"
            if Bool.random(using: &random) || Bool.random(using: &random) {
                order.insert(id)
                model.insert(id)
            } else {
                order.remove(id)
                model.remove(id)
            }
        }
        let sorted = model.sorted()
        #expect(Array(order) == sorted, "seed \(seed)")
        #expect(order.count == sorted.count, "seed \(seed)")
        for start in [0, 1, 63, 64, 65, 1023, 1024, 1025, sorted.count - 1, sorted.count, sorted.count + 5] {
            #expect(order.page(from: start, limit: 100) == Array(sorted.dropFirst(start).prefix(100)), "seed \(seed)")
        }
        for id in model.shuffled(using: &random) { order.remove(id) }
        #expect(order == OrderedIDs(), "seed \(seed)")
    }
}
