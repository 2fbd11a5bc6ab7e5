extension CanonicalReader {
    /// A scalar as it stands on one line: a key if a colon ends it, else the rest of the line.
    struct Token {
        /// The bytes of the text, without quotes.
        var range: Range<Int>
        /// Where the colon or the end of the line is.
        var end: Int
        var isKey: Bool
        var isQuoted: Bool
        var isASCII: Bool

        func text(in bytes: UnsafeBufferPointer<UInt8>) -> String {
            String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        }

        /// How many columns it takes, quotes included.
        func width(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
            let quotes = isQuoted ? 2 : 0
            return quotes + (isASCII ? range.count : bytes[range].count { $0 & 0xC0 != 0x80 })
        }
    }

    /// The scalar that begins here; nil for everything that is not surely one.
    func token(at start: Int) -> Token? {
        guard start < bytes.count else { return nil }
        if bytes[start] == UInt8(ascii: "\"") { return quoted(from: start) }
        return Self.beginsPlain(bytes[start]) ? plain(from: start) : nil
    }

    /// Text in double quotes without escapes.
    private func quoted(from start: Int) -> Token? {
        var index = start + 1
        var all: UInt8 = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\\") else { return nil }
            all |= bytes[index]
            index += 1
        }
        guard index + 1 < bytes.count else { return nil }
        let isKey = bytes[index + 1] == UInt8(ascii: ":")
        guard isKey ? isEndOfKey(at: index + 1, from: start) : bytes[index + 1] == 0x0A else { return nil }
        return Token(
            range: (start + 1)..<index,
            end: index + 1,
            isKey: isKey,
            isQuoted: true,
            isASCII: all < 0x80
        )
    }

    private func plain(from start: Int) -> Token? {
        var previous = bytes[start]
        var all = previous
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x23 {
                if previous == UInt8(ascii: ":"), byte == 0x20 || byte == 0x0A {
                    return key(start..<(index - 1), isASCII: all < 0x80)
                }
                if byte == 0x0A {
                    guard previous != 0x20 else { return nil }
                    return Token(range: start..<index, end: index, isKey: false, isQuoted: false, isASCII: all < 0x80)
                }
                // A comment, or an end of line that is more than LF.
                if byte < 0x20 || (byte == UInt8(ascii: "#") && previous == 0x20) { return nil }
            }
            all |= byte
            previous = byte
            index += 1
        }
        return nil
    }

    private func key(_ range: Range<Int>, isASCII: Bool) -> Token? {
        guard !range.isEmpty, bytes[range.upperBound - 1] != 0x20,
            isEndOfKey(at: range.upperBound, from: range.lowerBound)
        else { return nil }
        return Token(range: range, end: range.upperBound, isKey: true, isQuoted: false, isASCII: isASCII)
    }

    /// Whether a colon ends a key, which libyaml takes up to 1,024 characters.
    private func isEndOfKey(at colon: Int, from start: Int) -> Bool {
        colon - start <= Writer.longestSimpleKey && colon + 1 < bytes.count
            && (bytes[colon + 1] == 0x20 || bytes[colon + 1] == 0x0A)
    }

    /// Whether a plain scalar may begin so, and nothing else: less than YAML allows.
    private static func beginsPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: "$"), 0x80...0xFF:
            true
        default: false
        }
    }
}

/// Whether the keys of one map are all different: those of a canonical file are in ascending order, or few.
struct DistinctKeys {
    private var isAscending = true
    private var isASCII = true
    private var last: Slice<UnsafeBufferPointer<UInt8>>?

    mutating func note(_ key: Slice<UnsafeBufferPointer<UInt8>>, isASCII: Bool) {
        if let last, isAscending { isAscending = last.lexicographicallyPrecedes(key) }
        self.isASCII = self.isASCII && isASCII
        last = key
    }

    /// Keys that differ only in Unicode's normalisation are one key, as in ``KeySet``.
    func areDistinct(in entries: [Entry]) -> Bool {
        if isAscending, isASCII { return true }
        guard entries.count > 24 else {
            for index in entries.indices {
                for other in entries[..<index] where other.key == entries[index].key { return false }
            }
            return true
        }
        return Set(entries.lazy.map(\.key)).count == entries.count
    }
}
