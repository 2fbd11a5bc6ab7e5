/// Finds numbers by the hashes of their keys: eight bytes a place, and no key, which whoever asks compares itself.
///
/// Several numbers may stand under one hash. It is for keys that stand somewhere else already: a table of its own for
/// each of them is most of what an index takes.
package struct NumberTable: Sendable {
    /// The hash in the upper half, and in the lower one the number and one; 0 where nothing stands.
    private(set) var places: [UInt64]
    private(set) var count = 0

    /// A table with room for so many numbers.
    package init(capacity: Int = 0) {
        places = Array(repeating: 0, count: Self.size(for: capacity))
    }

    /// The first number under a hash that is the one; the others are asked one after the other.
    package func first(at hash: KeyHash, where isIt: (Int) throws -> Bool) rethrows -> Int? {
        guard !places.isEmpty else { return nil }
        var place = home(of: hash)
        while places[place] != 0 {
            if places[place] >> 32 == UInt64(hash.value), try isIt(Self.number(places[place])) {
                return Self.number(places[place])
            }
            place = next(place)
        }
        return nil
    }

    /// Adds a number.
    package mutating func insert(_ number: Int, at hash: KeyHash) {
        if (count + 1) * 4 > places.count * 3 { grow() }
        count += 1
        put(Self.content(number, hash))
    }

    /// Takes a number out, if it is there.
    package mutating func remove(_ number: Int, at hash: KeyHash) {
        guard !places.isEmpty else { return }
        let wanted = Self.content(number, hash)
        var hole = home(of: hash)
        while places[hole] != wanted {
            guard places[hole] != 0 else { return }
            hole = next(hole)
        }
        count -= 1
        // Whatever stands behind it moves up, so that no search ends too soon.
        var place = next(hole)
        while places[place] != 0 {
            let home = home(of: Self.hash(places[place]))
            if (place &- home) & (places.count - 1) >= (place &- hole) & (places.count - 1) {
                places[hole] = places[place]
                hole = place
            }
            place = next(place)
        }
        places[hole] = 0
    }

    private mutating func grow() {
        let old = places
        places = Array(repeating: 0, count: Self.size(for: max(8, count * 2)))
        for place in old where place != 0 { put(place) }
    }

    private mutating func put(_ content: UInt64) {
        var place = home(of: Self.hash(content))
        while places[place] != 0 { place = next(place) }
        places[place] = content
    }

    private func home(of hash: KeyHash) -> Int { Int(hash.value) & (places.count - 1) }

    private func next(_ place: Int) -> Int { (place + 1) & (places.count - 1) }
}

// What stands in a place, and how many there are.
extension NumberTable {
    static func content(_ number: Int, _ hash: KeyHash) -> UInt64 { UInt64(hash.value) << 32 | UInt64(number + 1) }

    static func number(_ content: UInt64) -> Int { Int(content & 0xFFFF_FFFF) - 1 }

    static func hash(_ content: UInt64) -> KeyHash { KeyHash(value: UInt32(truncatingIfNeeded: content >> 32)) }

    /// A power of two of which three quarters are enough.
    static func size(for capacity: Int) -> Int {
        guard capacity > 0 else { return 0 }
        var size = 8
        while size * 3 < capacity * 4 { size *= 2 }
        return size
    }
}

/// The hash of a key, another one in every run: nobody can choose names that all fall into one place.
package struct KeyHash: Hashable, Sendable {
    let value: UInt32

    /// A hash that whoever knows the keys has made.
    package init(value: UInt32) { self.value = value }

    /// The hash of a text, equal for texts that Swift takes for equal.
    package init(_ text: String) { value = UInt32(truncatingIfNeeded: text.hashValue) }

    init(_ name: NameKey) { self.init(name.folded) }
}
