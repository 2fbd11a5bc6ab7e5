internal import Roster
internal import Tree

/// The thread that appends to the journal: whatever waits when it looks becomes one write and one `fdatasync`.
///
/// There is no pause to wait for more: what comes while the disk is busy is the next batch. A class, because tasks and
/// its thread share it.
final class JournalWriter: Sendable {
    private let queue = Guarded(JournalQueue())
    /// Shows readers what is on disk now, and hands it to the files.
    private let publish: @Sendable (_ newest: Latest.State, _ changes: [AppliedChange]) -> Void
    /// Told once, when nothing is written any more.
    private let onFailure: @Sendable (StoreError) -> Void

    init(
        journal: Journal,
        publish: @escaping @Sendable (_ newest: Latest.State, _ changes: [AppliedChange]) -> Void,
        onFailure: @escaping @Sendable (StoreError) -> Void
    ) {
        self.publish = publish
        self.onFailure = onFailure
        let isStarted = Worker.start { [self] in
            var journal = journal
            run(&journal)
            queue.update { $0.isEnded = true }
        }
        if !isStarted {
            fail([], .disagreement("the system has no thread for the journal"))
            queue.update { $0.isEnded = true }
        }
    }

    /// Whether changes are taken, and whether the newest state is the one that is on disk again; a rolled back queue
    /// takes what is decided on that from now on.
    func standing() -> (standing: JournalQueue.Standing, isRolledBack: Bool) {
        queue.withLock { queue in
            defer { queue.isRolledBack = false }
            return (queue.standing, queue.isRolledBack)
        }
    }

    /// Why nothing is written any more; nil while all is well.
    var failure: StoreError? {
        queue.withLock { queue in
            guard case .failed(let error) = queue.standing else { return nil }
            return error
        }
    }

    /// Why changes find no room at present; nil while they do, as far as anybody has tried.
    var trouble: StoreError? { queue.withLock { $0.trouble } }

    /// Queues a change.
    ///
    /// - Returns: nil when the state that it was decided on will never be on disk.
    func append(_ change: AppliedChange) -> Promise<Snapshot>? {
        let promise = Promise<Snapshot>()
        var isTaken = false
        queue.updateIfNeeded { queue in
            isTaken = queue.standing.takesChanges && !queue.isRolledBack
            guard isTaken else { return false }
            let isIdle = queue.items.isEmpty && !queue.isBusy && queue.end == nil
            queue.items.append(.change(change, promise))
            return isIdle
        }
        return isTaken ? promise : nil
    }

    /// Queues a state in which somebody else's edits are taken over, and the changes that follow from them.
    ///
    /// Readers see all of it at once. While the store closes that is taken, too.
    ///
    /// - Returns: nil when the state that it was decided on will never be on disk.
    func append(_ state: Latest.State, _ changes: [AppliedChange]) -> Promise<Snapshot>? {
        queue.update { queue in
            guard queue.standing.takesNotes, !queue.isRolledBack else { return nil }
            let promise = Promise<Snapshot>()
            queue.items.append(.adoption(state, changes.isEmpty ? promise : Promise()))
            for change in changes.dropLast() { queue.items.append(.change(change, Promise())) }
            if let last = changes.last { queue.items.append(.change(last, promise)) }
            return promise
        }
    }

    /// Holds an answer back until the state that it was decided on is on disk.
    ///
    /// - Returns: nil when that will never be.
    func answer(_ answer: Result<Snapshot, any Error>) -> Promise<Snapshot>? {
        // Whoever the queue waits for is at work, or was woken.
        queue.withLock { queue in
            let promise = Promise<Snapshot>()
            switch queue.standing {
            case .open, .closed:
                if queue.isRolledBack { return nil }
                if queue.items.isEmpty && !queue.isBusy {
                    promise.keep(answer)
                } else {
                    queue.items.append(.answer(answer, promise))
                }
            case .failed: promise.keep(answer)
            }
            return promise
        }
    }

    /// Appends something about the files and waits for the disk; not for tasks, because it blocks.
    func note(_ entry: JournalEntry) throws(StoreError) {
        let outcome = Guarded<Result<Void, StoreError>?>(nil)
        let refusal = queue.update { queue -> StoreError? in
            if case .failed(let error) = queue.standing { return error }
            queue.items.append(.note(entry, outcome))
            return nil
        }
        if let refusal { throw refusal }
        try outcome.take { $0 }?.get()
    }

    /// Takes nothing any more: it is not known whether what is on disk will be found again.
    func stop(_ error: StoreError) { if failure == nil { fail([], error) } }

    /// Takes no further changes; those that wait are still made.
    func close(_ error: StoreError) {
        queue.update { queue in
            if case .failed = queue.standing { return }
            queue.standing = .closed(error)
        }
    }

