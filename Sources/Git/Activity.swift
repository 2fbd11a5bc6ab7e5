import Synchronization

/// When a command last did something, and whether it was stopped because it did nothing for too long.
final class Activity: Sendable {
    private struct State {
        var last = ContinuousClock.now
        var isExpired = false
    }

    private let state = Mutex(State())
    private let limit: Duration

    init(limit: Duration) { self.limit = limit }

    /// The command read or wrote something.
    func touch() { state.withLock { $0.last = .now } }

    var isExpired: Bool { state.withLock(\.isExpired) }

    /// The command has been waited for as long as it may take without a sign of life.
    func expireIfIdle() {
        state.withLock { if ContinuousClock.now >= $0.last + limit { $0.isExpired = true } }
    }

    /// Returns true when the limit has passed without activity, false when the task is cancelled first.
    func waitForExpiry() async -> Bool {
        do {
            while !isExpired {
                try await Task.sleep(until: last + limit, clock: .continuous)
                let seen = last
                // On a busy machine we may be woken before those who have an answer to read: their turn first.
                try await Task.sleep(for: min(limit / 4, .seconds(1)))
                if last == seen { expireIfIdle() }
            }
            return true
        } catch {
            return false
        }
    }

    private var last: ContinuousClock.Instant { state.withLock(\.last) }
}
