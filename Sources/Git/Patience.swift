internal import Synchronization

/// How long commands may do nothing before they are ended: one value for all of a repository's commands, those that run
/// included, so that it can be shortened when nobody can wait any longer.
final class Patience: Sendable {
    private let current: Mutex<Duration>

    init(_ limit: Duration) { current = Mutex(limit) }

    var limit: Duration { current.withLock { $0 } }

    /// Waits at most so long from now on.
    func shorten(to limit: Duration) { current.withLock { $0 = min($0, limit) } }
}
