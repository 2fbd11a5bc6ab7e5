import Generators
import Testing

@testable import Roster

struct OrderedIDsTests {
    @Test(arguments: [1, 7, 42] as [UInt64], [true, false])
    func `it is a sorted map at any size`(_ seed: UInt64, isPlain: Bool) {
        var random = SeededGenerator(seed: seed)
        /// Some in letters beyond ASCII, whose bytes do not stand in the order of the texts, and of other lengths.
        func id(_ number: Int) -> String {
            let isOdd = !isPlain && number % 1000 < 3
            return isOdd ? "id\(number % 500)é\(number % 3 == 0 ? "e\u{301}" : "")" : "id\(number)"
        }
        // From nobody, or from some who were there at the start, whose numbers are their places.
        let start = seed == 1 ? [] : Array(Set((0..<3000).map { id($0 * 3) })).shuffled(using: &random)
        var order = seed == 1 ? OrderedIDs() : OrderedIDs(start)
        var model = Dictionary(uniqueKeysWithValues: start.enumerated().map { ($1, UInt32($0)) })
        expect(order, is: model, seed, &random)
        // Enough for several blocks of runs.
        for step in 0..<20_000 {
            let id = id(Int.random(in: 0..<9000, using: &random))
            if Bool.random(using: &random) || Bool.random(using: &random) {
                order.insert(id, number: UInt32(step))
                model[id] = UInt32(step)
            } else {
                order.remove(id)
                model[id] = nil
            }
            if step.isMultiple(of: 5000) { expect(order, is: model, seed, &random) }
        }
        expect(order, is: model, seed, &random)
        for id in model.keys.shuffled(using: &random) { order.remove(id) }
        #expect(order == OrderedIDs(), "seed \(seed)")
    }

    private func expect(
        _ order: OrderedIDs,
        is model: [String: UInt32],
        _ seed: UInt64,
        _ random: inout SeededGenerator
    ) {
        let sorted = model.sorted { $0.key < $1.key }
        #expect(Array(order) == sorted.map(\.key), "seed \(seed)")
        #expect(order.count == sorted.count, "seed \(seed)")
        let starts = [-1, 0, 1, 63, 64, 65, 1023, 1024, 1025, sorted.count - 1, sorted.count, sorted.count + 5]
        for start in starts + (0..<10).map({ _ in Int.random(in: 0...sorted.count, using: &random) }) {
            let limit = [0, 1, 100, 2500].randomElement(using: &random) ?? 0
            let page = sorted.dropFirst(max(0, start)).prefix(limit)
            #expect(order.page(from: start, limit: limit) == page.map(\.key), "seed \(seed), \(limit) from \(start)")
            let numbers = order.numbers(from: start, limit: limit)
            #expect(numbers == page.map(\.value), "seed \(seed), \(limit) from \(start)")
        }
    }
}
