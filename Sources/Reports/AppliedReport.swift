package import Reconcile

/// What an apply did, for people and for programs.
package enum AppliedReport {
    /// The plan, then what was applied, what was not and why.
    package static func text(_ applied: Applied, isColored: Bool = false) -> String {
        let plan = PlanReport.text(applied.plan, isColored: isColored)
        guard !applied.results.isEmpty else { return plan }
        let lines = AppliedText(applied: applied, palette: Palette(isColored: isColored)).lines
        return plan + lines.joined(separator: "\n") + "\n"
    }

    /// The whole of it as JSON.
    package static func json(_ applied: Applied) -> [UInt8] { ReportJSON.bytes(AppliedJSON(applied: applied).value) }
}
