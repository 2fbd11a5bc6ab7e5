/// The ids of all records of one kind in ascending order, for pages that stay stable while others write.
///
/// Kept in sorted runs of bounded length: an insertion copies one run and the list of runs, not the whole order,
/// and a page starts at any index without a sort.
package struct OrderedIDs: Hashable, Sendable {
    private static let longestRun = 512
    private var runs: [[String]] = []
    /// The number of ids.
    package private(set) var count = 0

    package init() {}

    /// Ids that differ, in any order.
    init(_ ids: [String]) {
        let sorted = ids.sorted()
        // Half full, as runs are that were split, so that the next insertions split none.
        runs = stride(from: 0, to: sorted.count, by: Self.longestRun / 2).map { start in
            Array(sorted[start..<Swift.min(start + Self.longestRun / 2, sorted.count)])
        }
        count = sorted.count
    }

    /// Adds an id; one that is there already stays once.
    package mutating func insert(_ id: String) {
        guard !runs.isEmpty else {
            runs = [[id]]
            count = 1
            return
        }
        let run = runIndex(for: id)
        let index = Self.index(of: id, in: runs[run])
        guard index == runs[run].count || runs[run][index] != id else { return }
        runs[run].insert(id, at: index)
        count += 1
        if runs[run].count > Self.longestRun { split(run) }
    }

    /// Removes an id, if it is there.
    package mutating func remove(_ id: String) {
        guard !runs.isEmpty else { return }
        let run = runIndex(for: id)
        let index = Self.index(of: id, in: runs[run])
        guard index < runs[run].count, runs[run][index] == id else { return }
        runs[run].remove(at: index)
        count -= 1
        if runs[run].isEmpty { runs.remove(at: run) }
    }

    /// At most `limit` ids from an index on; an index past the end gives none.
    package func page(from start: Int, limit: Int) -> [String] {
        var skipped = Swift.max(0, start)
        var result: [String] = []
        for run in runs {
            guard result.count < limit else { break }
            if skipped >= run.count {
                skipped -= run.count
                continue
            }
            result.append(contentsOf: run.dropFirst(skipped).prefix(limit - result.count))
            skipped = 0
        }
        return result
    }

    private mutating func split(_ run: Int) {
        let middle = runs[run].count / 2
        let tail = Array(runs[run][middle...])
        runs[run].removeSubrange(middle...)
        runs.insert(tail, at: run + 1)
    }

    /// The run that holds an id or would: the last one that does not start after it.
    private func runIndex(for id: String) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle][0] <= id { low = middle + 1 } else { high = middle }
        }
        return Swift.max(0, low - 1)
    }

    private static func index(of id: String, in run: [String]) -> Int {
        var low = 0
        var high = run.count
        while low < high {
            let middle = (low + high) / 2
            if run[middle] < id { low = middle + 1 } else { high = middle }
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
    package func makeIterator() -> some IteratorProtocol<String> { runs.joined().makeIterator() }
}
