extension JSONReader {
    /// The string whose opening quote stands at the position.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        var others: UInt8 = 0
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
                // ASCII is UTF-8, and almost all strings are nothing else.
                let string = others < 0x80 ? String(decoding: text, as: UTF8.self) : try decoded(text, from: start)
                position += 1
                return string
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0x00..<0x20:
                throw error("an escape, because control characters must not stand in a string")
            default:
                others |= byte
                position += 1
            }
        }
        throw error("the closing quote of a string")
    }

    /// The rest of a string that holds escapes.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let string = try text.withUnsafeBufferPointer { buffer throws(JSONError) in
                    try decoded(buffer, from: start)
                }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                position += 1
                try appendEscape(to: &text)
            case 0x00..<0x20:
                throw error("an escape, because control characters must not stand in a string")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw error("the closing quote of a string")
    }

    private func decoded(_ text: UnsafeBufferPointer<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw error(at: start, found: "a string that is not UTF-8", "UTF-8")
        }
        return string
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
        switch peek() {
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): return text.append(contentsOf: Array(String(try unicodeEscape()).utf8))
        default: throw error("one of \" \\ / b f n r t u after the backslash")
        }
        position += 1
    }

    /// The character of an escape whose `u` stands at the position; two escapes make one beyond U+FFFF.
    private mutating func unicodeEscape() throws(JSONError) -> Character {
        let start = position - 1
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), peek() == UInt8(ascii: "u") else {
            throw error(at: start, found: "half of a surrogate pair", "both halves")
        }
        let second = try hexadecimal()
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            throw error(at: start, found: "half of a surrogate pair", "both halves")
        }
        return Character(scalar)
    }

    /// The four digits after the `u` at the position.
    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        position += 1
        var number: UInt32 = 0
        for _ in 0..<4 {
            switch peek() {
            case .some(let byte) where 0x30...0x39 ~= byte: number = number << 4 + UInt32(byte - 0x30)
            case .some(let byte) where 0x41...0x46 ~= byte: number = number << 4 + UInt32(byte - 0x37)
            case .some(let byte) where 0x61...0x66 ~= byte: number = number << 4 + UInt32(byte - 0x57)
            default: throw error("four hexadecimal digits after \"\\u\"")
            }
            position += 1
        }
        return number
    }
}

extension JSONReader {
    /// The number that begins at the position (RFC 8259 section 6).
    mutating func number() throws(JSONError) -> Value {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) {
            try digits("a digit")
        } else if let byte = peek(), 0x30...0x39 ~= byte {
            throw error("no digit after a leading zero")
        }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits("a digit after the decimal point")
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits("a digit in the exponent")
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let integer = Int(text) { return .integer(integer) }
        guard let decimal = Double(text), decimal.isFinite else {
            throw error(at: start, found: text.count > 40 ? "a number" : text, "a number that a double can hold")
        }
        return .decimal(decimal)
    }

    private mutating func digits(_ expected: String) throws(JSONError) {
        let start = position
        while let byte = peek(), 0x30...0x39 ~= byte { position += 1 }
        guard position > start else { throw error(expected) }
    }
}
