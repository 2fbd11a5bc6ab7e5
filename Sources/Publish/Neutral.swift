/// Text from outside made harmless for a commit message: one line, nothing invisible, not too long.
enum Neutral {
    /// The longest name that is kept whole.
    static let limit = 200

    /// The text with "?" for every character that ends a line, moves a cursor or turns the direction of writing.
    ///
    /// Names come from whoever may write to the identity provider: a line's end in one could forge a trailer, and a
    /// change of direction another name.
    static func line(_ text: String, limit: Int = limit) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) { scalars.append(isHarmless(scalar) ? scalar : "?") }
        if text.unicodeScalars.dropFirst(limit).first != nil { scalars.append("…") }
        return String(scalars)
    }

    /// The text as the part of an address before "@": lower case, with "-" for everything unusual.
    static func local(_ text: String) -> String {
        let bytes = text.lowercased().utf8.prefix(64).map { byte -> UInt8 in
            let isUsual = (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
            return isUsual || byte == UInt8(ascii: ".") ? byte : UInt8(ascii: "-")
        }
        let name = String(decoding: bytes, as: UTF8.self)
        return name.allSatisfy { $0 == "-" || $0 == "." } ? "unknown" : name
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
        // The joiners are part of words and of emoji.
        case .format: scalar.value == 0x200C || scalar.value == 0x200D
        default: true
        }
    }
}
