package import Access
package import Reconcile
package import Roster

/// One run of `reconcile` in numbers: what its metrics and its notification say.
package struct RunSummary: Sendable {
    /// The target's name; empty for a run that ended before it was known.
    package var target: String
    /// Whether it was to apply what it planned.
    package var isApply: Bool
    package var exitCode: ExitCode
    package var start: Timestamp
    package var end: Timestamp
    /// The tree's commit; nil: files as they lie, or none was read.
    package var commit: String?
    /// What the run had to say; nil for one that ended before there was a report.
    package var report: RunReport?
    /// Why it ended where there is no report.
    package var message: String?
    /// How many objects of a kind the tree has, by kind.
    package var treeObjects: [String: Int]
    /// How many grants end within ``expiryDays``; nil: the tree was not read.
    package var expiringGrants: Int?
    /// When the tree's commit was made; nil: there is none, or it was not read.
    package var committed: Timestamp?

    /// How near the last day of a grant is that ``expiringGrants`` counts.
    package static let expiryDays = 7

    package init(
        target: String,
        isApply: Bool = false,
        exitCode: ExitCode,
        start: Timestamp,
        end: Timestamp,
        commit: String? = nil,
        report: RunReport? = nil,
        message: String? = nil,
        treeObjects: [String: Int] = [:],
        expiringGrants: Int? = nil,
        committed: Timestamp? = nil
    ) {
        self.target = target
        self.isApply = isApply
        self.exitCode = exitCode
        self.start = start
        self.end = end
        self.commit = commit
        self.report = report
        self.message = message
        self.treeObjects = treeObjects
        self.expiringGrants = expiringGrants
        self.committed = committed
    }
}

/// How a run ended, as far as somebody must be told.
package enum RunOutcome: String, Hashable, Sendable, CaseIterable {
    /// The target is as the tree says, or what is not is known and waits.
    case ok
    /// A guard or a precondition refused, or the plan or the commit is stale: somebody must decide.
    case refused
    /// Something did not work.
    case failed

    /// The outcome behind an exit code; nil where another run holds the lock, which says nothing about the target.
    package init?(_ code: ExitCode) {
        switch code {
        case .success, .pending: self = .ok
        case .refused, .stale: self = .refused
        case .failure, .invalid, .partial, .usage, .unavailable: self = .failed
        case .locked: return nil
        }
    }
}

extension AccessFiles {
    /// How many grants have their last day within some days from today on.
    package func grantsEnding(within days: Int, of today: CalendarDate) -> Int {
        bindings.flatMap { $0.grants ?? [] }.count { rule in
            rule.expires.map { (0...days).contains(today.days(until: $0)) } ?? false
        }
    }
}
