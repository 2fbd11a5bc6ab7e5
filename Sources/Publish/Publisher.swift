package import Git
package import Logging
package import Store

/// Turns what the store wrote into commits: one a window and source, each exactly a state that the directory once had.
///
/// It is run as `run(_:)` inside a task group or service, and ends when the store's changes end or when it is cancelled;
/// either way it commits first what it has taken up. Nobody waits for it, unless it was given confirmations to make: a
/// commit that fails is tried again with growing pauses, and ``status()`` says so. While HEAD is on another branch than
/// the configured one nothing is committed and nothing is lost.
///
/// With a rule for pushes, commits go to a remote in windows of their own; see `Publisher+Push.swift`.
package actor Publisher<Time: Clock> where Time.Duration == Duration {
    let repository: Repository?
    let branch: String
    let logger: Logger
    /// How long a commit waits for an index that another program holds.
    let patience: Duration
    let now: @Sendable () -> Int
    /// Where what others pushed goes; nil: nowhere, so that nothing is made again on top of it.
    let records: (any EditedRecords)?
    let confirmations: PushConfirmations?
    private let clock: Time
    private let start: Time.Instant
    private let onCommit: @Sendable (Int) -> Void
    private let backoff = Backoff()
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    let pushWakes: AsyncStream<Void>
    let pushWaker: AsyncStream<Void>.Continuation

    private(set) var pending: Pending
    private var inFlight: Batch?
    private var turns = Turns()
    /// When the loop is woken next; nil when no timer runs.
    private var alarm: Duration?
    private var retryAt = Duration.zero
    private var pathsBehind: Set<String> = []
    private var indexRetryAt = Duration.zero
    /// Changes that came in, and those of them that are in commits or changed nothing.
    private(set) var received = 0
    private(set) var committed = 0
    var pushes: PushQueue?
    /// When the pushing loop is woken next; nil when no timer runs.
    var pushAlarm: Duration?
    var awaited: AwaitedChanges?
    var state: PublishStatus

    /// A publisher that has not begun.
    ///
    /// - Parameters:
    ///   - repository: nil for a folder that is in none; then it says so once and takes up nothing.
    ///   - branch: the branch's short name; HEAD must be on it.
    ///   - window: how long changes are collected.
    ///   - clock: what windows and pauses are measured with.
    ///   - patience: how long a commit waits for an index that another program holds; then it is told later.
    ///   - push: where commits are pushed, and when; nil: nowhere.
    ///   - records: what takes over others' changes when a push was refused because of them.
    ///   - confirmations: who waits for pushes.
    ///   - logger: where commits and failures are told.
    ///   - now: the time of commits, in seconds since 1970.
    ///   - onCommit: told how many more changes are in a commit, or needed none.
    package init(
        repository: Repository?,
        branch: String,
        window: Window = Window(),
        clock: Time = ContinuousClock(),
        patience: Duration = .seconds(3),
        push: PushRule? = nil,
        records: (any EditedRecords)? = nil,
        confirmations: PushConfirmations? = nil,
        logger: Logger,
        now: @escaping @Sendable () -> Int,
        onCommit: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        (self.records, self.confirmations) = (records, confirmations)
        pushes = push.map(PushQueue.init)
        self.repository = repository
        self.branch = branch
        self.clock = clock
        self.patience = patience
        self.logger = logger
        self.now = now
        self.onCommit = onCommit
        start = clock.now
        pending = Pending(window: window)
        state = PublishStatus(isRepository: repository != nil)
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (pushWakes, pushWaker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }
}

extension Publisher {
    /// Commits changes as they come, until they end or the task is cancelled; to be called once.
    package func run(_ changes: some AsyncSequence<StoredChange, Never> & Sendable) async {
        guard repository != nil else {
            logger.warning("the tree is in no git repository; changes are written to files and not committed")
            for await _ in changes {}
            return
        }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await change in changes { await self.receive(change) }
                await self.stopAwaiting()
                self.waker.finish()
            }
            if pushes != nil { group.addTask { await self.pushWhatIsDue() } }
            for await _ in wakes {
                await publishWhatIsDue()
                guard let deadline, isEarlier(deadline) else { continue }
                alarm = deadline
                group.addTask { await self.wake(at: deadline) }
            }
            group.cancelAll()
        }
        await flush()
        await pushTheRest()
    }

    /// Commits everything that was taken up, without waiting for windows to end.
    ///
    /// - Returns: what is left, and why.
    @discardableResult
    package func flush() async -> PublishStatus {
        await takeTurn()
        while let batch = pending.takeFirst(), await publish(batch) {}
        await catchUpIndex()
        turns.pass()
        return status()
    }

    /// How far the commits are behind the files.
    package func status() -> PublishStatus {
        var status = state
        status.pendingChanges = pending.count + (inFlight?.count ?? 0)
        status.oldestAge = (inFlight ?? pending.batches.first).map { elapsed - $0.opened }
        status.unpushedCommits = pushes?.entries.count ?? 0
        status.oldestUnpushedAge = pushes?.entries.first.map { .seconds(max(0, now() - $0.seconds)) }
        return status
    }

    /// Takes up one change.
    func receive(_ change: StoredChange) {
        guard repository != nil else { return }
        received += 1
        pending.add(change, at: elapsed)
        noteArrival(of: change)
        if let deadline, isEarlier(deadline) { waker.yield() }
    }
}

extension Publisher {
    var elapsed: Duration { start.duration(to: clock.now) }

    /// Sleeps until a moment on the publisher's clock; one that is cancelled returns at once.
    func sleep(until moment: Duration) async {
        try? await clock.sleep(until: start.advanced(by: moment), tolerance: nil)
    }

