internal import Synchronization

/// The ids of all records of one kind in ascending order, for pages that stay stable while others write.
///
/// A number stands beside each id, by which whoever has a page finds its records without looking for the ids.
///
/// Kept in blocks of sorted runs of bounded length: an insertion copies one run, one block's list of runs and the list of
/// blocks, and not the whole order; a page starts at any index without a sort.
package struct OrderedIDs: Hashable, Sendable {
    private static let longestRun = 128
    private static let longestBlock = 32
    private var content = Content.made([])
    /// How many ids there are.
    package private(set) var count = 0

    private enum Content: Sendable {
        case made([Block])
        case listed(Listed)
    }

    /// Ids in any order until somebody asks for theirs: a start, which has all of them, accepts requests before.
    private final class Listed: Sendable {
        private let state: Mutex<State>

        private enum State: Sendable {
            case ids([String])
            case blocks([Block])
        }

        init(_ ids: [String]) { state = Mutex(.ids(ids)) }

        var blocks: [Block] {
            state.withLock { state in
                switch state {
                case .blocks(let blocks): return blocks
                case .ids(let ids):
                    let blocks = OrderedIDs.blocks(of: ids)
                    state = .blocks(blocks)
                    return blocks
                }
            }
        }
    }

    private var blocks: [Block] {
        get {
            switch content {
            case .made(let blocks): blocks
            case .listed(let listed): listed.blocks
            }
        }
        set { content = .made(newValue) }
    }

    /// Some runs that follow each other; none of them is empty, and there is one at least.
    private final class Block: Sendable {
        let runs: [IDRun]
        /// The number of ids.
        let count: Int

        init(_ runs: [IDRun], count: Int) {
            self.runs = runs
            self.count = count
        }
    }

    package init() {}

    /// Ids that differ, in any order; the number of each is its place among them.
    init(_ ids: [String]) {
        content = .listed(Listed(ids))
        count = ids.count
    }

    /// Puts ids in order that were taken in any, unless that is done, so that nobody waits for it later.
    package func prepare() { _ = blocks }

    private static func blocks(of ids: [String]) -> [Block] {
        // Half full, as those are that were split, so that the next insertions split none.
        let runs = parts(order(of: ids), of: longestRun / 2).map { numbers in
            IDRun(numbers.lazy.map { (ids[$0], UInt32($0)) })
        }
        return parts(runs, of: longestBlock / 2).map { runs in
            Block(Array(runs), count: runs.reduce(0) { $0 + $1.count })
        }
    }

    /// The places of ids in the order that `sorted()` gives, by numbers first: nearly all ids differ within eight bytes.
    private static func order(of ids: [String]) -> [Int] {
        // Only the bytes of ASCII stand in the order of their texts, whatever stands behind them.
        var others: UInt8 = 0
        var keyed = ids.enumerated().map { number, id in
            var key: UInt64 = 0
            var count = 0
            for byte in id.utf8 {
                if count < 8 { key = key << 8 | UInt64(byte) }
                count += 1
                others |= byte
            }
            if count < 8 { key <<= 8 * UInt64(8 - count) }
            return (key: key, number: number)
        }
        guard others < 0x80 else { return ids.indices.sorted { ids[$0] < ids[$1] } }
        keyed.sort { $0.key == $1.key ? ids[$0.number] < ids[$1.number] : $0.key < $1.key }
        return keyed.map(\.number)
    }

    private static func parts<Element>(_ all: [Element], of length: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: all.count, by: length).map { all[$0..<Swift.min($0 + length, all.count)] }
    }

    /// Adds an id; one that is there already stays once, with the new number.
    package mutating func insert(_ id: String, number: UInt32 = 0) {
        let blocks = blocks
        guard !blocks.isEmpty else {
            self.blocks = [Block([IDRun([(id, number)])], count: 1)]
            count = 1
            return
        }
        let wanted = IDRun.Wanted(id)
        let place = Self.place(of: wanted, in: blocks)
        var runs = blocks[place.block].runs
        guard !place.isTaken else {
            runs[place.run] = runs[place.run].renumbering(place.index, as: number)
            return replace(place.block, with: runs, count: blocks[place.block].count)
        }
        runs[place.run] = runs[place.run].inserting(wanted, number: number, at: place.index)
        if runs[place.run].count > Self.longestRun {
            runs.replaceSubrange(place.run...place.run, with: runs[place.run].halves)
        }
        count += 1
        replace(place.block, with: runs, count: blocks[place.block].count + 1)
    }

    /// Removes an id, if it is there.
    package mutating func remove(_ id: String) {
        let blocks = blocks
        guard !blocks.isEmpty else { return }
        let wanted = IDRun.Wanted(id)
        let place = Self.place(of: wanted, in: blocks)
        var runs = blocks[place.block].runs
        guard place.isTaken else { return }
        runs[place.run] = runs[place.run].removing(at: place.index)
        if runs[place.run].count == 0 { runs.remove(at: place.run) }
        count -= 1
        replace(place.block, with: runs, count: blocks[place.block].count - 1)
    }

    /// At most `limit` ids from an index on; an index past the end gives none.
    package func page(from start: Int, limit: Int) -> [String] {
        var ids: [String] = []
        ids.reserveCapacity(length(from: start, limit: limit))
        forEachPart(from: start, limit: limit) { run, indices in run.append(indices, to: &ids) }
        return ids
    }

    /// The numbers beside the ids that ``page(from:limit:)`` gives.
    package func numbers(from start: Int, limit: Int) -> [UInt32] {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(length(from: start, limit: limit))
        forEachPart(from: start, limit: limit) { run, indices in run.append(indices, to: &numbers) }
        return numbers
    }

    private func length(from start: Int, limit: Int) -> Int {
        Swift.max(0, Swift.min(limit, count - Swift.max(0, start)))
    }

    private func forEachPart(from start: Int, limit: Int, _ body: (IDRun, Range<Int>) -> Void) {
        var skipped = Swift.max(0, start)
        var wanted = limit
        for block in blocks {
            guard wanted > 0 else { return }
            if skipped >= block.count {
                skipped -= block.count
                continue
            }
            for run in block.runs where wanted > 0 {
                let first = Swift.min(skipped, run.count)
                let indices = first..<first + Swift.min(run.count - first, wanted)
                body(run, indices)
                skipped -= first
                wanted -= indices.count
            }
        }
    }
}

