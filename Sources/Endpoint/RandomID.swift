/// Ids of records: random UUIDs (RFC 9562 section 5.4) in lower case.
///
/// Foundation's opens the system's device for each of them, which takes as long as all the rest of reading a request.
package enum RandomID {
    /// An id that nothing has.
    static func make(by random: inout some RandomNumberGenerator) -> String {
        var bytes = [random.next(), random.next() as UInt64].flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
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
