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
    let clock: Time
    let start: Time.Instant
    let onCommit: @Sendable (Int) -> Void
    let backoff = Backoff()
    let wakes: AsyncStream<Void>
    let waker: AsyncStream<Void>.Continuation
    let pushWakes: AsyncStream<Void>
    let pushWaker: AsyncStream<Void>.Continuation

    var pending: Pending
    var inFlight: Batch?
    var turns = Turns()
    /// When the loop is woken next; nil when no timer runs.
    var alarm: Duration?
    var retryAt = Duration.zero
    var pathsBehind: Set<String> = []
    var indexRetryAt = Duration.zero
    /// Changes that came in, and those of them that are in commits or changed nothing.
    private(set) var received = 0
    var committed = 0
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
