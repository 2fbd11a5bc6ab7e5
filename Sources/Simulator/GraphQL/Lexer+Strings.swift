extension Lexer {
    /// The string in double quotes that begins at the position.
    mutating func string() throws(GraphQLError) -> Token {
        let start = location
        var text = String.UnicodeScalarView()
        position += 1
        while let scalar = peek() {
            switch scalar {
            case "\"":
                position += 1
                return Token(kind: .string, location: start, text: String(text))
            case "\\": text.append(try escape())
            case "\n", "\r": throw error("Unterminated string.")
            default:
                text.append(scalar)
                position += 1
            }
        }
        throw error("Unterminated string.")
    }

    private mutating func escape() throws(GraphQLError) -> Unicode.Scalar {
        guard let kind = peek(1) else {
            position += 1
            throw error("Unterminated string.")
        }
        if kind == "u" { return try peek(2) == "{" ? bracedEscape() : plainEscape() }
        guard let meant = Self.escapes[kind] else {
            throw error("Invalid character escape sequence: '\(excerpt(2))'.")
        }
        position += 2
        return meant
    }

    /// `\u00E9`, or two of them for what stands beyond the first plane.
    private mutating func plainEscape() throws(GraphQLError) -> Unicode.Scalar {
        if let code = code(at: 2), let scalar = Unicode.Scalar(code) {
            position += 6
            return scalar
        }
        if let high = code(at: 2), (0xD800...0xDBFF).contains(high), peek(6) == "\\", peek(7) == "u",
            let low = code(at: 8), (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        {
            position += 12
            return scalar
        }
        throw error("Invalid Unicode escape sequence: '\(excerpt(6))'.")
    }

    /// `\u{1F600}`.
    private mutating func bracedEscape() throws(GraphQLError) -> Unicode.Scalar {
        var code: UInt32 = 0
        var length = 3
        while length < 12, let scalar = peek(length) {
            length += 1
            if scalar == "}" {
                guard length > 4, let meant = Unicode.Scalar(code) else { break }
                position += length
                return meant
            }
            guard let digit = Self.hexDigit(scalar) else { break }
            code = code << 4 | digit
        }
        throw error("Invalid Unicode escape sequence: '\(excerpt(length))'.")
    }

    private func code(at distance: Int) -> UInt32? {
        var code: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = peek(distance + offset).flatMap(Self.hexDigit) else { return nil }
            code = code << 4 | digit
        }
        return code
    }

    private func excerpt(_ length: Int) -> String {
        String(String.UnicodeScalarView(scalars[position..<min(position + length, scalars.count)]))
    }

    private static func hexDigit(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - 0x30
        case "a"..."f": scalar.value - 0x61 + 10
        case "A"..."F": scalar.value - 0x41 + 10
        default: nil
        }
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
    ]
}

extension Lexer {
    /// The string in three double quotes that begins at the position, without the indentation that its lines share.
    mutating func blockString() throws(GraphQLError) -> Token {
        let start = location
        var lines = [String.UnicodeScalarView()]
        position += 3
        while let scalar = peek() {
            if isQuotes(at: position) {
                position += 3
                return Token(kind: .blockString, location: start, text: Self.dedented(lines.map { String($0) }))
            }
            switch scalar {
            case "\\" where isQuotes(at: position + 1):
                lines[lines.count - 1].append(contentsOf: "\"\"\"".unicodeScalars)
                position += 4
            case "\n", "\r":
                lines.append(String.UnicodeScalarView())
                passLineEnd()
            default:
                lines[lines.count - 1].append(scalar)
                position += 1
            }
        }
        throw error("Unterminated string.")
    }

    /// Lines as the specification's `BlockStringValue` joins them.
    private static func dedented(_ lines: [String]) -> String {
        let indents = lines.dropFirst().filter { !isBlank($0) }.map { $0.prefix(while: isSpace).count }
        let common = indents.min() ?? 0
        var result = lines.prefix(1) + lines.dropFirst().map { String($0.dropFirst(common)) }
        while let first = result.first, isBlank(first) { result.removeFirst() }
        while let last = result.last, isBlank(last) { result.removeLast() }
        return result.joined(separator: "\n")
    }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(isSpace) }
}
