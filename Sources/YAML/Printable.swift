/// Text from outside as it may be shown: names come from the identity provider and from files, and anybody may choose
/// one.
package enum Printable {
    /// The text with everything written out that could steer a terminal, begin a line of its own, or hide what is there.
    ///
    /// An escape character becomes `\u{1B}`. A text that has gone through it once stays what it is.
    package static func line(_ text: String) -> String {
        if isPlain(text) { return text }
        guard text.unicodeScalars.contains(where: steers) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if steers(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The same for words of ours that have several lines.
    package static func lines(_ text: String) -> String {
        if isPlain(text) { return text }
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        return parts.map { line(String($0)) }.joined(separator: "\n")
    }

    /// Whether it is printable ASCII alone, as nearly every line of a log is, so that nothing in it need be looked up.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 0x20..<0x7F ~= $0 }
    }

    /// Control characters, line and paragraph separators, and formats such as those that turn the direction of text.
    package static func steers(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x7F || scalar.value < 0x20 else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
        default: return false
        }
    }
}