    /// When there is something to do again; nil when nothing is left to do.
    private var deadline: Duration? {
        let commit = pending.deadline.map { max($0, retryAt) }
        let index = pathsBehind.isEmpty ? nil : indexRetryAt
        guard let commit, let index else { return commit ?? index }
        return min(commit, index)
    }

    /// A window that grows needs no new timer: the one that runs finds out when it goes off.
    private func isEarlier(_ deadline: Duration) -> Bool { alarm.map { deadline < $0 } ?? true }

    private func wake(at deadline: Duration) async {
        // Cancelled: the loop that it would wake has ended.
        await sleep(until: deadline)
        if alarm == deadline { alarm = nil }
        waker.yield()
    }

    private func publishWhatIsDue() async {
        await takeTurn()
        while let deadline = pending.deadline, max(deadline, retryAt) <= elapsed, let batch = pending.takeFirst() {
            guard await publish(batch) else { break }
        }
        if indexRetryAt <= elapsed { await catchUpIndex() }
        turns.pass()
    }

    func takeTurn() async {
        guard !turns.take() else { return }
        await withCheckedContinuation { turns.enqueue($0) }
    }

    func passTurn() { turns.pass() }

    /// Commits what came before a change that is marked, or everything; whoever calls has the turn.
    ///
    /// - Throws: ``ReapplyError/uncommitted(_:)``.
    func commitAll(before mark: String) async throws(ReapplyError) {
        while let batch = pending.batches.first, !batch.requestIDs.contains(mark) {
            _ = pending.takeFirst()
            guard await publish(batch) else { throw .uncommitted(state.lastError ?? "") }
        }
    }

    /// Commits one batch.
    ///
    /// - Returns: whether it is done with; otherwise it waits in front of the others again.
    private func publish(_ batch: Batch) async -> Bool {
        guard let repository else { return true }
        inFlight = batch
        defer { inFlight = nil }
        do {
            let began = elapsed
            let committed = try await commit(batch, to: repository)
            noteSuccess(of: batch, committed, after: elapsed - began)
            confirmWhatIsPushed()
            return true
        } catch {
            pending.putBack(batch)
            noteFailure(error)
            return false
        }
    }

    private func commit(_ batch: Batch, to repository: Repository) async throws -> Committed? {
        let seconds = max(batch.seconds, now())
        let author = Signature(
            name: Neutral.line(batch.source),
            email: Neutral.local(batch.source) + "@dagroster.invalid",
            seconds: batch.seconds
        )
        let changes = batch.files.map { TreeChange(path: $0.key, bytes: $0.value) }
        let message = CommitMessage(batch: batch).text
        let (branch, patience) = (branch, patience)
        return try await uncancelled {
            let committer = try await repository.committer(seconds: seconds)
            var attempt = 1
            while true {
                do {
                    return try await repository.commit(
                        changes,
                        message: message,
                        author: author,
                        committer: committer,
                        on: branch,
                        patience: patience
                    )
                } catch GitError.referenceMoved where attempt < 5 {
                    // A person was faster. The same files go on top of what they committed.
                    attempt += 1
                }
            }
        }
    }

    private func noteSuccess(of batch: Batch, _ committed: Committed?, after duration: Duration) {
        onCommit(batch.count)
        self.committed += batch.count
        state.lastError = nil
        state.failures = 0
        retryAt = .zero
        guard let committed else { return }
        state.commits += 1
        state.lastCommit = committed.id
        state.lastCommitTime = now()
        noteUnpushed(committed.id)
        let metadata: Logger.Metadata = [
            "commit": "\(committed.id.short)", "changes": "\(batch.count)",
            "milliseconds": "\(Int(duration / .milliseconds(1)))",
        ]
        logger.info("committed", metadata: metadata)
        guard !committed.pathsBehind.isEmpty else { return }
        pathsBehind.formUnion(committed.pathsBehind)
        noteIndexFailure(committed.indexError)
    }

    private func noteFailure(_ error: any Error) {
        let text = "\(error)"
        if state.lastError != text { logger.warning("changes are not committed yet", metadata: ["error": "\(text)"]) }
        state.lastError = text
        state.failures += 1
        confirmations?.fail(received, text)
        // Somebody works on another branch: that is no fault, and ends when they are done.
        let isElsewhere = if case GitError.wrongBranch = error { true } else { false }
        retryAt = elapsed + (isElsewhere ? .seconds(2) : backoff.delay(afterFailures: state.failures))
    }

    /// Tells the shared index what earlier commits could not tell it.
    private func catchUpIndex() async {
        guard let repository, !pathsBehind.isEmpty else { return }
        let paths = pathsBehind.sorted()
        let patience = patience
        do {
            try await uncancelled { try await repository.updateIndex(for: paths, patience: patience) }
            pathsBehind.subtract(paths)
        } catch {
            noteIndexFailure(error)
        }
    }

    private func noteIndexFailure(_ error: (any Error)?) {
        indexRetryAt = elapsed + .seconds(5)
        let reason = error.map { "\($0)" } ?? ""
        let metadata: Logger.Metadata = ["paths": "\(pathsBehind.count)", "error": "\(reason)"]
        logger.warning("git's index is held by another program and will be told later", metadata: metadata)
    }
}

/// Does something to its end even when the calling task is cancelled.
///
/// A commit is not left half-way, and what was taken up is committed before the program ends. It is waited for, so that
/// it never outlives its caller, and git's time limit bounds it.
func uncancelled<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await Task { try await body() }.value
}
