internal import Reconcile

/// The lines that follow a plan when it was applied.
struct AppliedText {
    let applied: Applied
    let palette: Palette

    var lines: [String] {
        let done = applied.results.count { $0.outcome == .applied }
        let summary = "applied \(done) of \(applied.results.count)\(verification)"
        let failures = applied.failures.map(line)
        let waiting = applied.waiting.map(line)
        return [failures.isEmpty ? palette.gain(summary) : palette.loss(summary)] + failures + waiting + missing
    }

    private var verification: String {
        switch applied.verification {
        case .notNeeded: ""
        case .confirmed: ", read again and confirmed"
        case .missing(let ids): ", \(ids.count) of them not there when read again"
        case .unreadable(let reason): ", not confirmed: \(reason.neutralized)"
        }
    }

    private var missing: [String] {
        guard case .missing(let ids) = applied.verification else { return [] }
        return ids.map { palette.loss("  ? \($0.text.neutralized)  was accepted and is not there") }
    }

    private func line(_ result: ItemResult) -> String {
        let object = ChangeText.text(of: result.item.change)
        switch result.outcome {
        case .applied: return "  \(object)"
        case .waiting(let reason): return palette.quiet("  … \(object)  waits: \(reason.neutralized)")
        case .failed(let reason): return palette.loss("  x \(object)  failed: \(reason.neutralized)")
        case .skipped(because: let id):
            return palette.change("  . \(object)  left out: it depends on \(id.text.neutralized)")
        case .notAttempted(let reason): return palette.change("  . \(object)  not tried: \(reason.neutralized)")
        }
    }
}
