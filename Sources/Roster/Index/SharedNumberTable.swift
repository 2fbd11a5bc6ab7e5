internal import Synchronization

/// A ``NumberTable`` that all states of a directory share: numbers come to stand in it, and none is ever taken out.
///
/// It says who may be meant, and the state that asks has to look whether it is so. Whatever another state has added is
/// then nobody, and a change costs eight bytes, where a tree of its own for each state would be copied on the way to
/// what changes. Many may read and add at a time.
final class SharedNumberTable: @unchecked Sendable {
    // Unchecked, because the compiler does not know of memory that only atomics are in. They may be relaxed: a place says
    // all by itself, and whoever has a state has it from somebody who had added its numbers before.
    private let places: UnsafeMutablePointer<Atomic<UInt64>>
    private let size: Int
    private let used = Atomic(0)

    /// A table in which nothing has room.
    static let none = SharedNumberTable(size: 0)

    /// A table with room for so many numbers.
    convenience init(capacity: Int) { self.init(size: NumberTable.size(for: capacity)) }

    /// A table of what another one holds, whose numbers stand in the same places.
    convenience init(_ table: NumberTable) {
        self.init(size: table.places.count)
        for (place, content) in table.places.enumerated() where content != 0 {
            places[place].store(content, ordering: .relaxed)
        }
        used.store(table.count, ordering: .relaxed)
    }

    private init(size: Int) {
        self.size = size
        places = .allocate(capacity: size)
        for place in 0..<size { (places + place).initialize(to: Atomic(0)) }
    }

    deinit {
        places.deinitialize(count: size)
        places.deallocate()
    }

    /// How many numbers it holds, one that stands under several hashes once for each.
    var count: Int { used.load(ordering: .relaxed) }

    /// The first number under a hash that is the one; the others are asked one after the other.
    func first(at hash: KeyHash, where isIt: (Int) throws -> Bool) rethrows -> Int? {
        guard size > 0 else { return nil }
        var place = home(of: hash)
        while true {
            let content = places[place].load(ordering: .relaxed)
            guard content != 0 else { return nil }
            if NumberTable.hash(content) == hash, try isIt(NumberTable.number(content)) {
                return NumberTable.number(content)
            }
            place = (place + 1) & (size - 1)
        }
    }

    /// Adds a number; one that stands under the hash already stays once.
    ///
    /// - Returns: false when there is no room.
    func insert(_ number: Int, at hash: KeyHash) -> Bool {
        let wanted = NumberTable.content(number, hash)
        guard size > 0 else { return false }
        var place = home(of: hash)
        while true {
            var content = places[place].load(ordering: .relaxed)
            if content == 0 {
                // A quarter stays empty, so that every search ends soon; counted before, so that it does however many add.
                guard used.add(1, ordering: .relaxed).newValue * 4 <= size * 3 else {
                    used.subtract(1, ordering: .relaxed)
                    return false
                }
                let attempt = places[place].compareExchange(expected: 0, desired: wanted, ordering: .relaxed)
                if attempt.exchanged { return true }
                used.subtract(1, ordering: .relaxed)
                content = attempt.original
            }
            if content == wanted { return true }
            place = (place + 1) & (size - 1)
        }
    }

    /// Shows all that it holds.
    func forEach(_ body: (_ number: Int, _ hash: KeyHash) -> Void) {
        for place in 0..<size {
            let content = places[place].load(ordering: .relaxed)
            if content != 0 { body(NumberTable.number(content), NumberTable.hash(content)) }
        }
    }

    private func home(of hash: KeyHash) -> Int { Int(hash.value) & (size - 1) }
}
