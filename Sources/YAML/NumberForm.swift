/// Recognises the numbers and timestamps of YAML 1.1 (as PyYAML, Ruby, Java and Go read them) and of YAML 1.2.
struct NumberForm {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The kind of the whole text, tried from its start.
    mutating func kind() -> ScalarKind {
        if isTimestamp() { return .timestamp }
        position = 0
        _ = skip { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        if isSpecialFloat() { return .float }
        if isPrefixedInteger() { return .integer }
        return decimalKind()
    }

    /// `12`, `1_000`, `1,000`, `007`, `12:30:45` and, with a point or an exponent, floats.
    private mutating func decimalKind() -> ScalarKind {
        let hasWhole = skipRun(Self.isDigit) && skipDigits() >= 0
        if hasWhole, peek == UInt8(ascii: ":") { return baseSixtyKind() }
        var isFloat = false
        var hasFraction = false
        if skip(UInt8(ascii: ".")) {
            isFloat = true
            hasFraction = peek.map(Self.isDigit) ?? false
            skipDigits()
        }
        guard hasWhole || hasFraction else { return .text }
        if skip(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            isFloat = true
            _ = skip { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            guard skipRun(Self.isDigit) else { return .text }
            skipDigits()
        }
        guard isAtEnd else { return .text }
        return isFloat ? .float : .integer
    }

    /// The rest of `12:30:45` or `12:30.5`, after the first number.
    private mutating func baseSixtyKind() -> ScalarKind {
        while skip(UInt8(ascii: ":")) {
            let isTens = skip { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "5") }
            guard skip(where: Self.isDigit) || isTens else { return .text }
        }
        guard skip(UInt8(ascii: ".")) else { return isAtEnd ? .integer : .text }
        skipDigits()
        return isAtEnd ? .float : .text
    }

    /// `.inf` and `.nan`, in the three ways that YAML allows to write them.
    private func isSpecialFloat() -> Bool {
        guard bytes.count - position == 4, bytes[position] == UInt8(ascii: ".") else { return false }
        let rest = String(decoding: UnsafeBufferPointer(rebasing: bytes[position...]), as: UTF8.self)
        return [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(rest)
    }

    /// `0x1F`, `0o17`, `0b101`, with separators.
    private mutating func isPrefixedInteger() -> Bool {
        let start = position
        guard peek == UInt8(ascii: "0"), start + 1 < bytes.count else { return false }
        let base = bytes[start + 1]
        let isDigitOfBase: (UInt8) -> Bool
        switch base {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): isDigitOfBase = Self.isHexadecimal
        case UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "b"), UInt8(ascii: "B"): isDigitOfBase = Self.isDigit
        default: return false
        }
        position += 2
        let hasDigits = skipRun { isDigitOfBase($0) || Self.isSeparator($0) }
        if hasDigits && isAtEnd { return true }
        position = start
        return false
    }

    /// `2026-01-01`, and `2026-01-01T12:00:00.5Z` in all the forms that YAML 1.1 allows.
    private mutating func isTimestamp() -> Bool {
        _ = skip(UInt8(ascii: "-"))
        guard skipDigits(4...4), skip(UInt8(ascii: "-")), skipDigits(1...2), skip(UInt8(ascii: "-")),
            skipDigits(1...2)
        else { return false }
        if isAtEnd { return true }
        guard skip(where: { $0 | 0x20 == UInt8(ascii: "t") }) || skipRun(Self.isBlank) else { return false }
        guard skipDigits(1...2), skip(UInt8(ascii: ":")), skipDigits(1...2), skip(UInt8(ascii: ":")),
            skipDigits(1...2)
        else { return false }
        if skip(UInt8(ascii: ".")) { _ = skipRun(Self.isDigit) }
        _ = skipRun(Self.isBlank)
        if isAtEnd || skip(where: { $0 | 0x20 == UInt8(ascii: "z") }) { return isAtEnd }
        guard skip(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }), skipDigits(1...2) else {
            return false
        }
        _ = skip(UInt8(ascii: ":"))
        return isAtEnd || (skipDigits(2...2) && isAtEnd)
    }
}

extension NumberForm {
    private var isAtEnd: Bool { position == bytes.count }
    private var peek: UInt8? { isAtEnd ? nil : bytes[position] }

    private mutating func skip(where matches: (UInt8) -> Bool) -> Bool {
        guard let byte = peek, matches(byte) else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ byte: UInt8) -> Bool { skip { $0 == byte } }

    /// Skips one or more.
    private mutating func skipRun(_ matches: (UInt8) -> Bool) -> Bool {
        let start = position
        while skip(where: matches) {}
        return position > start
    }

    /// Skips digits with their separators and says how many bytes that were.
    @discardableResult
    private mutating func skipDigits() -> Int {
        let start = position
        _ = skipRun { Self.isDigit($0) || Self.isSeparator($0) }
        return position - start
    }

    private mutating func skipDigits(_ counts: ClosedRange<Int>) -> Bool {
        var count = 0
        while count < counts.upperBound, skip(where: Self.isDigit) { count += 1 }
        return counts.contains(count)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") || byte == UInt8(ascii: ",") }
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }
}
