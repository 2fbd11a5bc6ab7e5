import Access
import Foundation
import Reconcile
import Roster
import Testing

@testable import Reports

/// A run as metrics, and what runs leave for the next one.
struct RunMetricsTests {
    private static func summary(_ code: ExitCode, report: RunReport? = nil, target: String = "acme") -> RunSummary {
        RunSummary(
            target: target,
            exitCode: code,
            start: Timestamp(milliseconds: 1_790_000_000_000),
            end: Timestamp(milliseconds: 1_790_000_001_250),
            report: report,
            treeObjects: ["user": 3, "group": 1],
            expiringGrants: 2,
            committed: Timestamp(milliseconds: 1_789_999_941_000)
        )
    }

    private static func applied(failing: Bool = false) -> RunReport {
        let items = [
            PlanItem(.addUser(key: "ada", email: "ada"), origin: .commit(nil)),
            PlanItem(.addUser(key: "bob", email: "bob"), origin: .drift),
            PlanItem(.createTeam("A"), origin: .commit(nil)),
        ]
        let results = items.enumerated().map { index, item in
            ItemResult(item, failing && index == 2 ? .failed("no") : .applied)
        }
        let plan = Plan(target: "acme", items: items, guards: [GuardVerdict(.admins, losses: [], total: 2)])
        let code: ExitCode = failing ? .partial : .success
        return RunReport(
            .applied(Applied(plan: plan, results: results, verification: .confirmed, record: nil, exitCode: code))
        )
    }

