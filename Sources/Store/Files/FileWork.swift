internal import HashTreeCollections
internal import Roster
internal import Tree
internal import YAML

/// What the thread that writes files has: the files, and what it may do with them.
///
/// It belongs to that thread.
struct FileWork: Sendable {
    /// Makes somebody else's edits part of the state; blocks until readers see them.
    typealias Adopt = @Sendable (Adoption) -> Result<Adoption, StoreError>

    let latest: Latest
    let journal: JournalWriter
    let gate: any WriteGate
    let disk: Disk
    let limits: StoreLimits
    let log: any WriteLog
    let watch: any FolderWatch
    let announcement: AsyncStream<StoredChange>.Continuation
    let report: @Sendable (StoreEvent) -> Void
    let adopt: Adopt
    let files: RecordFiles
    /// The last change that is in the files.
    var through: Int
    /// The directory as the files have it.
    var written: Directory
    /// Records whose files somebody else left so that they cannot be written, by id.
    var held: [String: HeldFile] = [:]
    private let tree: TreeFolder
    /// Whether the tree is not where it was.
    private(set) var isTreeLost = false
    /// What others changed that is not part of the state yet.
    var foreign = ForeignPaths()
    /// Whether the folders are looked through from time to time, and when that was done last.
    private(set) var isPolling = false
    var polled = ContinuousClock.now
    /// When another program was last seen in the middle of changing many files.
    var lastBusy: ContinuousClock.Instant?
    /// Batches that were begun and are not known to be done.
    private var announced: [FileBatch] = []
    /// Files that those have taken away, with what they are where they lie now.
    var taken: [(path: String, mark: FileMark)] = []
    /// Others' files that were taken away with them and have not got their names back yet, with where they lie and the
    /// change for which they were to go.
    var displaced: [(path: String, aside: String, through: Int)] = []
    /// The last change that was noted in the log.
    private var noted: Int
    /// Where new contents wait until they take the files' places.
    var staging: Staging
    /// What was answered and is in no commit.
    var uncommitted = UncommittedChanges()
    /// Keeps readers from seeing half of what is put in place.
    let batches: BatchWriter

    init(
        _ start: StoreStart,
        _ options: StoreOptions,
        _ disk: Disk,
        _ latest: Latest,
        _ journal: JournalWriter,
        _ announcement: AsyncStream<StoredChange>.Continuation,
        adopt: @escaping Adopt
    ) {
        (self.latest, self.journal, self.disk, self.announcement) = (latest, journal, disk, announcement)
        (gate, limits, log, report) = (options.gate, options.limits, options.log, options.report)
        watch = options.watch(of: start.files.root, disk)
        self.adopt = adopt
        files = start.files
        tree = TreeFolder(path: start.files.root)
        staging = Staging(root: start.files.root, disk: disk)
        batches = BatchWriter(root: start.files.root)
        written = start.written
        through = start.pending.first.map { $0.sequence - 1 } ?? start.state.sequence
        noted = through
        for (id, path) in start.state.snapshot.broken.keptIDs { held[id] = HeldFile(path: path, base: written) }
        // What changed while the tree was read; a watch that was there before tells the rest of it.
        if watch.hasBegun { foreign.add(files.unread) } else { foreign.noteScan() }
    }

    /// Begins to be told of what others do.
    mutating func beginWatching(_ tell: @escaping @Sendable (FolderNews) -> Void) {
        written.prepare()
        files.prepare()
        do {
            try watch.start(tell)
        } catch {
            poll(because: "\(error)")
        }
    }

    /// Looks through the folders from time to time from now on, because changes of files may not be told.
    mutating func poll(because reason: String) {
        foreign.noteScan()
        guard !isPolling else { return }
        isPolling = true
        latest.watchTrouble = reason
        report(.notWatching(reason: reason))
    }

