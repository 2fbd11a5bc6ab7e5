import Synchronization

/// When a command last did something, and whether it was stopped because it did nothing for too long.
final class Activity: Sendable {
    private struct State {
        var last = ContinuousClock.now
        var isExpired = false
    }

    private let state = Mutex(State())
    private let patience: Patience

    init(_ patience: Patience) { self.patience = patience }

    /// The command read or wrote something.
    func touch() { state.withLock { $0.last = .now } }

    var isExpired: Bool { state.withLock(\.isExpired) }

    /// The command has been waited for as long as it may take without a sign of life.
    func expireIfIdle() {
        state.withLock { if ContinuousClock.now >= $0.last + patience.limit { $0.isExpired = true } }
    }

    /// Returns true when the limit has passed without activity, false when the task is cancelled first.
    func waitForExpiry() async -> Bool {
        do {
            while !isExpired {
                // In steps, because patience may get shorter meanwhile.
                let end = last + patience.limit
                guard end <= .now else {
                    try await Task.sleep(until: min(end, .now + .seconds(1)), clock: .continuous)
                    continue
                }
                let seen = last
                // On a busy machine we may be woken before those who have an answer to read: their turn first.
                try await Task.sleep(for: min(patience.limit / 4, .seconds(1)))
                if last == seen { expireIfIdle() }
            }
            return true
        } catch {
            return false
        }
    }

    private var last: ContinuousClock.Instant { state.withLock(\.last) }
}