    @Test func `a run is told in numbers`() {
        let run = Self.summary(.success, report: Self.applied())
        var history = RunHistory()
        history.add(run)
        #expect(
            RunMetrics(run, history: history).text == """
                # HELP dagroster_reconcile_last_run_timestamp_seconds When the last run ended, in seconds since 1970.
                # TYPE dagroster_reconcile_last_run_timestamp_seconds gauge
                dagroster_reconcile_last_run_timestamp_seconds{target="acme"} 1790000001.250
                # HELP dagroster_reconcile_last_success_timestamp_seconds When a run last ended with exit 0 or 2; 0: never.
                # TYPE dagroster_reconcile_last_success_timestamp_seconds gauge
                dagroster_reconcile_last_success_timestamp_seconds{target="acme"} 1790000001.250
                # HELP dagroster_reconcile_last_exit_code The exit code of the last run.
                # TYPE dagroster_reconcile_last_exit_code gauge
                dagroster_reconcile_last_exit_code{target="acme"} 0
                # HELP dagroster_reconcile_duration_seconds How long the last run took.
                # TYPE dagroster_reconcile_duration_seconds gauge
                dagroster_reconcile_duration_seconds{target="acme"} 1.250
                # HELP dagroster_reconcile_planned_changes Changes of the last plan, before anything of it was applied.
                # TYPE dagroster_reconcile_planned_changes gauge
                dagroster_reconcile_planned_changes{target="acme",class="team",action="create",origin="commit"} 1
                dagroster_reconcile_planned_changes{target="acme",class="user",action="create",origin="commit"} 1
                dagroster_reconcile_planned_changes{target="acme",class="user",action="create",origin="drift"} 1
                # HELP dagroster_reconcile_held_changes What the tree asks for and the last plan leaves undone.
                # TYPE dagroster_reconcile_held_changes gauge
                dagroster_reconcile_held_changes{target="acme"} 0
                # HELP dagroster_reconcile_drift_items Changes of the last plan that undo what somebody else did at the target.
                # TYPE dagroster_reconcile_drift_items gauge
                dagroster_reconcile_drift_items{target="acme"} 1
                # HELP dagroster_reconcile_guard_refused 1 where a guard refused the last plan.
                # TYPE dagroster_reconcile_guard_refused gauge
                dagroster_reconcile_guard_refused{target="acme",guard="people"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="memberships"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="access"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="teams"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="roles"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="group"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="admins"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="caller"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="owner"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="protected"} 0
                dagroster_reconcile_guard_refused{target="acme",guard="empty"} 0
                # HELP dagroster_reconcile_applied_changes_total Changes that were tried, over all runs.
                # TYPE dagroster_reconcile_applied_changes_total counter
                dagroster_reconcile_applied_changes_total{target="acme",class="team",action="create",result="applied"} 1
                dagroster_reconcile_applied_changes_total{target="acme",class="user",action="create",result="applied"} 2
                # HELP dagroster_reconcile_commit_to_applied_seconds How long the last commit that was applied took from being made.
                # TYPE dagroster_reconcile_commit_to_applied_seconds gauge
                dagroster_reconcile_commit_to_applied_seconds{target="acme"} 60
                # HELP dagroster_reconcile_tree_objects What the tree has at the commit of the last run.
                # TYPE dagroster_reconcile_tree_objects gauge
                dagroster_reconcile_tree_objects{target="acme",kind="group"} 1
                dagroster_reconcile_tree_objects{target="acme",kind="user"} 3
                # HELP dagroster_reconcile_expiring_grants Grants whose last day is near.
                # TYPE dagroster_reconcile_expiring_grants gauge
                dagroster_reconcile_expiring_grants{target="acme",within="7d"} 2

                """
        )
    }

    @Test func `a guard that refused is told by its kind, whatever its team is called`() {
        let verdict = GuardVerdict(.group("A\"\n\\"), losses: ["x"], total: 10, refusal: .groupPercent(limit: 50))
        let run = Self.summary(.refused, report: RunReport(.planned(Plan(target: "acme", guards: [verdict]))))
        let text = RunMetrics(run, history: RunHistory()).text
        #expect(text.contains("{target=\"acme\",guard=\"group\"} 1\n"))
        #expect(text.contains("last_success_timestamp_seconds{target=\"acme\"} 0\n"))
        #expect(text.contains("last_exit_code{target=\"acme\"} 4\n"))
    }

    @Test func `labels keep quotes, line ends and backslashes`() {
        var metrics = MetricsText()
        metrics.add("a", .gauge, "b", [([("c", "\"\n\\")], "1")])
        #expect(metrics.text == "# HELP a b\n# TYPE a gauge\na{c=\"\\\"\\n\\\\\"} 1\n")
    }

    @Test func `changes are counted over runs, and a failed run keeps the time of the last good one`() {
        var history = RunHistory()
        history.add(Self.summary(.success, report: Self.applied()))
        let good = history
        history.add(Self.summary(.partial, report: Self.applied(failing: true)))
        #expect(history.lastSuccess == good.lastSuccess && history.commitToApplied == good.commitToApplied)
        let user = RunHistory.Applied(itemClass: "user", action: "create", result: "applied")
        let failed = RunHistory.Applied(itemClass: "team", action: "create", result: "failed")
        #expect(history.applied[user] == 4 && history.applied[failed] == 1)
    }

    @Test func `what runs leave is kept in a file, and a broken file is as good as none`() {
        var history = RunHistory(told: .refused)
        history.add(Self.summary(.success, report: Self.applied()))
        history.lastSuccess = history.lastSuccess?.wholeSeconds
        #expect(RunHistory(reading: history.bytes) == history)
        #expect(RunHistory(reading: RunHistory().bytes) == RunHistory())
        for broken in ["", "told: [", "told: great\n", "applied: 3\n"] {
            #expect(RunHistory(reading: Array(broken.utf8)) == RunHistory(), "\(broken)")
        }
    }

    @Test(
        arguments: [
            (.success, .ok), (.pending, .ok), (.refused, .refused), (.stale, .refused),
            (.failure, .failed), (.invalid, .failed), (.partial, .failed), (.usage, .failed), (.unavailable, .failed),
            (.locked, nil),
        ] as [(ExitCode, RunOutcome?)]
    )
    func `every exit code has an outcome, but that of a run that did not begin`(code: ExitCode, outcome: RunOutcome?) {
        #expect(RunOutcome(code) == outcome)
    }
}
