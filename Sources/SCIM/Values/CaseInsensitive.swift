/// Comparison of the names that RFC 7643 section 2.1 calls case-insensitive: attributes, operators, URNs.
///
/// Only ASCII letters fold, because such names are ASCII; values are compared by `Text`.
enum CaseInsensitive {
    /// Whether two names are the same but for the case of ASCII letters.
    static func equal(_ left: String, _ right: String) -> Bool {
        // Almost all names that are compared differ in length.
        left.utf8.count == right.utf8.count && hasPrefix(left, right)
    }

    /// Whether a name begins with another, whatever the case of ASCII letters.
    static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        let text = text.utf8.span
        let prefix = prefix.utf8.span
        guard text.count >= prefix.count else { return false }
        for index in prefix.indices where folded(text[index]) != folded(prefix[index]) { return false }
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
