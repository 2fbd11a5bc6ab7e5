/// Text of git and of remotes made safe for logs and terminals.
enum Redaction {
    /// The longest message that is kept.
    static let limit = 4096

    /// The text without credentials in URLs, without control characters (a remote may send escape sequences),
    /// without white space at the ends, and not longer than ``limit``.
    static func message(_ bytes: some Collection<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
            scalars.append(isHarmless(scalar) ? scalar : " ")
        }
        let text = withoutCredentials(String(scalars))
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The text in which `scheme://user:password@host` reads `scheme://[hidden]@host`.
    static func withoutCredentials(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let separator = firstSeparator(in: rest) {
            result += rest[..<separator.upperBound]
            rest = rest[separator.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && !"/'\"?#".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            result += "[hidden]"
            rest = rest[at...]
        }
        return result + rest
    }

    private static func firstSeparator(in text: Substring) -> Range<Substring.Index>? {
        var start = text.startIndex
        while let colon = text[start...].firstIndex(of: ":") {
            if text[colon...].hasPrefix("://") { return colon..<text.index(colon, offsetBy: 3) }
            start = text.index(after: colon)
        }
        return nil
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
    }
}
