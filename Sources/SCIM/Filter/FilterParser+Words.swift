extension FilterParser {
    /// The byte at the position; nil at the end.
    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// Passes over a byte if it stands at the position.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// Passes over spaces.
    mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 { position += 1 }
    }

    /// Passes over a whole word and the spaces around it: `never` is not `ne` and `ver`.
    mutating func takeWord(_ word: String) -> Bool {
        let start = position
        skipSpace()
        let end = position + word.utf8.count
        let isWord =
            end <= bytes.count
            && zip(bytes[position..<end], word.utf8).allSatisfy { CaseInsensitive.folded($0) == $1 }
        guard isWord, end == bytes.count || !Self.isNameByte(bytes[end]) else {
            position = start
            return false
        }
        position = end
        skipSpace()
        return true
    }

    /// An attribute's name, with URN and sub-attribute if they are there; it begins with a letter or, as `$ref`
    /// does, with `$`.
    mutating func name(_ expected: String) throws(SCIMError) -> String {
        let start = position
        while let byte = peek(), Self.isNameByte(byte) { position += 1 }
        let name = bytes[start..<position]
        guard let first = name.first, Self.isLetter(first) || first == UInt8(ascii: "$"), name.last != UInt8(ascii: ".")
        else {
            position = start
            throw error(expected)
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// The value that an attribute is compared with.
    mutating func value(after operation: Filter.Operator) throws(SCIMError) -> Value {
        guard let byte = peek() else { throw error("a value after \"\(operation.rawValue)\"") }
        if byte == UInt8(ascii: "\"") { return try quoted() }
        let start = position
        while let byte = peek(), !Self.endsBareWord(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let value = try? JSON.read(text), value.array == nil, value.object == nil { return value }
        guard !policy.isStrict, !text.isEmpty, !"'{[".utf8.contains(byte) else {
            position = start
            throw error("a value in double quotes, a number, true, false or null")
        }
        return .string(text)
    }

    private mutating func quoted() throws(SCIMError) -> Value {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "\"") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            position = start
            throw error("a value that ends with a double quote")
        }
        position += 1
        guard let value = try? JSON.read(Array(bytes[start..<position])) else {
            position = start
            throw error("a value with JSON's escapes only")
        }
        return value
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= CaseInsensitive.folded(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "$"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: isLetter(byte)
        }
    }

    private static func endsBareWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""): true
        default: false
        }
    }
}

extension FilterParser {
    /// What stands at the position is not what should.
    func error(_ expected: String) -> SCIMError {
        refusal("at character \(position + 1) found \(found), expected \(expected)")
    }

    /// The text is refused as a whole; its words are not repeated if a password can be among them.
    func refusal(_ reason: String) -> SCIMError {
        switch purpose {
        case .filter: .invalidFilter("the filter cannot be read: \(reason)")
        case .path: .invalidPath("the path\(namesSecret ? "" : " " + Quote.text(text)) cannot be read: \(reason)")
        }
    }

    private var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether a value in the text can be a password.
    private var namesSecret: Bool { CaseInsensitive.folded(text).contains("password") }

    private var found: String {
        guard position < bytes.count else { return "the end" }
        if namesSecret { return "something else" }
        let word = bytes[position...].prefix { $0 != 0x20 }
        return Quote.text(String(decoding: word, as: UTF8.self))
    }
}
