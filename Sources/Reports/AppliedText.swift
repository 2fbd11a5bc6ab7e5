internal import Reconcile

/// The lines that follow a plan when it was applied.
struct AppliedText {
    let applied: Applied
    let palette: Palette

    var lines: [String] {
        let done = applied.results.count { $0.outcome == .applied }
        let summary = "applied \(done) of \(applied.results.count)\(verification)"
        let failures = applied.failures.flatMap(lines)
        let waiting = applied.waiting.flatMap(lines)
        let head = failures.isEmpty ? palette.gain(summary) : palette.loss(summary)
        return [head] + unreadableHint + failures + waiting + missing
    }

    private var verification: String {
        switch applied.verification {
        case .notNeeded: ""
        case .confirmed: ", read again and confirmed"
        case .missing(let ids): ", \(ids.count) of them not there when read again"
        case .unreadable(let reason): ", not confirmed: \(Advice(in: reason).reason.neutralized)"
        }
    }

    private var unreadableHint: [String] {
        guard case .unreadable(let reason) = applied.verification else { return [] }
        return hint(of: reason)
    }

    private func hint(of reason: String) -> [String] {
        Advice(in: reason).hint.map { [palette.quiet("      hint: \($0.neutralized)")] } ?? []
    }

    private var missing: [String] {
        guard case .missing(let ids) = applied.verification else { return [] }
        return ids.map { palette.loss("  ? \($0.text.neutralized)  was accepted and is not there") }
    }

    private func lines(_ result: ItemResult) -> [String] {
        let object = ChangeText.text(of: result.item.change)
        switch result.outcome {
        case .applied: return ["  \(object)"]
        case .waiting(let reason): return told("  … \(object)  waits: ", reason, palette.quiet)
        case .failed(let reason): return told("  x \(object)  failed: ", reason, palette.loss)
        case .skipped(because: let id):
            return [palette.change("  . \(object)  left out: it depends on \(id.text.neutralized)")]
        case .notAttempted(let reason): return told("  . \(object)  not tried: ", reason, palette.change)
        }
    }

    private func told(_ lead: String, _ reason: String, _ painted: (String) -> String) -> [String] {
        [painted(lead + Advice(in: reason).reason.neutralized)] + hint(of: reason)
    }
}
