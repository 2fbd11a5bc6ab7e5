/// What a plain scalar is taken for by at least one common reader, of YAML 1.1 or of YAML 1.2.
///
/// Readers disagree: `no` is text in YAML 1.2 and false in 1.1; `1e3` is text for PyYAML and a number for Go; `1,000`
/// is a number for Ruby only. Whatever is not ``text`` here means the same text everywhere only when it is quoted.
package enum ScalarKind: String, Hashable, Sendable, CaseIterable {
    /// Text for every reader.
    case text
    /// Nothing at all, `~`, or `null`.
    case null
    /// `true`, `false`, and YAML 1.1's `yes`, `no`, `on`, `off`, `y`, `n`.
    case boolean
    /// Decimal, octal (`007`, `0o7`), hexadecimal, binary, with `_` or `,`, or in base 60 (`12:30:45`).
    case integer
    /// With a point or an exponent, in base 60 with a point, `.inf`, `.nan`.
    case float
    /// A date or an instant.
    case timestamp
    /// `=`, YAML 1.1's default value.
    case defaultValue
    /// `<<`, YAML 1.1's merge key.
    case merge

    /// Decides by the form of a scalar that stands without quotes.
    package init(ofPlain text: String) {
        var text = text
        self = text.withUTF8 { ScalarKind(ofPlain: $0) }
    }

    /// The same for a text that is not yet one.
    init(ofPlain bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            var form = NumberForm(bytes)
            self = form.kind()
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "t"),
            UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
            UInt8(ascii: "~"), UInt8(ascii: "="), UInt8(ascii: "<"):
            self = bytes.count <= 5 ? Self.words[String(decoding: bytes, as: UTF8.self)] ?? .text : .text
        // No word begins so.
        default: self = .text
        }
    }

    private static let words: [String: ScalarKind] = {
        var words: [String: ScalarKind] = ["~": .null, "=": .defaultValue, "<<": .merge]
        for word in ["null", "Null", "NULL"] { words[word] = .null }
        for word in ["y", "yes", "n", "no", "true", "false", "on", "off"] {
            words[word] = .boolean
            words[word.uppercased()] = .boolean
            words[word.prefix(1).uppercased() + word.dropFirst()] = .boolean
        }
        return words
    }()
}

extension ScalarKind {
    /// The kind with its article, for error words: `expected text, found a boolean`.
    package var phrase: String {
        switch self {
        case .text: "text"
        case .null: "nothing"
        case .boolean: "a boolean"
        case .integer: "a number"
        case .float: "a number"
        case .timestamp: "a date"
        case .defaultValue: "YAML's default value"
        case .merge: "a merge key"
        }
    }
}
