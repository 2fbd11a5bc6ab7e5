/// One pass over a text; every access is checked against the end of the bytes.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    /// The value that fills the whole text.
    mutating func document() throws(JSONError) -> Value {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error("the end of the text") }
        return value
    }

    /// The value at the next byte that is no space.
    private mutating func value(depth: Int) throws(JSONError) -> Value {
        skipSpace()
        guard let byte = peek() else { throw error("a value") }
        switch byte {
        case UInt8(ascii: "{"):
            return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["):
            return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "t"):
            return try word("true", .bool(true))
        case UInt8(ascii: "f"):
            return try word("false", .bool(false))
        case UInt8(ascii: "n"):
            return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default:
            throw error("a value")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [Value] {
        try checkDepth(depth)
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return [] }
        var elements: [Value] = []
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw error("\",\" or \"]\"") }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> Object {
        try checkDepth(depth)
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return Object() }
        var members: [Object.Member] = []
        var names = DistinctNames()
        while true {
            skipSpace()
            let start = position
            guard peek() == UInt8(ascii: "\"") else { throw error("a name in double quotes") }
            let name = try string()
            guard names.insert(name, after: members) else {
                throw error(at: start, found: "\"\(name)\" a second time", "each name once, whatever its letter case")
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("\":\"") }
            members.append(Object.Member(name: name, value: try value(depth: depth)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return Object(distinct: members) }
            guard take(UInt8(ascii: ",")) else { throw error("\",\" or \"}\"") }
        }
    }

    private func checkDepth(_ depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else {
            throw error(at: position, found: "nesting level \(depth)", "at most \(maximumDepth) levels")
        }
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
        let length = word.utf8CodeUnitCount
        let isWhole = position + length <= bytes.count
        guard isWhole, (0..<length).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] }) else {
            throw error("\(word)")
        }
        position += length
        return value
    }
}

extension JSONReader {
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

    /// Passes over the four characters that RFC 8259 section 2 calls whitespace.
    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// What stands at the position is not what should.
    func error(_ expected: String) -> JSONError {
        error(at: position, found: nil, expected)
    }

    /// What stands at a place is not what should.
    func error(at offset: Int, found: String?, _ expected: String) -> JSONError {
        let before = bytes[..<offset]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let lines = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        return JSONError(
            offset: offset,
            line: lines,
            column: offset - lineStart + 1,
            found: found ?? describe(at: offset),
            expected: expected
        )
    }

    private func describe(at offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the text" }
        let byte = bytes[offset]
        if byte > 0x20, byte < 0x7F { return "\"\(Character(Unicode.Scalar(byte)))\"" }
        let hex = String(byte, radix: 16, uppercase: true)
        return "byte 0x" + (hex.count == 1 ? "0" : "") + hex
    }
}

/// The names of one object so far; a search from the front while they are few, a set when they are many, so that
/// a hostile object of a million names still takes linear time.
private struct DistinctNames {
    private var folded: Set<String> = []

    /// Whether a name is not among the members yet.
    mutating func insert(_ name: String, after members: [Object.Member]) -> Bool {
        if members.count < 16 { return !members.contains { CaseInsensitive.equal($0.name, name) } }
        if folded.isEmpty { folded = Set(members.map { CaseInsensitive.folded($0.name) }) }
        return folded.insert(CaseInsensitive.folded(name)).inserted
    }
}
