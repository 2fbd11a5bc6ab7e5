/// A 64-bit hash that is the same in every run and on every machine: FNV-1a with a finishing mix.
///
/// It names versions (`meta.version`), which must survive a restart; it is no protection against an attacker.
package struct ContentHash: Hashable, Sendable {
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    /// The hash of one text, spread over all bits so that sums of hashes do not cancel out.
    static func mixed(_ text: String) -> UInt64 {
        var hash = ContentHash()
        hash.combine(text.utf8)
        return hash.mixed
    }

    /// The hash, spread over all bits (the finisher of SplitMix64).
    package var mixed: UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension Group {
    /// A weak entity tag's text: the same content has the same version, in every run; members count by sum.
    package var version: String {
        String(attributesHash &+ membersHash, radix: 16)
    }
}
