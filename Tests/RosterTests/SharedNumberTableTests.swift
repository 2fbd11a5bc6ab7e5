import Testing

@testable import Roster

struct SharedNumberTableTests {
    @Test func `a number stands under a hash once, and every one is offered`() {
        let table = SharedNumberTable(capacity: 20)
        for number in (0..<19) { #expect(table.insert(number, at: KeyHash(value: 3))) }
        for number in (0..<19) { #expect(table.insert(number, at: KeyHash(value: 3))) }
        #expect(table.insert(20, at: KeyHash(value: 4)))
        #expect(table.count == 20)
        var offered: [Int] = []
        #expect(
            table.first(at: KeyHash(value: 3)) { number in
                offered.append(number)
                return false
            } == nil
        )
        #expect(offered == Array(0..<19))
        #expect(table.first(at: KeyHash(value: 4)) { _ in true } == 20)
    }

    @Test func `a table that is full says so, and still finds what it has`() {
        let table = SharedNumberTable(capacity: 6)
        let taken = (0..<20).filter { table.insert($0, at: KeyHash(value: UInt32($0 % 3))) }
        #expect(taken.count >= 6)
        for number in 0..<20 {
            let found = table.first(at: KeyHash(value: UInt32(number % 3))) { $0 == number }
            #expect(found == (taken.contains(number) ? number : nil))
        }
        #expect(!SharedNumberTable.none.insert(0, at: KeyHash(value: 0)))
    }

    @Test func `what several threads add at a time is all there`() async {
        let table = SharedNumberTable(capacity: 4000)
        await withTaskGroup { group in
            for part in 0..<4 {
                group.addTask {
                    // Half of it what another one adds, too, and all of it under few hashes.
                    for number in (part * 500)..<(part * 500 + 1000) {
                        #expect(table.insert(number, at: KeyHash(value: UInt32(number % 50))))
                    }
                }
            }
        }
        #expect(table.count == 2500)
        for number in 0..<2500 {
            #expect(table.first(at: KeyHash(value: UInt32(number % 50))) { $0 == number } == number)
        }
    }

    @Test func `a quarter stays empty however many threads add at a time`() async {
        let tables = (0..<20_000).map { _ in SharedNumberTable(capacity: 6) }
        await withTaskGroup { group in
            for part in 0..<4 {
                group.addTask {
                    for table in tables {
                        for number in (part * 8)..<(part * 8 + 8) {
                            _ = table.insert(number, at: KeyHash(value: UInt32(number)))
                        }
                    }
                }
            }
        }
        #expect(tables.allSatisfy { $0.count <= 6 })
        #expect(tables.allSatisfy { $0.first(at: KeyHash(value: 99)) { _ in true } == nil })
    }
}
