/// Numbers that look random and are the same in every run with the same seed, on every machine.
package struct SeededGenerator: RandomNumberGenerator {
    /// What repeats the numbers from the first one on.
    package let seed: UInt64
    private var state: UInt64

    /// The numbers of a seed.
    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    // SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension RandomNumberGenerator {
    /// True once in so many times.
    package mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// One of some texts; empty if there are none.
    package mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &self) ?? "" }
}
