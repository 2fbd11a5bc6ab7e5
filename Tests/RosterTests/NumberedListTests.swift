import Generators
import Testing

@testable import Roster

struct NumberedListTests {
    /// Numbers of a few leaves, branches and lists at the top.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a list holds what a dictionary holds, and a copy what it held`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let start = (0..<[0, 1, 40, 5000][Int(seed) % 4]).map { $0.isMultiple(of: 7) ? nil : $0 }
        var list = NumberedList(start)
        var expected = Dictionary(uniqueKeysWithValues: start.enumerated().compactMap { n, v in v.map { (n, $0) } })
        var end = start.count
        for step in 0..<600 {
            let (copy, held) = (list, expected)
            for _ in 0..<4 {
                let number = Int.random(in: 0..<4, using: &random) * 2730 + Int.random(in: 0..<20, using: &random)
                let value = Bool.random(using: &random) ? step : nil
                list[number] = value
                expected[number] = value
                end = value == nil ? end : max(end, number + 1)
            }
            expect(list, expected, "seed \(seed), step \(step)")
            if step.isMultiple(of: 20) { expect(copy, held, "copy, seed \(seed), step \(step)") }
            #expect(list.end >= end, "seed \(seed)")
        }
        for number in expected.keys { list[number] = nil }
        expect(list, [:], "seed \(seed)")
        #expect(list.first(from: 0) == list.end)
    }

    private func expect(_ list: NumberedList<Int>, _ expected: [Int: Int], _ comment: Comment) {
        #expect(list.count == expected.count, comment)
        #expect(Dictionary(uniqueKeysWithValues: list.all.map { ($0.number, $0.value) }) == expected, comment)
        #expect(list[1 << 20] == nil, comment)
    }
}
