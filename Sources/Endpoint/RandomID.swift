/// Ids of records: random UUIDs (RFC 9562 section 5.4) in lower case.
///
/// Foundation's opens the system's device for each of them, which takes as long as all the rest of reading a request.
package enum RandomID {
    /// An id that nothing has.
    static func make(by random: inout some RandomNumberGenerator) -> String {
        var number = UInt128(random.next()) << 64 | UInt128(random.next())
        // Version 4, variant 10.
        number = number & ~(0xF << 76) | 0x4 << 76
        number = number & ~(0x3 << 62) | 0x2 << 62
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for digits in [8, 4, 4, 4, 12] {
                if place > 0 {
                    text.initializeElement(at: place, to: UInt8(ascii: "-"))
                    place += 1
                }
                for _ in 0..<digits {
                    text.initializeElement(at: place, to: digit(UInt8(number >> 124)))
                    number <<= 4
                    place += 1
                }
            }
            return place
        }
    }

    /// An id that nothing has, and that nobody can foretell.
    package static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return make(by: &random)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
