package import Reconcile
package import Roster

/// The last run of `reconcile` for a target, as it is kept for the status page: what it came to, and its plan.
///
/// It is written whole by every run, so that a dry run beside an apply cannot undo what that one counted.
package struct LastRun: Hashable, Sendable {
    /// What became of the changes of one class.
    package struct Count: Hashable, Sendable {
        package var itemClass: ItemClass
        package var planned = 0
        package var applied = 0
        /// What waits for somebody to accept an invitation.
        package var waiting = 0
        package var failed = 0
        /// What was left out because something before it did not work.
        package var skipped = 0
        /// What the tree asks for and the plan leaves undone.
        package var held = 0

        package init(_ itemClass: ItemClass) { self.itemClass = itemClass }
    }

    /// When it ended.
    package var time: Timestamp
    /// Whether it was to apply; otherwise it was a dry run.
    package var isApply: Bool
    package var exitCode: ExitCode
    /// The tree's commit; nil for files as they lie, and where no commit was read.
    package var commit: String?
    /// The commit that the target follows after the run, by its record; nil before the first full apply.
    package var followed: String?
    /// What became of the changes, for each class that has any.
    package var counts: [Count]
    /// Changes of the plan that undo what somebody else did at the target; nil where there is no plan.
    package var drift: Int?
    /// Why it did not end well.
    package var reason: String?
    /// The report as text, line by line.
    package var report: [String]
    /// How many lines of the report are not kept.
    package var cutLines: Int

    package init(
        time: Timestamp,
        isApply: Bool,
        exitCode: ExitCode,
        commit: String? = nil,
        followed: String? = nil,
        counts: [Count] = [],
        drift: Int? = nil,
        reason: String? = nil,
        report: [String] = [],
        cutLines: Int = 0
    ) {
        self.time = time
        self.isApply = isApply
        self.exitCode = exitCode
        self.commit = commit
        self.followed = followed
        self.counts = counts
        self.drift = drift
        self.reason = reason
        self.report = report
        self.cutLines = cutLines
    }
}

extension LastRun {
    /// How much of a report is kept: enough to see what a run was about, and little beside what serve holds.
    static let (mostLines, mostBytes) = (400, 48 << 10)

    /// Nil for a run that says nothing about its target: wrong usage, or another run held the lock.
    package init?(_ run: RunSummary) {
        guard run.exitCode != .usage, RunOutcome(run.exitCode) != nil, !run.target.isEmpty else { return nil }
        let plan = run.report?.plan
        self.init(
            time: run.end.wholeSeconds,
            isApply: run.isApply,
            exitCode: run.exitCode,
            commit: run.commit ?? plan?.commit,
            followed: run.report?.applied?.record?.commit ?? plan?.base,
            counts: Self.counts(run.report),
            drift: plan.map { $0.items.count { $0.origin == .drift } },
            reason: run.reason
        )
        keep(run.report?.plan == nil ? "" : run.report?.rendered(as: .text) ?? "")
    }

    private mutating func keep(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        var bytes = 0
        let kept = lines.prefix(Self.mostLines).prefix { line in
            bytes += line.utf8.count + 1
            return bytes <= Self.mostBytes
        }
        report = Array(kept)
        cutLines = lines.count - kept.count
    }

    private static func counts(_ report: RunReport?) -> [Count] {
        var counts: [ItemClass: Count] = [:]
        func add(_ path: WritableKeyPath<Count, Int>, _ itemClass: ItemClass) {
            counts[itemClass, default: Count(itemClass)][keyPath: path] += 1
        }
        for item in report?.plan?.items ?? [] { add(\.planned, item.change.itemClass) }
        for held in report?.plan?.held ?? [] { add(held.isWaiting ? \.waiting : \.held, held.itemClass) }
        for result in report?.applied?.results ?? [] {
            let itemClass = result.item.change.itemClass
            switch result.outcome {
            case .applied: add(\.applied, itemClass)
            case .waiting: add(\.waiting, itemClass)
            case .failed: add(\.failed, itemClass)
            case .skipped, .notAttempted: add(\.skipped, itemClass)
            }
        }
        return ItemClass.allCases.compactMap { counts[$0] }
    }
}

extension HeldItem {
    /// What it is about; what the new holder of a name would get is grants.
    fileprivate var itemClass: ItemClass {
        switch subject {
        case .change(let change): change.itemClass
        case .override, .name: .grant
        }
    }
}