    /// Waits until all that was queued is answered; not for tasks, because it blocks.
    func drain() {
        _ = queue.take { $0.items.isEmpty && !$0.isBusy ? true : nil }
    }

    /// Ends the thread when nothing is left to append.
    func end(_ end: JournalQueue.End) { queue.update { $0.end = end } }

    /// Waits until the thread has ended; not for tasks, because it blocks.
    func waitForEnd() { _ = queue.take { $0.isEnded ? true : nil } }
}

extension JournalWriter {
    private enum Step {
        case append([JournalQueue.Item])
        case end(JournalQueue.End)
    }

    /// How often room is looked for that was not there: who is told that nothing can be changed may ask no more.
    private static let pause = Duration.seconds(2)

    private func run(_ journal: inout Journal) {
        // Known before the first change is refused; that file systems guess at their room is no matter then.
        var isShort = journal.isShort && !makeRoom(in: &journal)
        while true {
            let step = queue.take(within: isShort ? Self.pause : nil) { queue -> Step? in
                guard queue.items.isEmpty else {
                    defer { queue.items = [] }
                    queue.isBusy = true
                    return .append(queue.items)
                }
                guard let end = queue.end else { return nil }
                // In the same step, so that nobody queues what no thread would ever look at.
                if queue.standing.takesNotes { queue.standing = .failed(.refused("dagroster is stopping")) }
                return .end(end)
            }
            switch step {
            case .append(let items): isShort = append(items, to: &journal, isShort)
            case .end(.removing): return journal.removeAll()
            case .end(.keeping): return journal.closeSegment()
            case nil: isShort = !makeRoom(in: &journal)
            }
            queue.update { $0.isBusy = false }
        }
    }

    /// Looks for room that was not there.
    ///
    /// - Returns: whether there is no need to look again.
    private func makeRoom(in journal: inout Journal) -> Bool {
        // Where nothing is taken any more another tree may lie.
        guard queue.withLock({ $0.standing.takesNotes }) else { return true }
        var trouble: StoreError?
        do throws(Journal.Failure) {
            try journal.makeRoom()
        } catch {
            switch error {
            case .noRoom(let error), .broken(let error): trouble = .notWritten(error.description)
            }
        }
        queue.update { $0.trouble = trouble }
        return trouble == nil
    }

    /// Appends what has gathered.
    ///
    /// - Returns: whether there is no room, as before it is said there was none.
    private func append(_ items: [JournalQueue.Item], to journal: inout Journal, _ wasShort: Bool) -> Bool {
        let first = journal.nextNumber
        let entries = items.compactMap(\.entry)
        do throws(Journal.Failure) {
            if !entries.isEmpty { try journal.append(entries) }
        } catch {
            switch error {
            case .noRoom(let error):
                rollBack(items, .notWritten(error.description))
                return true
            case .broken(let error):
                fail(items, .disagreement(error.description))
                return false
            }
        }
        if wasShort, !entries.isEmpty { queue.update { $0.trouble = nil } }
        if let newest = items.last(where: { $0.state != nil })?.state { publish(newest, items.compactMap(\.change)) }
        for item in items { item.succeed() }
        for (index, entry) in entries.enumerated() {
            if case .done(let through) = entry { journal.cut(through: through, before: first + UInt64(index)) }
        }
        return wasShort && entries.isEmpty
    }

    /// Everything that was decided on the changes that found no room goes with them.
    private func rollBack(_ items: [JournalQueue.Item], _ error: StoreError) {
        let all = queue.update { queue in
            defer { queue.items = [] }
            queue.isRolledBack = true
            queue.trouble = error
            return items + queue.items
        }
        for item in all { item.fail(error) }
    }

    private func fail(_ items: [JournalQueue.Item], _ error: StoreError) {
        let all = queue.update { queue in
            defer { queue.items = [] }
            queue.standing = .failed(error)
            return items + queue.items
        }
        // First, so that whoever is refused finds it told.
        onFailure(error)
        for item in all { item.fail(error) }
    }
}

extension JournalQueue.Item {
    fileprivate var change: AppliedChange? {
        guard case .change(let change, _) = self else { return nil }
        return change
    }

    /// What readers see when it is on disk.
    fileprivate var state: Latest.State? {
        switch self {
        case .change(let change, _): change.state
        case .adoption(let state, _): state
        case .answer, .note: nil
        }
    }

    fileprivate var entry: JournalEntry? {
        switch self {
        case .change(let change, _): .change(change.logged)
        case .answer, .adoption: nil
        case .note(let entry, _): entry
        }
    }

    fileprivate func succeed() {
        switch self {
        case .change(let change, let promise): promise.keep(.success(change.after))
        case .answer(let answer, let promise): promise.keep(answer)
        case .adoption(let state, let promise): promise.keep(.success(state.snapshot))
        case .note(_, let outcome): outcome.update { $0 = .success(()) }
        }
    }
}
