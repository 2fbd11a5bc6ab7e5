package import Roster

/// What has been asked of the endpoint since it started.
package struct ActivitySummary: Hashable, Sendable {
    /// Requests of one kind with one status.
    package struct Count: Hashable, Sendable {
        package var method: String
        package var status: Int
        package var number: Int
    }

    /// Refusals for one reason.
    package struct Failure: Hashable, Sendable {
        package var status: Int
        package var scimType: String?
        package var number: Int
        /// The last of them.
        package var last: RequestOutcome
    }

    /// Five minutes of requests.
    package struct Slice: Hashable, Sendable {
        package var begin: Timestamp
        package var reads: Int
        package var writes: Int
        package var failures: Int
    }

    /// Requests that took no longer than a bound, counted with all shorter ones, as Prometheus wants them.
    package struct Bucket: Hashable, Sendable {
        /// Microseconds; nil for the last one, which holds all.
        package var bound: Int?
        package var number: Int
    }

    package var started: Timestamp
    package var counts: [Count] = []
    /// By status and kind, the most frequent first.
    package var failures: [Failure] = []
    /// The newest first.
    package var recent: [RequestOutcome] = []
    /// The newest failures first, which many successes do not push out.
    package var recentFailures: [RequestOutcome] = []
    /// The last day in slices of five minutes, the oldest first, without those before the start.
    package var slices: [Slice] = []
    package var buckets: [Bucket] = []
    /// The time of all requests together.
    package var totalMicroseconds = 0
    /// When each source was last heard of.
    package var lastHeard: [String: Timestamp] = [:]

    package init(started: Timestamp) { self.started = started }

    /// All requests.
    package var total: Int { counts.reduce(0) { $0 + $1.number } }
}
