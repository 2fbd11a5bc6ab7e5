package import Roster
internal import Tree
internal import YAML

/// The one writer of a tree's provisioned files, with the whole directory in memory.
///
/// Readers take a ``Snapshot``, which costs nothing and stays what it was. A change is a ``Mutation`` that is decided
/// on the newest state, applied to a copy, appended to the journal, and only then shown to readers and answered; all
/// changes that wait while the disk is busy share the next write. The files follow in batches on a thread of their own.
///
/// A class and not an actor: deciding takes microseconds and waits for nothing, so that a lock is handed on faster than
/// a task.
package final class Store: Sendable {
    /// The newest state that is on disk.
    package var snapshot: Snapshot { latest.value.snapshot }
    /// Every change in the order in which it was made, once it is in the files; they end when the store is closed.
    package let changes: AsyncStream<StoredChange>

    private let latest: Latest
    let journal: JournalWriter
    private let files: FileWriter
    private let records: RecordFiles
    private let gate: any WriteGate
    private let limits: StoreLimits
    private let confirmation: (any ChangeConfirmation)?
    /// How many changes ``changes`` has told or will tell, of those that are on disk.
    private let told: Guarded<Int>
    let now: @Sendable () -> Timestamp
    /// The newest state, which may not be on disk yet.
    ///
    /// Not a `Mutex`, which on Linux is handed to whoever has waited longest before that thread runs again: while
    /// processors are few, all others wait for it, too.
    let head: Guarded<Head>

    /// What the next change is decided on.
    struct Head {
        var state: Latest.State
        var recent = RecentChanges()
    }

    /// Begins where an earlier run ended.
    init(_ start: StoreStart, _ options: StoreOptions, disk: Disk, now: @escaping @Sendable () -> Timestamp) {
        let latest = Latest(start.state)
        let files = FileWriter(limits: options.limits)
        let told = Guarded(start.pending.count)
        let journal = JournalWriter(journal: start.journal) { newest, changes in
            told.withLock { $0 += changes.count }
            latest.publish(newest)
            if !changes.isEmpty { files.add(changes) }
        } onFailure: { [report = options.report] in
            report(.failed($0))
        }
        let announcement: AsyncStream<StoredChange>.Continuation
        (changes, announcement) = AsyncStream.makeStream()
        (self.latest, self.files, self.journal) = (latest, files, journal)
        (gate, confirmation, records, self.now) = (options.gate, options.confirmation, start.files, now)
        self.told = told
        limits = options.limits
        var head = Head(state: start.state)
        for change in start.pending { head.recent.note(change) { 0 } }
        self.head = Guarded(head)
        files.add(start.pending)
        let work = FileWork(start, options, disk, latest, journal, announcement) { [weak self] adoption in
            Self.blocking { [weak self] in
                guard let self else { throw StoreError.refused("dagroster is stopping") }
                return try await self.adopt(adoption)
            }
        }
        files.start(work)
    }

    deinit {
        // A closed store has ended both threads by now; of one that was dropped, the next start finds the rest in the
        // journal.
        files.abandon()
        journal.end(.keeping)
    }

    /// Makes one change, or none.
    ///
    /// What somebody else did to the record's file, or to the file that a new record would have, is part of the state
    /// that the change is decided on.
    ///
    /// - Parameters:
    ///   - requester: who asks, for the commit.
    ///   - id: the record that it is about, if there is one already.
    ///   - newRecord: the record that it makes, as far as that is known before it is decided.
    ///   - decide: looks at the newest state and says what is to change; nil for nothing. It may throw to refuse. It is
    ///     asked again when the state that it saw could not be made durable, or was not the newest after all.
    /// - Returns: the state right after the change, which is on disk.
    /// - Throws: what `decide` throws, ``RosterError`` and ``StoreError``; then nothing has changed, but for
    ///   ``StoreError/notPushed(_:)`` and what a confirmation throws else.
    package func change(
        by requester: Requester,
        on id: String? = nil,
        creating newRecord: NewRecord? = nil,
        _ decide: @Sendable (Snapshot, Timestamp) throws -> Mutation?
    ) async throws -> Snapshot {
        guard let confirmation else {
            return try await takeOver(by: requester, on: id, creating: newRecord, decide)
        }
        let record = Guarded<String?>(nil)
        let snapshot = try await takeOver(by: requester, on: id, creating: newRecord) { snapshot, now in
            let mutation = try decide(snapshot, now)
            record.withLock { $0 = mutation?.id }
            return mutation
        }
        // What was made since is waited for, too: it costs no further push.
        try await confirmation.confirm(told.withLock { $0 }, record: record.withLock { $0 })
        return snapshot
    }

    /// Makes one change, or none, that nobody outside waits for: it is in effect once it is on disk.
    ///
    /// - Parameters:
    ///   - requester: who asks, for the commit.
    ///   - id: the record that it is about, if there is one already.
    ///   - newRecord: the record that it makes, as far as that is known before it is decided.
    ///   - decide: as with ``change(by:on:creating:_:)``.
    /// - Returns: the state right after the change.
    /// - Throws: what `decide` throws, ``RosterError`` and ``StoreError``; then nothing has changed.
    @discardableResult
    package func takeOver(
        by requester: Requester,
        on id: String? = nil,
        creating newRecord: NewRecord? = nil,
        _ decide: @Sendable (Snapshot, Timestamp) throws -> Mutation?
    ) async throws -> Snapshot {
        try await files.room()
        if let path = id.flatMap(records.foreignPath(of:)) ?? newRecord.flatMap(records.foreignPath(of:)) {
            try await files.look(at: [path])
        }
        for _ in 0..<3 {
            do {
                return try await queue(requester, on: id, creating: newRecord, decide).value
            } catch let stale as StaleState {
                try await files.look(at: [stale.path])
            }
        }
        throw StoreError.refused("another program is changing the files of the tree")
    }

    /// Takes no further changes, and ends ``changes`` once everything is in the files and the journal is cut.
    package func close() {
        journal.close(.refused("dagroster is stopping"))
        // By a thread, because that blocks; it keeps the store until all is done.
        let isStarted = Worker.start { [self] in
            journal.drain()
            files.close()
            journal.waitForEnd()
        }
        if !isStarted { files.close() }
    }

    /// Waits until a store that was closed is done.
    ///
    /// - Throws: why files could not be written; what they lack is in the journal, for the next start.
    package func closed() async throws { try await files.ended.value }

    /// How the store is doing, for a status page.
    package var status: StoreStatus {
        let lag = files.lag
        // From then on changes are refused, and not only late; a short trouble is none of theirs.
        let isLate = lag.age.map { $0 > limits.longestLag } ?? false || lag.changes > limits.backlog
        return StoreStatus(
            failure: journal.failure?.description,
            refusal: (journal.trouble ?? (isLate ? lag.trouble : nil))?.description,
            changesBehind: lag.changes,
            oldestAge: lag.age,
            fileTrouble: lag.trouble?.description,
            watchTrouble: latest.watchTrouble,
            brokenFiles: latest.value.snapshot.broken.problems.values.sorted()
        )
    }
}

