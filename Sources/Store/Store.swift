package import Roster
internal import Tree
internal import YAML

/// The one writer of a tree's provisioned files, with the whole directory in memory.
///
/// Readers take a ``Snapshot``, which costs nothing and stays what it was. A change is a ``Mutation`` that is decided
/// on the newest state, applied to a copy, appended to the journal, and only then shown to readers and answered; all
/// changes that wait while the disk is busy share the next write. The files follow in batches on a thread of their own.
package actor Store {
    /// The newest state that is on disk.
    package nonisolated var snapshot: Snapshot { latest.value.snapshot }
    /// Every change in the order in which it was made, once it is in the files; they end when the store is closed.
    package nonisolated let changes: AsyncStream<StoredChange>

    private nonisolated let latest: Latest
    private nonisolated let journal: JournalWriter
    private nonisolated let files: FileWriter
    private let gate: any WriteGate
    private let now: @Sendable () -> Timestamp
    /// The newest state, which may not be on disk yet.
    private var head: Latest.State

    /// Begins where an earlier run ended.
    ///
    /// - Parameters:
    ///   - start: what the files and the journal hold.
    ///   - gate: asked before each write.
    ///   - limits: how far the files may be behind.
    ///   - disk: the system calls.
    ///   - now: the clock.
    init(
        _ start: StoreStart,
        gate: any WriteGate,
        limits: StoreLimits,
        disk: Disk,
        now: @escaping @Sendable () -> Timestamp
    ) {
        let latest = Latest(start.state)
        let files = FileWriter(limits: limits)
        let journal = JournalWriter(journal: start.journal) { changes in
            guard let last = changes.last else { return }
            latest.publish(last)
            files.add(changes)
        }
        let announcement: AsyncStream<StoredChange>.Continuation
        (changes, announcement) = AsyncStream.makeStream()
        (self.latest, self.files, self.journal) = (latest, files, journal)
        (self.gate, self.now) = (gate, now)
        head = start.state
        files.add(start.pending)
        let work = FileWork(
            latest: latest,
            journal: journal,
            gate: gate,
            disk: disk,
            announcement: announcement,
            files: start.files,
            written: start.written,
            adopt: { [weak self] edit in
                Self.blocking { [weak self] in try await self?.adopt(edit) }
            }
        )
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
    /// - Parameters:
    ///   - requester: who asks, for the commit.
    ///   - decide: looks at the newest state and says what is to change; nil for nothing. It may throw to refuse. It is
    ///     asked again when the state that it saw could not be made durable.
    /// - Returns: the state right after the change, which is on disk.
    /// - Throws: what `decide` throws, ``RosterError`` and ``StoreError``; then nothing has changed.
    package nonisolated func change(
        by requester: Requester,
        _ decide: @Sendable (Snapshot, Timestamp) throws -> Mutation?
    ) async throws -> Snapshot {
        try await files.room()
        return try await queue(requester, decide).value
    }

    /// Takes no further changes, and ends ``changes`` once everything is in the files and the journal is cut.
    package nonisolated func close() {
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
    package nonisolated func closed() async throws { try await files.ended.value }

    /// How the store is doing, for a status page.
    package nonisolated var status: StoreStatus {
        let lag = files.lag
        return StoreStatus(
            failure: journal.failure?.description,
            changesBehind: lag.changes,
            oldestAge: lag.age,
            fileTrouble: lag.trouble?.description,
            brokenFiles: latest.value.snapshot.broken.problems.values.sorted()
        )
    }
}

extension Store {
    /// Decides on the newest state and queues what comes of it, in one step that nothing interrupts.
    private func queue(
        _ requester: Requester,
        isOwn: Bool = false,
        _ decide: @Sendable (Snapshot, Timestamp) throws -> Mutation?
    ) throws -> Promise<Snapshot> {
        // Twice when what it was decided on finds no room in the journal just then.
        for _ in 0..<2 {
            let refusal = refreshHead(isOwn: isOwn)
            let outcome = Result { try apply(decide, by: requester, refusal: refusal) }
            switch outcome {
            case .success(let change?):
                guard let promise = journal.append(change, isOwn: isOwn) else { continue }
                head = Latest.State(snapshot: change.after, sequence: change.sequence)
                return promise
            case .success(nil):
                guard let promise = journal.answer(.success(head.snapshot)) else { continue }
                return promise
            case .failure(let error):
                guard let promise = journal.answer(.failure(error)) else { continue }
                return promise
            }
        }
        throw refreshHead(isOwn: isOwn) ?? .notWritten("the journal has no room")
    }

    /// Takes back what will never be on disk, and looks which files cannot be written.
    ///
    /// - Returns: why no change is taken; nil when they are.
    private func refreshHead(isOwn: Bool) -> StoreError? {
        let refusal: StoreError?
        switch journal.standing() {
        case .open: refusal = nil
        case .closed(let error): refusal = isOwn ? nil : error
        case .rolledBack:
            head = latest.value
            refusal = nil
        case .failed(let error):
            head = latest.value
            refusal = error
        }
        head.snapshot.broken = latest.value.snapshot.broken
        return refusal
    }

    private func apply(
        _ decide: (Snapshot, Timestamp) throws -> Mutation?,
        by requester: Requester,
        refusal: StoreError?
    ) throws -> AppliedChange? {
        let now = now()
        guard let mutation = try decide(head.snapshot, now) else { return nil }
        if let refusal { throw refusal }
        if let reason = gate.refusal() { throw StoreError.refused(reason) }
        var after = head.snapshot
        let touched = try after.apply(mutation, at: now)
        try check(touched, against: after.broken)
        return AppliedChange(
            sequence: head.sequence + 1,
            time: now,
            requester: requester,
            mutation: mutation,
            before: head.snapshot.directory,
            after: after,
            touched: touched
        )
    }

    /// A record that is served as it last could be read must not be written over what somebody left there.
    private func check(_ touched: Set<String>, against broken: BrokenFiles) throws(StoreError) {
        guard !broken.keptIDs.isEmpty else { return }
        for id in touched.sorted() {
            if let path = broken.keptIDs[id], let problem = broken.problems[path] { throw .broken(problem) }
        }
    }

    /// Makes somebody else's edit of a file part of the state; never held up by files that are behind.
    private func adopt(_ edit: @escaping @Sendable (Directory) -> Mutation?) async throws {
        let requester = Requester(source: "edit", requestID: "")
        _ = try await queue(requester, isOwn: true) { snapshot, _ in edit(snapshot.directory) }.value
    }

    /// Does something and waits for it; only for threads that may block.
    private static func blocking(_ body: @escaping @Sendable () async throws -> Void) -> StoreError? {
        let outcome = Guarded<Result<Void, any Error>?>(nil)
        // Waited for right here, so that it never outlives its caller.
        Task {
            do {
                try await body()
                outcome.update { $0 = .success(()) }
            } catch {
                outcome.update { $0 = .failure(error) }
            }
        }
        guard case .failure(let error) = outcome.take({ $0 }) else { return nil }
        return error as? StoreError ?? .notWritten("\(error)")
    }
}
