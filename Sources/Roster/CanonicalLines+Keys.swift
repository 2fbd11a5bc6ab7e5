internal import YAML

// How the lines of maps and lists follow each other, for the readers of records in canonical form.
extension CanonicalLines {
    /// Goes on to the first key of the map below a key.
    ///
    /// - Returns: its line; nil where no map stands below.
    mutating func firstKey(below key: Line) -> Line? {
        guard key.value == nil else { return nil }
        advance()
        guard let first = line, first.indent > key.indent, !first.isElement else { return nil }
        return first
    }

    /// The line of a map's next key; nil behind its last.
    func nextKey(beside first: Line) -> Line? {
        guard let line, line.indent == first.indent, !line.isElement else { return nil }
        return line
    }

    /// Goes on to the first element of the list below a key.
    ///
    /// - Returns: its line; nil where no list stands below, or one that is not indented.
    mutating func firstElement(below key: Line) -> Line? {
        guard key.value == nil else { return nil }
        advance()
        guard let first = line, first.isElement, first.indent - 2 > key.indent else { return nil }
        return first
    }

    /// The line of a list's next element; nil behind its last.
    func nextElement(beside first: Line) -> Line? {
        guard let line, line.isElement, line.indent == first.indent else { return nil }
        return line
    }

    /// Whether a key is spelled like this.
    func isKey(_ range: Range<Int>, _ key: StaticString) -> Bool {
        isSame(range, UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    /// Whether the same bytes stand in a range.
    func isSame(_ range: Range<Int>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == other.count else { return false }
        for offset in 0..<other.count where bytes[range.lowerBound + offset] != other[offset] { return false }
        return true
    }
}

/// Which keys of one map stood there so far, and whether in canonical order.
struct KeysSeen {
    private(set) var isOrdered = true
    private var seen: UInt64 = 0
    /// Where a file in canonical order goes on.
    private var expected = 0

    /// The attribute that a key stands for; a map in canonical order asks each time for the next one.
    func index(of key: Slice<UnsafeBufferPointer<UInt8>>, in fields: [RecordScheme.Field]) -> Int? {
        for index in expected..<fields.count where fields[index].key.elementsEqual(key) { return index }
        for index in 0..<min(expected, fields.count) where fields[index].key.elementsEqual(key) { return index }
        return nil
    }

    /// False if the key stood there already.
    mutating func add(_ index: Int) -> Bool {
        guard seen & (1 << UInt64(index)) == 0 else { return false }
        seen |= 1 << UInt64(index)
        if index < expected { isOrdered = false }
        expected = index + 1
        return true
    }
}
