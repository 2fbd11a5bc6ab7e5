extension Publisher {
    var elapsed: Duration { start.duration(to: clock.now) }

    /// Sleeps until a moment on the publisher's clock; one that is cancelled returns at once.
    func sleep(until moment: Duration) async {
        try? await clock.sleep(until: start.advanced(by: moment), tolerance: nil)
    }

    /// When there is something to do again; nil when nothing is left to do.
    var deadline: Duration? {
        let commit = pending.deadline.map { max($0, retryAt) }
        let index = pathsBehind.isEmpty ? nil : indexRetryAt
        guard let commit, let index else { return commit ?? index }
        return min(commit, index)
    }

    /// A window that grows needs no new timer: the one that runs finds out when it goes off.
    func isEarlier(_ deadline: Duration) -> Bool { alarm.map { deadline < $0 } ?? true }

    func wake(at deadline: Duration) async {
        // Cancelled: the loop that it would wake has ended.
        await sleep(until: deadline)
        if alarm == deadline { alarm = nil }
        waker.yield()
    }

    func publishWhatIsDue() async {
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
}
