package import Reconcile
internal import SCIM

/// Why a run ended before anything was written, for people and for programs.
package enum RefusalReport {
    /// The reason, that nothing was applied, and what to do; names in it cannot forge lines.
    package static func text(_ refusal: Refusal) -> String {
        switch refusal {
        case .invalid(let diagnostics):
            diagnostics.map { PlanText.text(of: $0) + "\n" }.joined() + Refusal.invalidText + "\n"
        case .guarded(let verdicts): verdicts.map { "refused: " + PlanText.text(of: $0) + "\n" }.joined()
        default: refusal.description.split(separator: "\n").map { String($0).neutralized + "\n" }.joined()
        }
    }

    /// The same as JSON.
    package static func json(_ refusal: Refusal) -> [UInt8] {
        ReportJSON.bytes([
            "format_version": .integer(ReportJSON.version),
            "kind": "refusal",
            "exit_code": .integer(Int(refusal.exitCode.rawValue)),
            "message": .string(refusal.description),
            "diagnostics": .array(diagnostics(of: refusal)),
            "guards": .array(guards(of: refusal)),
        ])
    }

    private static func diagnostics(of refusal: Refusal) -> [Value] {
        guard case .invalid(let diagnostics) = refusal else { return [] }
        return diagnostics.map(ReportJSON.value)
    }

    private static func guards(of refusal: Refusal) -> [Value] {
        guard case .guarded(let verdicts) = refusal else { return [] }
        return verdicts.map(ReportJSON.value)
    }
}