/// A file that a decision was not made on and should have been.
private struct StaleState: Error {
    var path: String
}

extension Store {
    /// Decides on the newest state and queues what comes of it, in one step that nothing interrupts.
    private func queue(
        _ requester: Requester,
        on id: String?,
        creating newRecord: NewRecord?,
        _ decide: @Sendable (Snapshot, Timestamp) throws -> Mutation?
    ) throws -> Promise<Snapshot> {
        // Asked before, because it is a question to the file system, for which others would wait.
        let closure = gate.refusal()
        return try head.withLock { head in
            // Twice when what it was decided on finds no room in the journal just then.
            for _ in 0..<2 {
                let refusal = refresh(&head.state, isOwn: false)
                let outcome = Result {
                    let change = try apply(
                        decide,
                        to: head.state,
                        on: id,
                        by: requester,
                        refusal: refusal,
                        closure: closure
                    )
                    // What the caller has looked for is not looked for again, while others wait.
                    if let change, let made = change.mutation.newRecord, made != newRecord,
                        let path = records.foreignPath(of: made)
                    {
                        throw StaleState(path: path)
                    }
                    return change
                }
                switch outcome {
                case .success(let change?):
                    guard let promise = journal.append(change) else { continue }
                    head.state = change.state
                    head.recent.note(change) { files.through }
                    return promise
                case .success(nil):
                    guard let promise = journal.answer(.success(head.state.snapshot)) else { continue }
                    return promise
                case .failure(let stale as StaleState): throw stale
                case .failure(let error):
                    guard let promise = journal.answer(.failure(error)) else { continue }
                    return promise
                }
            }
            throw refresh(&head.state, isOwn: false) ?? .notWritten("the journal has no room")
        }
    }

    /// Takes back what will never be on disk, and looks which files cannot be written.
    ///
    /// - Returns: why no change is taken; nil when they are.
    func refresh(_ head: inout Latest.State, isOwn: Bool) -> StoreError? {
        let refusal: StoreError?
        let (standing, isRolledBack) = journal.standing()
        if isRolledBack { head = latest.value }
        switch standing {
        case .open: refusal = nil
        case .closed(let error): refusal = isOwn ? nil : error
        case .failed(let error):
            head = latest.value
            refusal = error
        }
        head.snapshot.broken = latest.value.snapshot.broken
        return refusal
    }

    private func apply(
        _ decide: (Snapshot, Timestamp) throws -> Mutation?,
        to head: Latest.State,
        on id: String?,
        by requester: Requester,
        refusal: StoreError?,
        closure: String?
    ) throws -> AppliedChange? {
        let now = now()
        let mutation = try decide(head.snapshot, now)
        // Nothing is said of a record whose file nobody can read, not even that there is nothing to do.
        if let id { try check([id], against: head.snapshot.broken) }
        guard let mutation else { return nil }
        if let refusal { throw refusal }
        if let reason = closure { throw StoreError.refused(reason) }
        var after = head.snapshot
        let touched = try after.apply(mutation, at: now)
        try check(touched, against: after.broken)
        return AppliedChange(
            sequence: head.sequence + 1,
            time: now,
            requester: requester,
            mutation: mutation,
            before: head.snapshot,
            after: after,
            touched: touched
        )
    }

    /// A record that is served as it last could be read must not be written over what somebody left there.
    private func check(_ touched: Set<String>, against broken: BrokenFiles) throws(StoreError) {
        // All records seem to be gone.
        if let problem = broken.problems[RecordKind.root] { throw .unknownRecords([problem]) }
        guard !broken.keptIDs.isEmpty else { return }
        for id in touched.sorted() {
            if let path = broken.keptIDs[id], let problem = broken.problems[path] { throw .broken(problem) }
        }
    }
}
