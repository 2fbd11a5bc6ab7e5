/// Comparison of the names that RFC 7643 section 2.1 calls case-insensitive: attributes, operators, URNs.
///
/// Only ASCII letters fold, because such names are ASCII; values are compared by `Text`.
enum CaseInsensitive {
    /// Whether two names are the same but for the case of ASCII letters.
    static func equal(_ left: String, _ right: String) -> Bool {
        let left = left.utf8
        let right = right.utf8
        // Almost all names that are compared differ in length.
        guard left.count == right.count else { return false }
        var other = right.makeIterator()
        for byte in left {
            guard let next = other.next(), folded(byte) == folded(next) else { return false }
        }
        return true
    }

    /// Whether a name begins with another, whatever the case of ASCII letters.
    static func hasPrefix(_ text: some StringProtocol, _ prefix: String) -> Bool {
        var bytes = text.utf8.makeIterator()
        for byte in prefix.utf8 {
            guard let next = bytes.next(), folded(byte) == folded(next) else { return false }
        }
        return true
    }

    /// The lower-case form of an ASCII letter; any other byte as it is.
    static func folded(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    /// A name with its ASCII letters in lower case, to be looked up by.
    static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map(folded), as: UTF8.self)
    }
}
