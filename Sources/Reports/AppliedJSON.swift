internal import Reconcile
internal import SCIM

/// What an apply did, as JSON.
struct AppliedJSON {
    let applied: Applied

    var value: Value {
        [
            "format_version": .integer(ReportJSON.version),
            "kind": "apply",
            "exit_code": .integer(Int(applied.exitCode.rawValue)),
            "results": .array(applied.results.map(Self.value)),
            "verification": verification,
            "plan": PlanJSON(plan: applied.plan).value,
        ]
    }

    private var verification: Value {
        switch applied.verification {
        case .notNeeded: ["result": "not_needed"]
        case .confirmed: ["result": "confirmed"]
        case .missing(let ids): ["result": "missing", "items": ReportJSON.texts(ids.map(\.text))]
        case .unreadable(let reason): ["result": "unreadable", "reason": .string(reason)]
        }
    }

    private static func value(_ result: ItemResult) -> Value {
        let id = Value.string(result.item.id.text)
        switch result.outcome {
        case .applied: return ["id": id, "outcome": "applied"]
        case .waiting(let reason): return ["id": id, "outcome": "waiting", "reason": .string(reason)]
        case .failed(let reason): return ["id": id, "outcome": "failed", "reason": .string(reason)]
        case .skipped(because: let other): return ["id": id, "outcome": "skipped", "because": .string(other.text)]
        case .notAttempted(let reason): return ["id": id, "outcome": "not_attempted", "reason": .string(reason)]
        }
    }
}
