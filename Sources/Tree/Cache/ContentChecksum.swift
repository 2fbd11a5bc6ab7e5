/// A 64-bit checksum that takes eight bytes at a step.
///
/// Any one wrong word is found, and a wrong one of many words with all but certainty. It protects against decay, not
/// against an attacker.
struct ContentChecksum {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func combine(_ word: UInt64) {
        // Each step is a bijection of the state and of the word.
        value = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
        value ^= value >> 32
    }

    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        combine(UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            combine(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        combine(rest)
    }

    mutating func combine(_ tag: ContentTag) {
        combine(tag.words.0)
        combine(tag.words.1)
        combine(tag.words.2)
        combine(tag.words.3)
    }
}
