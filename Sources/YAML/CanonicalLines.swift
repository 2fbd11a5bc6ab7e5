/// Walks over a text in canonical form line by line, for readers that make their values without a tree of nodes.
///
/// It knows the lines that ``CanonicalReader`` knows, but for empty lists and maps, and stops at every other: then the
/// text is to be read by ``Reader``, which says what is wrong with it, if anything is. Whether lines fit each other (their
/// indentation, keys that stand twice) is for the caller to see.
package struct CanonicalLines {
    /// One line: `key: value`, `key:`, `- key: value`, `- key:` or `- value`.
    package struct Line {
        /// From 1.
        package var number: Int
        /// How many spaces, and a dash among them, stand before the key or value.
        package var indent: Int
        /// Whether an element of a list begins here.
        package var isElement: Bool
        /// The bytes of the key, without quotes; nil for an element without one.
        package var key: Range<Int>?
        /// The bytes of the value, without quotes; nil when it stands below.
        package var value: Range<Int>?
        /// Whether the value stood in quotes, so that it is text whatever its form.
        package var isQuoted: Bool
    }

    /// The text.
    package let bytes: UnsafeBufferPointer<UInt8>
    /// The line that is next; nil at the end, and where a line is not known here.
    package private(set) var line: Line?
    /// Whether every line so far was known.
    package private(set) var isSound: Bool
    private let tokens: CanonicalReader
    private var offset = 0
    private var number = 0

    /// Begins with the first line that is no comment; nothing is sound about a text that ``SourceText`` refuses.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        tokens = CanonicalReader(bytes: bytes)
        isSound = SourceText.isPlain(bytes)
        guard isSound else { return }
        while offset < bytes.count, bytes[offset] == UInt8(ascii: "#") {
            while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            offset += 1
            number += 1
        }
        advance()
    }

    /// Goes on to the next line.
    package mutating func advance() {
        line = nil
        guard isSound, offset < bytes.count else { return }
        line = next()
        if line == nil { isSound = false }
    }

    private mutating func next() -> Line? {
        var start = offset
        while start < bytes.count, bytes[start] == 0x20 { start += 1 }
        let isElement = start + 1 < bytes.count && bytes[start] == UInt8(ascii: "-") && bytes[start + 1] == 0x20
        if isElement { start += 2 }
        guard let first = tokens.token(at: start), first.isKey || isElement else { return nil }
        number += 1
        var line = Line(number: number, indent: start - offset, isElement: isElement, isQuoted: first.isQuoted)
        guard first.isKey else {
            line.value = first.range
            offset = first.end + 1
            return line
        }
        line.key = first.range
        guard bytes[first.end + 1] != 0x0A else {
            offset = first.end + 2
            return line
        }
        guard let second = tokens.token(at: first.end + 2), !second.isKey else { return nil }
        line.value = second.range
        line.isQuoted = second.isQuoted
        offset = second.end + 1
        return line
    }
}

extension CanonicalLines.Line {
    /// Whether the value is text for every reader.
    package func isText(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let value else { return false }
        return isQuoted || ScalarKind(ofPlain: UnsafeBufferPointer(rebasing: bytes[value])) == .text
    }

    /// Whether the value is an instant of RFC 3339 in UTC.
    package func isInstant(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        value.map { CalendarForm.isInstant(UnsafeBufferPointer(rebasing: bytes[$0])) } ?? false
    }

    /// The value, if it is `true` or `false`, plain.
    package func boolean(in bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let value, !isQuoted else { return nil }
        if bytes[value].elementsEqual("true".utf8) { return true }
        return bytes[value].elementsEqual("false".utf8) ? false : nil
    }

    /// Where the value of an element without a key begins.
    package var place: Place { Place(line: number, column: indent + 1) }
}
