internal import Roster

/// Names as bytes, compared without regard to the case of ASCII letters.
enum FoldedBytes {
    /// Another one in every run: nobody can choose names that all fall into one place of a table.
    private static let seed = UInt64.random(in: 0 ... .max)

    /// A hash of bytes in which upper and lower case of ASCII are alike, and some other bytes, too.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> KeyHash {
        var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
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
        return KeyHash(value: UInt32(truncatingIfNeeded: hash ^ hash >> 29))
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
