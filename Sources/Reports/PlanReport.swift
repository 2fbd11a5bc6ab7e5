package import Reconcile

/// A plan for people and for programs: what it means for people first, then the objects.
package enum PlanReport {
    /// The plan as text, a line at a time, ending with a line's end; colour only where it is asked for.
    package static func text(_ plan: Plan, isColored: Bool = false) -> String {
        PlanText(plan: plan, palette: Palette(isColored: isColored)).lines.joined(separator: "\n") + "\n"
    }

    /// The whole plan as JSON: the same plan gives the same bytes.
    package static func json(_ plan: Plan) -> [UInt8] { ReportJSON.bytes(PlanJSON(plan: plan).value) }
}
