import Generators
import Testing

@testable import Roster

struct NumberTableTests {
    /// Hashes of few values, so that most places are somebody else's.
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `numbers are found until they are taken out, whatever else stands there`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let hashes = (0..<7).map { _ in KeyHash(value: UInt32.random(in: 0...9, using: &random) &* 0x1000_0001) }
        var table = NumberTable(capacity: Int.random(in: 0...40, using: &random))
        var there: Set<Int> = []
        for step in 0..<800 {
            let number = Int.random(in: 0..<50, using: &random)
            let hash = hashes[number % hashes.count]
            if Bool.random(using: &random) {
                if there.insert(number).inserted { table.insert(number, at: hash) }
            } else {
                there.remove(number)
                table.remove(number, at: hash)
            }
            for number in 0..<50 {
                let found = table.first(at: hashes[number % hashes.count]) { $0 == number }
                #expect(found == (there.contains(number) ? number : nil), "seed \(seed), step \(step)")
            }
        }
    }

    @Test func `every number under a hash is offered`() {
        var table = NumberTable()
        for number in 0..<20 { table.insert(number, at: KeyHash(value: 3)) }
        table.insert(20, at: KeyHash(value: 4))
        var offered: Set<Int> = []
        #expect(
            table.first(at: KeyHash(value: 3)) { number in
                offered.insert(number)
                return false
            } == nil
        )
        #expect(offered == Set(0..<20))
    }
}
