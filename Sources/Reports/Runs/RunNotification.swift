internal import Reconcile
internal import Roster
internal import SCIM

/// What is posted when the outcome of runs changes: JSON for programs, with one line of text for people, which chat
/// tools show.
package struct RunNotification: Sendable {
    private let run: RunSummary
    private let outcome: RunOutcome
    private let previous: RunOutcome

    /// Nil where nobody need be told: the outcome is what somebody was told last, or says nothing about the target.
    package init?(_ run: RunSummary, history: RunHistory) {
        let previous = history.told ?? .ok
        guard let outcome = RunOutcome(run.exitCode), outcome != previous else { return nil }
        self.run = run
        self.outcome = outcome
        self.previous = previous
    }

    /// The body of the request.
    package var json: [UInt8] {
        let plan = run.report?.plan
        return ReportJSON.bytes([
            "format_version": .integer(ReportJSON.version),
            "kind": "outcome",
            "text": .string(text),
            "target": .string(run.target),
            "outcome": .string(outcome.rawValue),
            "previous": .string(previous.rawValue),
            "exit_code": .integer(Int(run.exitCode.rawValue)),
            "time": .string(run.end.wholeSeconds.description),
            "commit": ReportJSON.text(plan?.commit),
            "message": ReportJSON.text(run.reason),
            "planned": .integer(plan?.items.count ?? 0),
            "held": .integer(plan?.held.count ?? 0),
            "applied": .integer(run.report?.applied?.results.count { $0.outcome == .applied } ?? 0),
            "failed": .integer(run.report?.applied?.failures.count ?? 0),
            "guards": .array((plan?.refusals ?? []).map(Self.value)),
        ])
    }

    /// `dagroster: target "acme" refused (exit 4), was ok: plan takes away …`.
    private var text: String {
        let target = run.target.isEmpty ? "a target" : "target \"\(run.target.neutralized)\""
        let words = run.reason.map { ": \($0.prefix { !$0.isNewline })" } ?? ""
        let ending = "\(outcome.rawValue) (exit \(run.exitCode.rawValue)), was \(previous.rawValue)"
        return "dagroster: \(target) \(ending)\(words)"
    }

    /// A verdict without the names of those whom it is about: these stay in the report.
    private static func value(_ verdict: GuardVerdict) -> Value {
        [
            "guard": .string(verdict.check.name), "lost": .integer(verdict.losses.count),
            "total": .integer(verdict.total), "digest": .string(verdict.digest),
        ]
    }
}