    /// Ends all writing when the tree is not where it was.
    ///
    /// The journal is in the folder that was moved, or is gone with it, so that what is answered from now on would not be
    /// found again; and what lies there now is nothing that the directory was read from.
    mutating func checkTree() {
        guard !isTreeLost, tree.isLost else { return }
        isTreeLost = true
        let problem =
            "the tree \"\(files.root)\" was removed or moved away, or another one was put in its place; bring it back with "
            + "its .dagroster/journal, which may hold changes that are in no file"
        journal.stop(.disagreement(problem))
    }

    /// Writes what runs changed, durably.
    ///
    /// - Returns: each run's files; nil when somebody else's edits were taken over first, so that there is more to write.
    mutating func write(_ runs: [FileRun]) throws(StoreError) -> [[FileChange]]? {
        // Before anything is made: a tree that is gone would be there again, nearly empty.
        checkTree()
        if let failure = journal.failure { throw failure }
        if let reason = gate.refusal() { throw .refused(reason) }
        guard let run = runs.last, let last = run.changes.last?.sequence else { return [] }
        if let folder = lostFolder {
            // Once: each attempt would put off that it is looked through.
            if !foreign.needsScan { foreign.noteScan() }
            throw .notWritten("the folder \(folder) is gone")
        }
        do throws(FileError) { try putBackDisplaced() } catch { throw .notWritten(error.description) }
        let touched = runs.reduce(into: Set<String>()) { $0.formUnion($1.touched) }
        // Of what nobody has told of yet it is noticed when the batch is prepared.
        if !foreign.isEmpty, try !isUnchanged(touched) { return nil }
        let writable = runs.map { $0.touched.subtracting(held.keys) }
        let changes = zip(runs, writable).map { run, ids in files.changes(for: ids, in: run.state) }
        var isDone = false
        defer { if !isDone { files.takeBackPlaces() } }
        let ordered = FileChange.newest(of: changes)
        let batch = try prepare(ordered, through: last, state: run.state)
        do throws(StoreError) {
            let edited = batch.edited(in: files.root)
            guard edited.isEmpty else {
                release(batch)
                note(edited)
                return nil
            }
            try note(ordered, runs, of: touched)
        } catch {
            release(batch)
            throw error
        }
        // From here on a crash is mended with the temporary files, which therefore stay until a batch is done.
        announced.append(batch)
        try journal.note(.batch(batch))
        let (refused, spare) = try make(batch)
        setAside(touched, at: last, in: run.state.directory)
        try journal.note(.done(through: last))
        for (path, mark) in spare { staging.release(path, mark) }
        // Of those that came to nothing only a look tells what is left.
        for batch in announced.dropLast() { release(batch) }
        announced = []
        releaseTaken()
        files.keepPlaces()
        isDone = true
        written = run.state.directory
        through = last
        return refused.isEmpty ? changes : changes.map { $0.filter { !refused.contains($0.path) } }
    }

    /// Keeps word of what is about to be written.
    private mutating func note(
        _ changes: [FileChange],
        _ runs: [FileRun],
        of ids: Set<String>
    ) throws(StoreError) {
        let noted = noted
        let count = runs.reduce(0) { $0 + $1.changes.count { $0.sequence > noted } }
        do {
            try log.note(changes, of: count)
        } catch {
            throw .notWritten("\(error)")
        }
        self.noted = runs.last?.changes.last?.sequence ?? noted
        // Without these, which nobody can have committed yet.
        uncommitted.forget(open: log.uncommitted - count)
        uncommitted.note(ids, base: written, changes: count)
    }

    /// Tells what was written, run by run; the last change of a run has the files.
    func announce(_ runs: [FileRun], _ files: [[FileChange]]) {
        for (run, files) in zip(runs, files) {
            for (index, change) in run.changes.enumerated() {
                let isLast = index == run.changes.count - 1
                var told = change.told
                if isLast { (told.files, told.endsBatch) = (files, true) }
                announcement.yield(told)
            }
        }
    }

    /// Ends what follows from this thread's work.
    mutating func end(isComplete: Bool) {
        watch.stop()
        if isComplete, !isTreeLost { staging.clear() }
        // That of another tree is not removed.
        journal.end(isComplete && !isTreeLost ? .removing : .keeping)
        journal.waitForEnd()
        announcement.finish()
    }
}
