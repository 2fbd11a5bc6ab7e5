#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What single lines of a text look like.
enum LineForm {
    static let lineFeed = UInt8(ascii: "\n")

    /// Where the line that begins somewhere ends; the text's last byte is a line feed.
    static func end(of start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress, let found = memchr(base + start, Int32(lineFeed), bytes.count - start)
        else {
            return bytes.count
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    static func starts(_ range: Range<Int>, _ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count >= text.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        return memcmp(base + range.lowerBound, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    static func equal(_ range: Range<Int>, _ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        range.count == text.utf8CodeUnitCount && starts(range, text, in: bytes)
    }

    static func ends(_ range: Range<Int>, _ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = min(text.utf8CodeUnitCount, range.count)
        return equal((range.upperBound - length)..<range.upperBound, text, in: bytes)
    }

    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    /// The key of a line `key:` or `key: VALUE`, with its quotes if it has any; nil where that is not certain.
    static func key(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        if bytes[range.lowerBound] == UInt8(ascii: "\"") {
            let end = bytes[range].dropFirst().firstIndex(of: UInt8(ascii: "\""))
            guard let end, end + 1 < range.upperBound, bytes[end + 1] == UInt8(ascii: ":") else { return nil }
            return range.lowerBound..<(end + 1)
        }
        for index in range where bytes[index] == UInt8(ascii: ":") {
            if index + 1 == range.upperBound || bytes[index + 1] == UInt8(ascii: " ") {
                return range.lowerBound..<index
            }
        }
        return nil
    }

    /// A text without the quotes around it; there are no escapes within.
    static func unquoted(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\""),
            bytes[range.upperBound - 1] == UInt8(ascii: "\"")
        else { return range }
        return (range.lowerBound + 1)..<(range.upperBound - 1)
    }

    /// Whether something stands behind the end of what a line says: spaces, or a comment.
    static func hasTail(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = bytes[range].last, last != UInt8(ascii: " ") else { return true }
        return range.dropFirst().contains { bytes[$0] == UInt8(ascii: "#") && bytes[$0 - 1] == UInt8(ascii: " ") }
    }

    /// Whether a text is a name as it stands, or one in double quotes: nothing stands before or behind it.
    static func isScalar(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !range.isEmpty, !hasTail(range, in: bytes) else { return false }
        let first = bytes[range.lowerBound]
        if first == UInt8(ascii: "\"") {
            return unquoted(range, in: bytes) != range && bytes[range].count { $0 == first } == 2
        }
        return isLetter(first) || (0x30...0x39).contains(first) || first >= 0x80 || first == UInt8(ascii: "+")
            || first == UInt8(ascii: "_")
    }

    /// The text of a key.
    static func text(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[unquoted(range, in: bytes)]), as: UTF8.self)
    }

    /// Whether nothing that begins in a line can end in another: quotes and brackets are closed in it.
    static func isWhole(_ line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var quotes = 0
        var (braces, brackets) = (0, 0)
        var previous = UInt8(ascii: " ")
        for index in line {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): return false
            case UInt8(ascii: "\""): quotes += 1
            case UInt8(ascii: "'"):
                // Within a word it is an apostrophe, and at the beginning of one it opens a text.
                guard isLetter(previous) || previous >= 0x80 else { return false }
            case UInt8(ascii: "{"): braces += 1
            case UInt8(ascii: "}"): braces -= 1
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: "]"): brackets -= 1
            default: break
            }
            previous = byte
        }
        return quotes.isMultiple(of: 2) && braces == 0 && brackets == 0
    }
}
