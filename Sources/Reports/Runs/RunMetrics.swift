internal import Reconcile
internal import Roster

/// A run as metrics for node_exporter's textfile collector.
package struct RunMetrics: Sendable {
    private let run: RunSummary
    /// What the runs up to this one have left.
    private let history: RunHistory

    package init(_ run: RunSummary, history: RunHistory) {
        self.run = run
        self.history = history
    }

    /// The whole file.
    package var text: String {
        var metrics = MetricsText()
        addRun(&metrics)
        addPlan(&metrics)
        addApplied(&metrics)
        addTree(&metrics)
        return metrics.text
    }

    private typealias Labels = [(name: String, value: String)]

    private func name(_ suffix: String) -> String { "dagroster_reconcile_\(suffix)" }

    private func labels(_ more: Labels = []) -> Labels { [("target", run.target)] + more }

    private func addRun(_ metrics: inout MetricsText) {
        let gauges: [(String, String, String)] = [
            (
                "last_run_timestamp_seconds", "When the last run ended, in seconds since 1970.",
                Self.seconds(run.end.milliseconds)
            ),
            (
                "last_success_timestamp_seconds", "When a run last ended with exit 0 or 2; 0: never.",
                Self.seconds(history.lastSuccess?.milliseconds ?? 0)
            ),
            ("last_exit_code", "The exit code of the last run.", "\(run.exitCode.rawValue)"),
            (
                "duration_seconds", "How long the last run took.",
                Self.seconds(run.end.milliseconds - run.start.milliseconds)
            ),
        ]
        for (suffix, help, value) in gauges { metrics.add(name(suffix), .gauge, help, [(labels(), value)]) }
    }

    private func addPlan(_ metrics: inout MetricsText) {
        guard let plan = run.report?.plan else { return }
        let planned = Self.counted(plan.items) { item in
            [
                ("class", item.change.itemClass.rawValue), ("action", item.change.action.rawValue),
                ("origin", item.origin.kind),
            ]
        }
        metrics.add(
            name("planned_changes"),
            .gauge,
            "Changes of the last plan, before anything of it was applied.",
            planned.map { (labels($0.labels), "\($0.count)") }
        )
        let counts: [(String, String, Int)] = [
            ("held_changes", "What the tree asks for and the last plan leaves undone.", plan.held.count),
            (
                "drift_items", "Changes of the last plan that undo what somebody else did at the target.",
                plan.items.count { $0.origin == .drift }
            ),
        ]
        for (suffix, help, count) in counts { metrics.add(name(suffix), .gauge, help, [(labels(), "\(count)")]) }
        let refused = Set(plan.refusals.map(\.check.kind))
        metrics.add(
            name("guard_refused"),
            .gauge,
            "1 where a guard refused the last plan.",
            Guard.kinds.map { (labels([("guard", $0)]), refused.contains($0) ? "1" : "0") }
        )
    }

    private func addApplied(_ metrics: inout MetricsText) {
        let counts = history.applied.sorted { $0.key < $1.key }.map { key, count -> (Labels, String) in
            (labels([("class", key.itemClass), ("action", key.action), ("result", key.result)]), "\(count)")
        }
        metrics.add(name("applied_changes_total"), .counter, "Changes that were tried, over all runs.", counts)
        guard let seconds = history.commitToApplied else { return }
        metrics.add(
            name("commit_to_applied_seconds"),
            .gauge,
            "How long the last commit that was applied took from being made.",
            [(labels(), "\(seconds)")]
        )
    }

    private func addTree(_ metrics: inout MetricsText) {
        let objects = run.treeObjects.sorted { $0.key < $1.key }
        metrics.add(
            name("tree_objects"),
            .gauge,
            "What the tree has at the commit of the last run.",
            objects.map { (labels([("kind", $0.key)]), "\($0.value)") }
        )
        guard let expiring = run.expiringGrants else { return }
        metrics.add(
            name("expiring_grants"),
            .gauge,
            "Grants whose last day is near.",
            [(labels([("within", "\(RunSummary.expiryDays)d")]), "\(expiring)")]
        )
    }

    /// Milliseconds as seconds, with a fraction only where there is one.
    private static func seconds(_ milliseconds: Int) -> String {
        let rest = milliseconds % 1000
        guard rest != 0 else { return "\(milliseconds / 1000)" }
        return "\(milliseconds / 1000).\(String(rest + 1000).dropFirst())"
    }

    /// How many items share their labels, sorted by these.
    private static func counted(
        _ items: [PlanItem],
        _ labels: (PlanItem) -> Labels
    ) -> [(labels: Labels, count: Int)] {
        var counts: [String: (labels: Labels, count: Int)] = [:]
        for item in items {
            let own = labels(item)
            counts[own.map(\.value).joined(separator: "\n"), default: (own, 0)].count += 1
        }
        return counts.sorted { $0.key < $1.key }.map(\.value)
    }
}
