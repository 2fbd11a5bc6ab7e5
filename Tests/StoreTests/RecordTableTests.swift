import Generators
import Roster
import SCIM
import Testing
import Tree

@testable import Store

/// The flat tables say what dictionaries would say.
struct RecordTableTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a numbered map holds what a dictionary holds`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var map = NumberedMap<Int>(capacity: Int.random(in: 0...30, using: &random))
        var expected: [String: Int] = [:]
        for step in 0..<600 {
            let key = "k\(Int.random(in: 0..<40, using: &random))"
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                #expect(map[map.add(key, step)] == expected[key] ?? step, "seed \(seed)")
                if expected[key] == nil { expected[key] = step }
            case 1:
                guard let number = map.number(of: key) else { continue }
                map[number] = step
                expected[key] = step
            default:
                if let number = map.number(of: key) { map.remove(number) }
                expected[key] = nil
            }
            #expect(map[key] == expected[key], "seed \(seed), step \(step)")
        }
        #expect(Dictionary(uniqueKeysWithValues: map.all.map { ($0.key, $0.value) }) == expected, "seed \(seed)")
    }

    @Test func `two records change their files with each other, and back`() {
        var paths = RecordPaths(layout: Layout())
        for (id, path) in [("a", "A"), ("b", "B"), ("c", "C")] { paths.add(path, of: id, nil) }
        paths.set("B", of: "a")
        // Now both have B, which is a's, and A is nobody's.
        #expect([paths["a"], paths["b"], paths.id(at: "A"), paths.id(at: "B")] == ["B", "B", nil, "a"])
        paths.set(nil, of: "a")
        paths.set("N", of: "n")
        // b has it still, whatever came into the place of what is forgotten.
        #expect([paths["a"], paths["b"], paths["n"], paths["c"]] == [nil, "B", "N", "C"])
        paths.takeBack()
        #expect([paths["a"], paths["b"], paths["n"], paths["c"]] == ["A", "B", nil, "C"])
        #expect([paths.id(at: "A"), paths.id(at: "B"), paths.id(at: "N")] == ["a", nil, nil])
    }
}
