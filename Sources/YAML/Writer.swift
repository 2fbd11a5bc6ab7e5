/// Writes a value in canonical form: the same value gives the same bytes, and every common reader gives it back.
///
/// UTF-8, LF, two spaces, block style, lists two spaces under their key, lines of any length. Text stands plain unless
/// some reader would take it for something else or refuse it; then it is in double quotes. Only an empty list or map
/// is in flow style: `[]`, `{}`.
package enum Writer {
    /// The bytes of one file, with each line of a comment before it as `# ...`.
    package static func bytes(of value: Value, comment: String? = nil) -> [UInt8] {
        var output = Output()
        output.bytes.reserveCapacity(1024)
        if let comment { output.append(comment: comment) }
        output.append(value, indent: 0, after: .lineStart)
        return output.bytes
    }

    /// One text as it stands in a file: plain where that is safe, else in double quotes.
    package static func scalar(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends one text, plain where that is safe.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        if PlainText.isSafe(text) {
            bytes.append(contentsOf: text.utf8)
        } else {
            PlainText.appendQuoted(text, to: &bytes)
        }
    }

    /// YAML takes no key of more than 1,024 characters before its colon; a longer one follows a question mark.
    static let longestSimpleKey = 1000
}

/// The file so far.
private struct Output {
    /// What the line that a value goes to holds already.
    enum Position {
        /// Only its indentation, if anything.
        case lineStart
        /// `key:`.
        case key
        /// `-` with a space.
        case dash
    }

    var bytes: [UInt8] = []

    mutating func append(comment: String) {
        for line in comment.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            bytes.append(UInt8(ascii: "#"))
            if !line.isEmpty { bytes.append(0x20) }
            for scalar in line {
                let shown = PlainText.mustEscape(scalar) ? " " : scalar
                bytes.append(contentsOf: UTF8.encode(shown) ?? UTF8.encodedReplacementCharacter)
            }
            while bytes.last == 0x20 { bytes.removeLast() }
            newLine()
        }
    }

    mutating func append(_ value: Value, indent: Int, after position: Position) {
        switch value {
        case .text(let text):
            space(after: position)
            Writer.append(text, to: &bytes)
            newLine()
        case .boolean(let boolean): appendLine(boolean ? "true" : "false", after: position)
        case .integer(let integer): appendLine(String(integer), after: position)
        case .timestamp(let text) where ScalarKind(ofPlain: text) == .timestamp: appendLine(text, after: position)
        case .timestamp(let text): append(.text(text), indent: indent, after: position)
        case .list(let elements) where elements.isEmpty: appendLine("[]", after: position)
        case .map(let fields) where fields.isEmpty: appendLine("{}", after: position)
        case .list(let elements): append(elements, indent: indent, after: position)
        case .map(let fields): append(fields, indent: indent, after: position)
        }
    }

    /// A list; its dashes stand two deeper than the key or the dash that it belongs to.
    private mutating func append(_ elements: [Value], indent: Int, after position: Position) {
        let inner = begin(indent: indent, after: position)
        for (index, element) in elements.enumerated() {
            if index > 0 || position != .dash { pad(inner) }
            bytes.append(UInt8(ascii: "-"))
            bytes.append(0x20)
            append(element, indent: inner, after: .dash)
        }
    }

    /// A map; the first key of one in a list stands behind the dash.
    private mutating func append(_ fields: [Field], indent: Int, after position: Position) {
        let inner = begin(indent: indent, after: position)
        for (index, field) in fields.enumerated() {
            if index > 0 || position != .dash { pad(inner) }
            append(key: field.key, indent: inner)
            append(field.value, indent: inner, after: .key)
        }
    }

    private mutating func append(key: String, indent: Int) {
        let start = bytes.count
        Writer.append(key, to: &bytes)
        if bytes.count - start > Writer.longestSimpleKey {
            bytes.insert(contentsOf: [UInt8(ascii: "?"), 0x20], at: start)
            newLine()
            pad(indent)
        }
        bytes.append(UInt8(ascii: ":"))
    }

    /// Ends the line of a key whose value goes below it, and says how deep that value stands.
    private mutating func begin(indent: Int, after position: Position) -> Int {
        if position == .key { newLine() }
        return position == .lineStart ? indent : indent + 2
    }

    private mutating func appendLine(_ text: String, after position: Position) {
        space(after: position)
        bytes.append(contentsOf: text.utf8)
        newLine()
    }

    private mutating func space(after position: Position) {
        if position == .key { bytes.append(0x20) }
    }

    private mutating func newLine() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func pad(_ count: Int) { bytes.append(contentsOf: repeatElement(0x20, count: count)) }
}