extension OrderedIDs {
    private mutating func replace(_ block: Int, with runs: [IDRun], count: Int) {
        if runs.isEmpty {
            blocks.remove(at: block)
        } else if runs.count > Self.longestBlock {
            let halves = Self.halves(runs).map { runs in Block(runs, count: runs.reduce(0) { $0 + $1.count }) }
            blocks.replaceSubrange(block...block, with: halves)
        } else {
            blocks[block] = Block(runs, count: count)
        }
    }

    private static func halves<Element>(_ all: [Element]) -> [[Element]] {
        let middle = all.count / 2
        return [Array(all[..<middle]), Array(all[middle...])]
    }

    /// Where an id is, or would be.
    private struct Position {
        let block: Int
        let run: Int
        let index: Int
        let isTaken: Bool
    }

    private static func place(of id: IDRun.Wanted, in blocks: [Block]) -> Position {
        // The last block and the last run that do not start after it.
        let nextBlock = first(below: blocks.count) { blocks[$0].runs[0].begins(after: id) }
        let block = Swift.max(0, nextBlock - 1)
        let runs = blocks[block].runs
        let nextRun = first(below: runs.count) { runs[$0].begins(after: id) }
        let run = Swift.max(0, nextRun - 1)
        let index = first(below: runs[run].count) { runs[run].order(of: $0, to: id) != .before }
        let isTaken = index < runs[run].count && runs[run].order(of: index, to: id) == .same
        return Position(block: block, run: run, index: index, isTaken: isTaken)
    }

    /// The first number that is so, where all behind it are, too; the limit when none below it is.
    private static func first(below limit: Int, where isSo: (Int) -> Bool) -> Int {
        var low = 0
        var high = limit
        while low < high {
            let middle = (low + high) / 2
            if isSo(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension OrderedIDs {
    /// The same ids are the same order, however it is cut into runs.
    package static func == (left: OrderedIDs, right: OrderedIDs) -> Bool {
        left.count == right.count && left.elementsEqual(right)
    }

    package func hash(into hasher: inout Hasher) {
        for id in self { hasher.combine(id) }
    }
}

extension OrderedIDs: Sequence {
    package func makeIterator() -> some IteratorProtocol<String> {
        blocks.lazy.flatMap(\.runs).joined().makeIterator()
    }
}
