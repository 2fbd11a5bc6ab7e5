internal import Roster

/// The numbers that ``Activity`` keeps.
struct ActivityState {
    private var started: Timestamp
    private var counts: [CountKey: Int] = [:]
    private var failures: [FailureKey: ActivitySummary.Failure] = [:]
    private var recent = Ring<RequestOutcome>(capacity: 200)
    private var recentFailures = Ring<RequestOutcome>(capacity: 100)
    private var slices: [Int: ActivitySummary.Slice] = [:]
    private var buckets = Array(repeating: 0, count: Self.bounds.count + 1)
    private var totalMicroseconds = 0
    private var lastHeard: [String: Timestamp] = [:]

    init(started: Timestamp) { self.started = started }

    private struct CountKey: Hashable {
        var method: String
        var status: Int
    }

    private struct FailureKey: Hashable {
        var status: Int
        var scimType: String?
    }

    /// Microseconds.
    private static let bounds = [
        250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
    ]
    /// Milliseconds.
    private static let sliceLength = 300_000
    /// A day of them.
    private static let keptSlices = 288
}

extension ActivityState {
    mutating func note(_ outcome: RequestOutcome) {
        counts[CountKey(method: Self.known(outcome.method), status: outcome.status), default: 0] += 1
        recent.append(outcome)
        if outcome.isFailure { note(failure: outcome) }
        note(inSlice: outcome)
        let bucket = Self.bounds.firstIndex { outcome.microseconds <= $0 } ?? Self.bounds.count
        buckets[bucket] += 1
        totalMicroseconds += outcome.microseconds
        if let source = outcome.source { lastHeard[source] = outcome.time }
    }

    private mutating func note(failure outcome: RequestOutcome) {
        recentFailures.append(outcome)
        let key = FailureKey(status: outcome.status, scimType: outcome.scimType)
        let number = (failures[key]?.number ?? 0) + 1
        failures[key] = ActivitySummary.Failure(
            status: outcome.status,
            scimType: outcome.scimType,
            number: number,
            last: outcome
        )
    }

    private mutating func note(inSlice outcome: RequestOutcome) {
        let number = outcome.time.milliseconds / Self.sliceLength
        if slices[number] == nil {
            // Those of more than a day ago go when a new one comes; a clock that jumps cannot make them many.
            if slices.count >= Self.keptSlices, let oldest = slices.keys.min() { slices[oldest] = nil }
            let begin = Timestamp(milliseconds: number * Self.sliceLength)
            slices[number] = ActivitySummary.Slice(begin: begin, reads: 0, writes: 0, failures: 0)
        }
        switch outcome.kind {
        case .read: slices[number]?.reads += 1
        case .write: slices[number]?.writes += 1
        }
        if outcome.isFailure { slices[number]?.failures += 1 }
    }

    /// A method by its name, or "other": callers choose methods, and each would be a counter of its own.
    private static func known(_ method: String) -> String {
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].contains(method) ? method : "other"
    }

    func summary(at now: Timestamp) -> ActivitySummary {
        var summary = ActivitySummary(started: started)
        summary.counts = counts.map { ActivitySummary.Count(method: $0.method, status: $0.status, number: $1) }
            .sorted { ($0.method, $0.status) < ($1.method, $1.status) }
        summary.failures = failures.values.sorted {
            ($1.number, $0.status, $0.scimType ?? "") < ($0.number, $1.status, $1.scimType ?? "")
        }
        summary.recent = recent.newestFirst
        summary.recentFailures = recentFailures.newestFirst
        summary.slices = day(endingAt: now)
        var sum = 0
        summary.buckets = zip(Self.bounds.map(Optional.init) + [nil], buckets).map { bound, number in
            sum += number
            return ActivitySummary.Bucket(bound: bound, number: sum)
        }
        summary.totalMicroseconds = totalMicroseconds
        summary.lastHeard = lastHeard
        return summary
    }

    /// Every slice of the last day, those without a request too.
    private func day(endingAt now: Timestamp) -> [ActivitySummary.Slice] {
        let last = now.milliseconds / Self.sliceLength
        let first = max(started.milliseconds / Self.sliceLength, last - Self.keptSlices + 1)
        guard first <= last else { return [] }
        return (first...last).map { number in
            slices[number]
                ?? ActivitySummary.Slice(
                    begin: Timestamp(milliseconds: number * Self.sliceLength),
                    reads: 0,
                    writes: 0,
                    failures: 0
                )
        }
    }
}
