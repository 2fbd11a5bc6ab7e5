package import Roster
internal import Synchronization

/// Keeps count of requests: the last ones, failures by kind, and a day in slices.
///
/// Noting a request costs a lock and some additions; the memory does not grow with their number.
package final class Activity: Sendable {
    // A class, because every request adds to the same numbers.
    private let state: Mutex<ActivityState>

    package init(started: Timestamp) { state = Mutex(ActivityState(started: started)) }

    package func note(_ outcome: RequestOutcome) { state.withLock { $0.note(outcome) } }

    /// Everything so far.
    package func summary(at now: Timestamp) -> ActivitySummary { state.withLock { $0.summary(at: now) } }
}
