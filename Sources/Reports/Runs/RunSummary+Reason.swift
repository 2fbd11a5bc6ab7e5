internal import Reconcile

/// Why a run did not end well, for whoever looks at neither its output nor its log.
extension RunSummary {
    /// How many characters of a reason are told; the rest is in the log of the run.
    static let longestReason = 2000

    /// The reason, in lines that cannot steer a terminal; nil where all is well.
    var reason: String? {
        guard RunOutcome(exitCode) != .ok else { return nil }
        let words: String?
        switch report?.outcome {
        case .refused(let refusal): words = RefusalReport.text(refusal)
        case .planned(let plan):
            words = (plan.refusals.first?.refusalText ?? plan.preconditions.first?.description)?.neutralizedLines
        case .applied(let applied):
            words = "\(applied.failures.count) of \(applied.results.count) changes were not applied"
        case nil: words = message?.neutralizedLines
        }
        return words.map { String($0.prefix(Self.longestReason)).trimmingNewlines }
    }
}

extension String {
    /// Each line with what could steer a terminal written out.
    fileprivate var neutralizedLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).neutralized }.joined(separator: "\n")
    }

    fileprivate var trimmingNewlines: String {
        var text = self[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
