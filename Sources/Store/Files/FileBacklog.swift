internal import Roster

/// Changes of one source, one after the other, that the files do not have yet: one state to write, one commit to make.
struct FileRun: Sendable {
    private(set) var changes: [AppliedChange]
    private(set) var touched: Set<String>
    let since: ContinuousClock.Instant

    init(_ change: AppliedChange, at now: ContinuousClock.Instant) {
        changes = [change]
        touched = change.touched
        since = now
    }

    /// The state after the last change.
    var state: Snapshot? { changes.last?.after }

    /// Takes up a change; false when it is another source's, or the run is long enough.
    mutating func add(_ change: AppliedChange, limit: Int) -> Bool {
        guard changes.last?.requester.source == change.requester.source, touched.count < limit else { return false }
        changes.append(change)
        touched.formUnion(change.touched)
        return true
    }
}

/// What the files do not have yet, and who waits until they do.
struct FileBacklog: Sendable {
    private(set) var runs: [FileRun] = []
    private(set) var records = 0
    /// Why the last attempt to write failed.
    var trouble: StoreError?
    var waiting: [Promise<Void>] = []
    /// What others may have done to the files, and who asks about it.
    var news: FolderNews?
    var questions: [FileQuestion] = []
    /// The last change that is in the files.
    private(set) var through = 0
    var isClosing = false
    /// Whether the thread ends at once and leaves everything to the next start.
    var isAbandoned = false
    /// Whether the thread has ended.
    var isEnded = false

    /// Takes up changes that are in the journal.
    mutating func add(_ changes: [AppliedChange], limit: Int, at now: ContinuousClock.Instant) {
        for change in changes {
            records += change.touched.count
            if let last = runs.indices.last, runs[last].add(change, limit: limit) { continue }
            runs.append(FileRun(change, at: now))
        }
    }

    /// The first runs that together touch not many more records than a limit; at least one.
    func next(limit: Int) -> [FileRun] {
        var count = 0
        return Array(
            runs.prefix { run in
                defer { count += run.touched.count }
                return count == 0 || count + run.touched.count <= limit
            }
        )
    }

    /// Forgets runs that are in the files now; a run may have got longer in between, and then stays with the rest.
    ///
    /// - Parameters:
    ///   - written: as they were when they were taken.
    ///   - since: when writing them began; what came since is not older.
    ///   - through: the last change that is in the files.
    mutating func remove(_ written: [FileRun], since: ContinuousClock.Instant, through: Int) {
        self.through = through
        let last = written.last?.changes.last?.sequence ?? 0
        var rest: [AppliedChange] = []
        for run in runs.prefix(written.count) { rest += run.changes.filter { $0.sequence > last } }
        runs.removeFirst(min(written.count, runs.count))
        if !rest.isEmpty {
            var again: [FileRun] = []
            for change in rest {
                if let index = again.indices.last, again[index].add(change, limit: .max) { continue }
                again.append(FileRun(change, at: since))
            }
            runs = again + runs
        }
        records = runs.reduce(0) { $0 + $1.changes.reduce(0) { $0 + $1.touched.count } }
    }

    /// Whether new changes have to wait.
    func isFull(_ limits: StoreLimits, at now: ContinuousClock.Instant) -> Bool {
        guard let first = runs.first else { return false }
        return records > limits.backlog || first.since.duration(to: now) > limits.longestLag
    }
}
