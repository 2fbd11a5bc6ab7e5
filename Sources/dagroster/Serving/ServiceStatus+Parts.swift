import Endpoint
import Git
import Publish
import Reports
import Roster

extension ServiceStatus.People {
    /// Counts a directory.
    init(in directory: Directory) {
        self.init()
        active = directory.users.count { $0.isActive }
        inactive = directory.users.count - active
        groups = directory.groups.count
    }
}

extension ServiceStatus.Requests {
    /// What the endpoint counted.
    init(_ summary: ActivitySummary) {
        self.init()
        counts = summary.counts.map { Count(method: $0.method, status: $0.status, number: $0.number) }
        failures = summary.failures.map { failure in
            let kind = [String(failure.status), failure.scimType].compactMap(\.self).joined(separator: " ")
            return Failure(kind: kind, number: failure.number, last: Outcome(failure.last))
        }
        recent = summary.recent.map(Outcome.init)
        recentFailures = summary.recentFailures.map(Outcome.init)
        slices = summary.slices.map { slice in
            Slice(
                begin: slice.begin.wholeSeconds.description,
                reads: slice.reads,
                writes: slice.writes,
                failures: slice.failures
            )
        }
        buckets = summary.buckets.map { Bucket(bound: $0.bound.map { Double($0) / 1_000_000 }, number: $0.number) }
        seconds = Double(summary.totalMicroseconds) / 1_000_000
        lastHeard = summary.lastHeard.mapValues { $0.wholeSeconds.description }
    }
}

extension ServiceStatus.Requests.Outcome {
    /// One request as the endpoint noted it.
    init(_ outcome: RequestOutcome) {
        self.init(
            time: outcome.time.wholeSeconds.description,
            source: outcome.source,
            method: outcome.method,
            target: outcome.target,
            status: outcome.status,
            reason: outcome.reason,
            requestID: outcome.requestID,
            milliseconds: Double(outcome.microseconds) / 1000
        )
    }
}

extension ServiceStatus.Commits {
    /// What the publisher says of itself.
    init(_ status: PublishStatus) {
        self.init()
        isRepository = status.isRepository
        pendingChanges = status.pendingChanges
        oldestSeconds = status.oldestAge?.seconds
        made = status.commits
        failures = status.failures
        lastError = status.lastError
        unpushed = status.unpushedCommits
        oldestUnpushedSeconds = status.oldestUnpushedAge?.seconds
        pushError = status.lastPushError
        isPushing = status.lastPushTime != nil || status.unpushedCommits > 0 || status.lastPushError != nil
        lostChanges = status.lostChanges
        lastLoss = status.lastLoss
        lastCommit = status.lastCommit?.short
        lastCommitTime = status.lastCommitTime.map {
            Timestamp(milliseconds: $0 * 1000).wholeSeconds.description
        }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
