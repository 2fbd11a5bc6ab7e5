internal import Store

/// The changes that wait for their commit, in order; pure, so that its rules can be read off a table.
struct Pending: Hashable, Sendable {
    private(set) var batches: [Batch] = []
    let window: Window

    init(window: Window) { self.window = window }

    var count: Int { batches.reduce(0) { $0 + $1.count } }

    /// Takes up a change; one of another source than the last closes that one's window.
    mutating func add(_ change: StoredChange, at now: Duration) {
        if let last = batches.indices.last, batches[last].source == change.source {
            batches[last].add(change, at: now)
        } else {
            batches.append(Batch(change, at: now))
        }
    }

    /// When the oldest window ends; nil when nothing waits, or only something that is not whole yet.
    var deadline: Duration? {
        guard let first = batches.first, first.isWhole else { return nil }
        // Something of another source has come since.
        guard batches.count == 1 else { return first.touched }
        return min(first.touched + window.quiet, first.opened + window.longest)
    }

    /// Takes out the oldest batch, whether its window has ended or not.
    mutating func takeFirst() -> Batch? {
        batches.isEmpty ? nil : batches.removeFirst()
    }

    /// Puts a batch that could not be committed back in front; what the same source changed since joins it.
    mutating func putBack(_ batch: Batch) {
        var batch = batch
        if let first = batches.first, first.source == batch.source {
            batch.append(first)
            batches.removeFirst()
        }
        batches.insert(batch, at: 0)
    }
}
