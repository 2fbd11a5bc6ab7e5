/// Cuts a document into tokens, by the grammar of the GraphQL specification (October 2021, section 2.1).
struct Lexer {
    let scalars: [Unicode.Scalar]
    var position = 0
    var line = 1
    var lineStart = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The scalar at a distance from the position; nil behind the end.
    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        let index = position + distance
        return index < scalars.count ? scalars[index] : nil
    }

    /// The place of the position.
    var location: Location { location(of: position) }

    func location(of position: Int) -> Location { Location(line: line, column: position - lineStart + 1) }

    /// The next token; behind the last one, the end of the file.
    mutating func next() throws(GraphQLError) -> Token {
        skipIgnored()
        guard let scalar = peek() else { return Token(kind: .endOfFile, location: location) }
        if let kind = Self.punctuator(scalar) { return token(kind, length: 1) }
        switch scalar {
        case "\"": return isQuotes(at: position) ? try blockString() : try string()
        case "-", "0"..."9": return try number()
        case _ where Self.isNameStart(scalar): return name()
        case "." where peek(1) == "." && peek(2) == ".": return token(.spread, length: 3)
        case "'":
            throw error("Unexpected single quote character ('), did you mean to use a double quote (\")?")
        default: throw error("Unexpected character: \(described(at: position)).")
        }
    }

    /// Whether three double quotes stand at a position.
    func isQuotes(at position: Int) -> Bool {
        position + 2 < scalars.count && scalars[position..<position + 3].allSatisfy { $0 == "\"" }
    }

    /// A syntax error at a position, the current one unless another is given.
    func error(_ message: String, at position: Int? = nil) -> GraphQLError {
        GraphQLError("Syntax Error: \(message)", at: location(of: position ?? self.position))
    }

    /// What stands at a position, in the words of an error.
    func described(at position: Int) -> String {
        guard position < scalars.count else { return Token.Kind.endOfFile.rawValue }
        let scalar = scalars[position]
        if scalar == "\"" { return "'\"'" }
        if (0x20...0x7E).contains(scalar.value) { return "'\(scalar)'" }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Passes over a line's end at the position, which may be two scalars.
    mutating func passLineEnd() {
        position += scalars[position] == "\r" && peek(1) == "\n" ? 2 : 1
        line += 1
        lineStart = position
    }
}

extension Lexer {
    private mutating func skipIgnored() {
        while let scalar = peek() {
            switch scalar {
            case " ", "\t", ",", "\u{FEFF}": position += 1
            case "\n", "\r": passLineEnd()
            case "#": while let next = peek(), next != "\n", next != "\r" { position += 1 }
            default: return
            }
        }
    }

    private mutating func token(_ kind: Token.Kind, length: Int) -> Token {
        defer { position += length }
        return Token(kind: kind, location: location)
    }

    private mutating func name() -> Token {
        let start = location
        var text = String.UnicodeScalarView()
        while let scalar = peek(), Self.isNameStart(scalar) || ("0"..."9").contains(scalar) {
            text.append(scalar)
            position += 1
        }
        return Token(kind: .name, location: start, text: String(text))
    }

    private mutating func number() throws(GraphQLError) -> Token {
        let start = position
        var kind = Token.Kind.int
        if peek() == "-" { position += 1 }
        if peek() == "0" {
            position += 1
            if let next = peek(), ("0"..."9").contains(next) {
                throw error("Invalid number, unexpected digit after 0: \(described(at: position)).")
            }
        } else {
            try digits()
        }
        if peek() == "." {
            kind = .float
            position += 1
            try digits()
        }
        if peek() == "e" || peek() == "E" {
            kind = .float
            position += 1
            if peek() == "+" || peek() == "-" { position += 1 }
            try digits()
        }
        if let next = peek(), next == "." || Self.isNameStart(next) { throw noDigit() }
        let text = String(String.UnicodeScalarView(scalars[start..<position]))
        return Token(kind: kind, location: location(of: start), text: text)
    }

    private mutating func digits() throws(GraphQLError) {
        guard let first = peek(), ("0"..."9").contains(first) else { throw noDigit() }
        while let next = peek(), ("0"..."9").contains(next) { position += 1 }
    }

    private func noDigit() -> GraphQLError {
        error("Invalid number, expected digit but got: \(described(at: position)).")
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        default: false
        }
    }

    private static func punctuator(_ scalar: Unicode.Scalar) -> Token.Kind? {
        switch scalar {
        case "!": .bang
        case "$": .dollar
        case "&": .ampersand
        case "(": .openingParenthesis
        case ")": .closingParenthesis
        case ":": .colon
        case "=": .equals
        case "@": .at
        case "[": .openingBracket
        case "]": .closingBracket
        case "{": .openingBrace
        case "|": .pipe
        case "}": .closingBrace
        default: nil
        }
    }
}
