/// Finds numbers by texts that stand elsewhere: a hash of each text and its number in one word, and no copy of it.
struct RollTable: Sendable {
    private var slots: [UInt64]
    private let mask: Int

    init(for count: Int) {
        var size = 16
        while size < count * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
    }

    /// The number whose text is the one that is asked for, as `isSame` decides among those of the same hash.
    func number(hash: UInt32, isSame: (Int) -> Bool) -> Int? {
        var index = Int(hash) & mask
        while slots[index] != 0 {
            let number = Int(slots[index] & 0xFFFF_FFFF) - 1
            if UInt32(slots[index] >> 32) == hash, isSame(number) { return number }
            index = (index + 1) & mask
        }
        return nil
    }

    /// Adds a number; false if one with the same text is there already, which stays.
    mutating func insert(_ number: Int, hash: UInt32, isSame: (Int) -> Bool) -> Bool {
        var index = Int(hash) & mask
        while slots[index] != 0 {
            if UInt32(slots[index] >> 32) == hash, isSame(Int(slots[index] & 0xFFFF_FFFF) - 1) { return false }
            index = (index + 1) & mask
        }
        slots[index] = UInt64(hash) << 32 | UInt64(number + 1)
        return true
    }
}

extension RollTable {
    /// A hash of bytes in which upper and lower case of ASCII are alike, and some other bytes, too.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) | 0x2020_2020_2020_2020
            hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < raw.count {
            rest = rest << 8 | UInt64(raw[offset] | 0x20)
            offset += 1
        }
        hash = (hash ^ rest) &* 0xC4CE_B9FE_1A85_EC53
        return UInt32(truncatingIfNeeded: hash ^ hash >> 29)
    }

    /// Whether two texts differ in nothing but the case of ASCII letters.
    static func areAlike(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] {
            guard left[index] ^ right[index] == 0x20, (0x61...0x7A).contains(left[index] | 0x20) else { return false }
        }
        return true
    }
}
