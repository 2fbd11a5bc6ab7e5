/// Some ids in ascending order as one piece of text: an order that others read is changed by copying a run of it, and
/// sixty-four texts are sixty-four counts of who holds them.
struct IDRun: Sendable {
    private var bytes: [UInt8] = []
    /// Where each id ends.
    private var ends: [UInt32] = []
    /// Whether bytes are in the order of the texts, as they are of all ids that people or programs make.
    private var isASCII = true

    /// Ids that are in ascending order.
    init(_ ids: some Sequence<String>) {
        for id in ids {
            bytes.append(contentsOf: id.utf8)
            ends.append(UInt32(bytes.count))
        }
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    /// The number of ids.
    var count: Int { ends.count }

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

    /// Puts an id before the one that stands at an index, or behind the last one.
    mutating func insert(_ id: String, at index: Int) {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        let text = Array(id.utf8)
        bytes.insert(contentsOf: text, at: start)
        ends.insert(UInt32(start), at: index)
        for later in index..<ends.count { ends[later] += UInt32(text.count) }
        isASCII = isASCII && text.allSatisfy { $0 < 0x80 }
    }

    /// Takes an id out.
    mutating func remove(at index: Int) {
        let range = range(of: index)
        bytes.removeSubrange(range)
        ends.remove(at: index)
        for later in index..<ends.count { ends[later] -= UInt32(range.count) }
    }

    /// Both halves.
    var halves: [IDRun] {
        let middle = count / 2
        return [0..<middle, middle..<count].map { part in IDRun(part.lazy.map { self[$0] }) }
    }

    private func range(of index: Int) -> Range<Int> { (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) }
}

extension IDRun {
    /// An id that is looked for.
    struct Wanted {
        let id: String
        fileprivate let bytes: [UInt8]
        fileprivate let isASCII: Bool

        init(_ id: String) {
            self.id = id
            bytes = Array(id.utf8)
            isASCII = bytes.allSatisfy { $0 < 0x80 }
        }
    }

    /// Whether the id at an index comes before another one.
    func isBefore(_ wanted: Wanted, at index: Int) -> Bool {
        guard isASCII, wanted.isASCII else { return self[index] < wanted.id }
        return bytes[range(of: index)].lexicographicallyPrecedes(wanted.bytes)
    }

    /// Whether the id at an index is another one.
    func isSame(_ wanted: Wanted, at index: Int) -> Bool {
        guard isASCII, wanted.isASCII else { return self[index] == wanted.id }
        return bytes[range(of: index)].elementsEqual(wanted.bytes)
    }
}

extension IDRun: Sequence {
    func makeIterator() -> some IteratorProtocol<String> { indices.lazy.map { self[$0] }.makeIterator() }

    private var indices: Range<Int> { 0..<count }
}
