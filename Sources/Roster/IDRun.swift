/// Some ids in ascending order as one piece of text, each with a number.
///
/// A class that never changes: an order that others read is changed by copying one run, and whoever copies the list of
/// runs adds one count for each of them, where it would be one for each text.
final class IDRun: Sendable {
    private let bytes: [UInt8]
    private let entries: [Entry]
    /// Whether bytes are in the order of the texts, as they are of all ids that people or programs make.
    private let isASCII: Bool
    /// The key of the first id.
    private let firstKey: UInt64

    private struct Entry {
        /// Where the id ends.
        var end: UInt32
        /// The number that stands beside it.
        var number: UInt32
    }

    private init(bytes: [UInt8], entries: [Entry], isASCII: Bool) {
        self.bytes = bytes
        self.entries = entries
        self.isASCII = isASCII
        firstKey = entries.first.map { Self.key(of: bytes[..<Int($0.end)]) } ?? 0
    }

    /// The first eight bytes of an id as a number, by which most can be told apart without a look at their texts.
    fileprivate static func key(of bytes: ArraySlice<UInt8>) -> UInt64 {
        (0..<8).reduce(0) { key, offset in
            key << 8 | (offset < bytes.count ? UInt64(bytes[bytes.startIndex + offset]) : 0)
        }
    }

    /// Ids that are in ascending order, with their numbers.
    convenience init(_ ids: some Sequence<(id: String, number: UInt32)>) {
        var bytes: [UInt8] = []
        var entries: [Entry] = []
        for (id, number) in ids {
            bytes.append(contentsOf: id.utf8)
            entries.append(Entry(end: UInt32(bytes.count), number: number))
        }
        self.init(bytes: bytes, entries: entries, isASCII: bytes.allSatisfy { $0 < 0x80 })
    }

    /// How many ids there are.
    var count: Int { entries.count }

    /// One id.
    subscript(index: Int) -> String { String(decoding: bytes[range(of: index)], as: UTF8.self) }

    /// Appends the ids of some indices to others; asked for one by one, each would count who holds the text.
    func append(_ indices: Range<Int>, to ids: inout [String]) {
        bytes.withUnsafeBufferPointer { bytes in
            for index in indices {
                ids.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[range(of: index)]), as: UTF8.self))
            }
        }
    }

    /// The number beside the id at an index.
    func number(at index: Int) -> UInt32 { entries[index].number }

    /// Appends the numbers of some indices to others.
    func append(_ indices: Range<Int>, to numbers: inout [UInt32]) {
        numbers.append(contentsOf: entries[indices].lazy.map(\.number))
    }

    private func range(of index: Int) -> Range<Int> { start(of: index)..<Int(entries[index].end) }

    private func start(of index: Int) -> Int { index == 0 ? 0 : Int(entries[index - 1].end) }
}

// Runs that differ by a little.
extension IDRun {
    /// The run with another id before the one that stands at an index, or behind the last one.
    func inserting(_ id: Wanted, number: UInt32, at index: Int) -> IDRun {
        let start = start(of: index)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.bytes.count + id.bytes.count)
        bytes.append(contentsOf: self.bytes[..<start])
        bytes.append(contentsOf: id.bytes)
        bytes.append(contentsOf: self.bytes[start...])
        var entries: [Entry] = []
        entries.reserveCapacity(count + 1)
        entries.append(contentsOf: self.entries[..<index])
        entries.append(Entry(end: UInt32(start), number: number))
        entries.append(contentsOf: self.entries[index...])
        for later in index..<entries.count { entries[later].end += UInt32(id.bytes.count) }
        return IDRun(bytes: bytes, entries: entries, isASCII: isASCII && id.isASCII)
    }

    /// The run without the id at an index.
    func removing(at index: Int) -> IDRun {
        let range = range(of: index)
        var (bytes, entries) = (bytes, entries)
        bytes.removeSubrange(range)
        entries.remove(at: index)
        for later in index..<entries.count { entries[later].end -= UInt32(range.count) }
        return IDRun(bytes: bytes, entries: entries, isASCII: isASCII)
    }

    /// The run with another number beside the id at an index.
    func renumbering(_ index: Int, as number: UInt32) -> IDRun {
        var entries = entries
        entries[index].number = number
        return IDRun(bytes: bytes, entries: entries, isASCII: isASCII)
    }

    /// Both halves.
    var halves: [IDRun] {
        let middle = count / 2
        return [0..<middle, middle..<count].map { part in IDRun(part.lazy.map { (self[$0], self.number(at: $0)) }) }
    }
}

extension IDRun {
    /// An id that is looked for.
    struct Wanted {
        let id: String
        fileprivate let bytes: [UInt8]
        fileprivate let isASCII: Bool
        fileprivate let key: UInt64

        init(_ id: String) {
            self.id = id
            bytes = Array(id.utf8)
            isASCII = bytes.allSatisfy { $0 < 0x80 }
            key = IDRun.key(of: bytes[...])
        }
    }

    /// Whether the first id comes after another one.
    func begins(after wanted: Wanted) -> Bool {
        // The order of the keys is that of the bytes.
        if isASCII, wanted.isASCII, firstKey != wanted.key { return firstKey > wanted.key }
        return order(of: 0, to: wanted) == .after
    }

    /// How the id at an index stands to another one.
    enum Order {
        case before, same, after
    }

    /// Whether the id at an index comes before another one, is it, or comes after it.
    func order(of index: Int, to wanted: Wanted) -> Order {
        guard isASCII, wanted.isASCII else {
            let id = self[index]
            return id < wanted.id ? .before : id == wanted.id ? .same : .after
        }
        return bytes.withUnsafeBufferPointer { bytes in
            wanted.bytes.withUnsafeBufferPointer { wanted in
                let start = start(of: index)
                let length = Int(entries[index].end) - start
                for offset in 0..<Swift.min(length, wanted.count) where bytes[start + offset] != wanted[offset] {
                    return bytes[start + offset] < wanted[offset] ? .before : .after
                }
                return length < wanted.count ? .before : length == wanted.count ? .same : .after
            }
        }
    }
}

extension IDRun: Sequence {
    func makeIterator() -> some IteratorProtocol<String> { (0..<count).lazy.map { self[$0] }.makeIterator() }
}
