/// Text that some reader of YAML, file system, shell or terminal would take for something else.
package enum HostileText {
    /// A string of up to 12 characters that mean something to YAML, or to nobody.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        var string = ""
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            if Bool.random(using: &generator) {
                string += generator.pick(marks)
            } else {
                let range = ranges.randomElement(using: &generator) ?? 0x20...0x7E
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                    string.unicodeScalars.append(scalar)
                }
            }
        }
        return string
    }

    private static let marks = [
        " ", "  ", ":", ": ", "#", " #", "-", "- ", "\n", "\t", "'", "\"", "\\", "[", "]", "{", "}", ",", "&", "*",
        "!", "|", ">", "%", "@", "`", "=", "<<", "~", "no", "null", "0", "1", "7", "_", ".", "e", "+", "x", "o",
        "2026-01-01", "T", "Z", "a", "b", "é", "e\u{301}", "\u{1F600}", "\u{FEFF}", "\u{2028}", "\u{85}", "\r\n",
        "\r", "...", "---", "?",
    ]

    private static let ranges: [ClosedRange<UInt32>] = [
        0x01...0x7F, 0x80...0x2FF, 0x2000...0x206F, 0xFE00...0xFFFF,
    ]
}
