internal import Roster

/// Changes of one source, one after the other, that the files do not have yet: one state to write, one commit to make.
struct FileRun: Sendable {
    private(set) var changes: [FileNote]
    private(set) var touched: Set<String>
    /// The state after the last change; those in between are let go of at once, while they are still at hand.
    private(set) var state: Snapshot
    let since: ContinuousClock.Instant

    init(_ change: FileNote, _ state: Snapshot, at now: ContinuousClock.Instant) {
        changes = [change]
        touched = change.touched
        self.state = state
        since = now
    }

    /// Takes up a change; false when it is another source's, or the run is long enough.
    mutating func add(_ change: FileNote, _ state: Snapshot, limit: Int) -> Bool {
        guard changes.last?.told.source == change.told.source, touched.count < limit else { return false }
        changes.append(change)
        touched.formUnion(change.touched)
        self.state = state
        return true
    }

    /// What is left of it when its first changes are in the files.
    ///
    /// - Parameters:
    ///   - through: the last change that is in the files.
    ///   - now: when writing it began; what came since is not older.
    /// - Returns: nil when all of them are.
    func rest(behind through: Int, since now: ContinuousClock.Instant) -> FileRun? {
        var rest: FileRun?
        for change in changes where change.sequence > through {
            if rest?.add(change, state, limit: .max) != true { rest = FileRun(change, state, at: now) }
        }
        return rest
    }
}

/// A change that is on disk, on its way to the files: which of them it changes, and what is told of it then.
struct FileNote: Sendable {
    let sequence: Int
    let touched: Set<String>
    /// Without files; it ends no batch.
    let told: StoredChange

    init(_ change: AppliedChange) {
        sequence = change.sequence
        touched = change.touched
        told = StoredChange(change)
    }
}

/// What the files do not have yet, and who waits until they do.
struct FileBacklog: Sendable {
    private(set) var runs: [FileRun] = []
    /// How many records are to be written.
    private(set) var records = 0
    /// How many changes of records are kept in memory for that.
    private(set) var changes = 0
    private(set) var pace = FilePace()
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
    /// Whether the thread lets changes gather, and looks at nothing else meanwhile.
    var isGathering = false

    /// Takes up changes that are in the journal, with the states after them.
    mutating func add(
        _ changes: [(note: FileNote, state: Snapshot)],
        _ limits: StoreLimits,
        at now: ContinuousClock.Instant
    ) {
        let limit = batch(limits, at: now)
        for (note, state) in changes {
            self.changes += note.touched.count
            if let last = runs.indices.last {
                let before = runs[last].touched.count
                if runs[last].add(note, state, limit: limit) {
                    records += runs[last].touched.count - before
                    continue
                }
            }
            records += note.touched.count
            runs.append(FileRun(note, state, at: now))
        }
    }

    /// How many records are written together.
    private func batch(_ limits: StoreLimits, at now: ContinuousClock.Instant) -> Int {
        pace.records(within: limits.longestBatch, atMost: limits.batch, at: now)
    }

    /// Whether there is enough to do for a whole batch, or to hold up new changes.
    func isEnough(_ limits: StoreLimits, at now: ContinuousClock.Instant) -> Bool {
        records >= batch(limits, at: now) || changes > limits.backlog
    }

    /// Until when changes gather, the first of which came at a time, so that what is changed again is written once.
    func gathering(since: ContinuousClock.Instant, _ limits: StoreLimits) -> ContinuousClock.Instant {
        let end = since + limits.pause
        return pace.rested(longest: limits.longestRest).map { max(end, $0) } ?? end
    }

    /// Takes the first runs to be written, which stay until they are: as many as together touch not many more records
    /// than a batch should have, at least one.
    mutating func begin(_ limits: StoreLimits, at now: ContinuousClock.Instant) -> [FileRun] {
        let limit = batch(limits, at: now)
        var count = 0
        let next = runs.prefix { run in
            guard count == 0 || count + run.touched.count <= limit else { return false }
            count += run.touched.count
            return true
        }
        pace.begin(records: count, at: now)
        return Array(next)
    }

    /// Forgets runs that are in the files now; a run may have got longer in between, and then stays with the rest.
    ///
    /// - Parameters:
    ///   - written: as they were when they were taken.
    ///   - since: when writing them began; what came since is not older.
    ///   - now: when that was done.
    ///   - through: the last change that is in the files.
    mutating func remove(
        _ written: [FileRun],
        since: ContinuousClock.Instant,
        at now: ContinuousClock.Instant,
        through: Int
    ) {
        self.through = through
        pace.end(at: now)
        let last = written.last?.changes.last?.sequence ?? 0
        let rest = runs.prefix(written.count).compactMap { $0.rest(behind: last, since: since) }
        runs.replaceSubrange(..<min(written.count, runs.count), with: rest)
        records = runs.reduce(0) { $0 + $1.touched.count }
        changes = runs.reduce(0) { $0 + $1.changes.reduce(0) { $0 + $1.touched.count } }
    }

    /// Whether new changes have to wait: their files would be too late, or too much is kept in memory.
    func isFull(_ limits: StoreLimits, at now: ContinuousClock.Instant) -> Bool {
        guard let first = runs.first else { return false }
        return changes > limits.backlog
            || records > pace.records(within: limits.longestLag, atMost: limits.backlog, at: now)
            || first.since.duration(to: now) > limits.longestLag
    }
}
