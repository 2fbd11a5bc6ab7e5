/// Percent-encoding of path segments (RFC 3986 section 2.1).
enum PercentEncoding {
    /// The text behind a percent-encoded one; nil when an escape is cut or the bytes are no UTF-8.
    static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A text as one path segment.
    static func encoded(_ text: String) -> String {
        if isPlain(text) { return text }
        var bytes: [UInt8] = []
        write(text, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a text as one path segment.
    static func write(_ text: String, into bytes: inout [UInt8]) {
        if isPlain(text) { return bytes.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            }
        }
    }

    /// Whether nothing has to be encoded, as in nearly all ids.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices where !isUnreserved(bytes[index]) { return false }
        return true
    }

    /// The same of a text's bytes.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.allSatisfy(isUnreserved) }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether a byte is a letter, a digit or one of `-._~` (RFC 3986 section 2.3).
    ///
    /// Looked up and not compared: letters and digits of ids come in no order that a processor could foresee.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 64 ? 0x03FF_6000_0000_0000 : byte < 128 ? 0x47FF_FFFE_87FF_FFFE : 0
        return bits >> UInt64(byte & 63) & 1 == 1
    }
}
