/// Decides whether a text may stand without quotes, and writes the one that may not.
enum PlainText {
    /// Whether every reader takes these characters, standing alone in block style, for this same text.
    ///
    /// Stricter than YAML: what begins like an indicator is refused even where YAML would let it pass.
    static func isSafe(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isSafe($0) } && ScalarKind(ofPlain: text) == .text
    }

    private static func isSafe(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, !isIndicator(first) else { return false }
        if first == 0x20 || last == 0x20 || last == UInt8(ascii: ":") { return false }
        // The end of a document and git's conflict markers, if the line begins with them.
        let mayMark = first == UInt8(ascii: ".") || first == UInt8(ascii: "<") || first == UInt8(ascii: "=")
        if mayMark, ["...", "<<<<<<<", "======="].contains(where: { bytes.starts(with: $0.utf8) }) { return false }
        var isASCII = true
        var previous: UInt8 = 0
        for byte in bytes {
            if byte < 0x20 || byte == 0x7F { return false }
            if byte == 0x20 && previous == UInt8(ascii: ":") { return false }
            if byte == UInt8(ascii: "#") && previous == 0x20 { return false }
            if byte >= 0x80 { isASCII = false }
            previous = byte
        }
        return isASCII || String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy { !mustEscape($0) }
    }

    private static func isIndicator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"),
            UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"),
            UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
            true
        default: false
        }
    }

    /// Whether a character must not stand as itself: readers refuse or change it, or a person cannot see it.
    ///
    /// That is controls, line and paragraph separators, byte order marks and non-characters, and what is invisible or
    /// reorders text (a reviewer must see what a diff does; https://trojansource.codes). Joiners and variation
    /// selectors stay, because emoji and several scripts are made with them. The table is fixed, not Unicode's of the
    /// day, so that the bytes of a file do not depend on the toolchain.
    static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFDD0...0xFDEF, 0xFEFF, 0xFFF0...0xFFFB, 0xE0000...0xE007F:
            true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}

extension PlainText {
    /// Appends the text in double quotes, with JSON's escapes and, above U+FFFF, YAML's `\UXXXXXXXX`.
    static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes.append(contentsOf: #"\""#.utf8)
            case "\\": bytes.append(contentsOf: #"\\"#.utf8)
            case "\n": bytes.append(contentsOf: #"\n"#.utf8)
            case "\r": bytes.append(contentsOf: #"\r"#.utf8)
            case "\t": bytes.append(contentsOf: #"\t"#.utf8)
            case _ where mustEscape(scalar): bytes.append(contentsOf: escape(scalar).utf8)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The escape by number, as long as it has to be.
    static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
    }
}
