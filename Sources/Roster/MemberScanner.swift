/// Finds the members of a JSON object in text that this program wrote itself, without reading their values.
///
/// Such text has no spaces and no faults, so that a value ends where its brackets are closed; every access is checked
/// against the end all the same.
struct MemberScanner {
    private let text: UnsafeBufferPointer<UInt8>
    /// Where the next member begins, or behind the text.
    private(set) var position = 0

    /// Begins before the first member; the text has no braces around its members.
    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// Where the next member's name (with its quotes) and value stand; nil behind the last one.
    mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
        guard position < text.count else { return nil }
        let start = position
        skipString()
        let name = start..<position
        position += 1
        guard position < text.count else { return nil }
        let valueStart = position
        skipValue()
        let value = valueStart..<position
        position += 1
        return (name, value)
    }

    /// Whether a name in the text is this one, which has nothing that is escaped.
    func isName(_ range: Range<Int>, _ name: String) -> Bool {
        guard range.count == name.utf8.count + 2 else { return false }
        return text[range.dropFirst().dropLast()].elementsEqual(name.utf8)
    }

    private mutating func skipString() {
        position += 1
        skipPlainWords()
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        position = text.count
    }

    /// Goes on, eight bytes at once, to the next quote or backslash, or to where there are less than eight.
    private mutating func skipPlainWords() {
        let bytes = UnsafeRawBufferPointer(text)
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let found = Self.marks(of: UInt8(ascii: "\""), in: word) | Self.marks(of: UInt8(ascii: "\\"), in: word)
            position += found.trailingZeroBitCount / 8
            if found != 0 { return }
        }
    }

    /// A word whose lowest bit that is set stands in the lowest byte of another one that is this; 0 where none is.
    private static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let differences = word ^ (ones &* UInt64(byte))
        return (differences &- ones) & ~differences & (ones << 7)
    }

    private mutating func skipValue() {
        var depth = 0
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 0: return
            default: break
            }
            position += 1
        }
    }
}
