/// Some ids in ascending order as one piece of text.
///
/// A class that never changes: an order that others read is changed by copying one run, and whoever copies the list of
/// runs adds one count for each of them, where it would be one for each text.
final class IDRun: Sendable {
    private let bytes: [UInt8]
    /// Where each id ends.
    private let ends: [UInt32]
    /// Whether bytes are in the order of the texts, as they are of all ids that people or programs make.
    private let isASCII: Bool

    private init(bytes: [UInt8], ends: [UInt32], isASCII: Bool) {
        self.bytes = bytes
        self.ends = ends
        self.isASCII = isASCII
    }

    /// Ids that are in ascending order.
    convenience init(_ ids: some Sequence<String>) {
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        for id in ids {
            bytes.append(contentsOf: id.utf8)
            ends.append(UInt32(bytes.count))
        }
        self.init(bytes: bytes, ends: ends, isASCII: bytes.allSatisfy { $0 < 0x80 })
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

    private func range(of index: Int) -> Range<Int> { start(of: index)..<Int(ends[index]) }

    private func start(of index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }
}

// Runs that differ by a little.
extension IDRun {
    /// The run with another id before the one that stands at an index, or behind the last one.
    func inserting(_ id: Wanted, at index: Int) -> IDRun {
        let start = start(of: index)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.bytes.count + id.bytes.count)
        bytes.append(contentsOf: self.bytes[..<start])
        bytes.append(contentsOf: id.bytes)
        bytes.append(contentsOf: self.bytes[start...])
        var ends: [UInt32] = []
        ends.reserveCapacity(count + 1)
        ends.append(contentsOf: self.ends[..<index])
        ends.append(UInt32(start))
        ends.append(contentsOf: self.ends[index...])
        for later in index..<ends.count { ends[later] += UInt32(id.bytes.count) }
        return IDRun(bytes: bytes, ends: ends, isASCII: isASCII && id.isASCII)
    }

    /// The run without the id at an index.
    func removing(at index: Int) -> IDRun {
        let range = range(of: index)
        var (bytes, ends) = (bytes, ends)
        bytes.removeSubrange(range)
        ends.remove(at: index)
        for later in index..<ends.count { ends[later] -= UInt32(range.count) }
        return IDRun(bytes: bytes, ends: ends, isASCII: isASCII)
    }

    /// Both halves.
    var halves: [IDRun] {
        let middle = count / 2
        return [0..<middle, middle..<count].map { part in IDRun(part.lazy.map { self[$0] }) }
    }
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
                let length = Int(ends[index]) - start
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
