package import Reconcile

/// What one run of `reconcile` has to say, for every form that it can be said in.
package struct RunReport: Sendable {
    /// How far the run came.
    package enum Outcome: Sendable {
        /// A plan was made, and nothing was written, be it that guards refuse it.
        case planned(Plan)
        /// The plan was applied, as far as that went.
        case applied(Applied)
        /// There is no plan.
        case refused(Refusal)
    }

    package var outcome: Outcome
    /// Who holds what before and after; only a page shows it, so that nobody else needs to make it.
    package var matrix: AccessMatrix?

    package init(_ outcome: Outcome, matrix: AccessMatrix? = nil) {
        self.outcome = outcome
        self.matrix = matrix
    }
}

extension RunReport {
    /// The report in one form, ending with a line's end; colour is for text alone.
    package func rendered(as format: ReportFormat, isColored: Bool = false) -> String {
        switch format {
        case .text: text(isColored)
        case .json: String(decoding: json, as: UTF8.self)
        case .markdown: RunMarkdown(report: self).text
        case .html: RunPage(report: self).html
        }
    }

    private func text(_ isColored: Bool) -> String {
        switch outcome {
        case .planned(let plan): PlanReport.text(plan, isColored: isColored)
        case .applied(let applied): AppliedReport.text(applied, isColored: isColored)
        case .refused(let refusal): RefusalReport.text(refusal)
        }
    }

    private var json: [UInt8] {
        switch outcome {
        case .planned(let plan): PlanReport.json(plan)
        case .applied(let applied): AppliedReport.json(applied)
        case .refused(let refusal): RefusalReport.json(refusal)
        }
    }

    /// The plan that was made or applied.
    package var plan: Plan? {
        switch outcome {
        case .planned(let plan): plan
        case .applied(let applied): applied.plan
        case .refused: nil
        }
    }

    /// What was applied, if anything was tried.
    package var applied: Applied? {
        guard case .applied(let applied) = outcome, !applied.results.isEmpty else { return nil }
        return applied
    }
}

extension Plan {
    /// How many items and held ones there are, in the words of a heading: `4 changes`, `nothing to do`.
    var summary: String {
        if items.isEmpty, held.isEmpty { return "nothing to do" }
        return PlanText.counted(items.count, "change", "changes")
    }
}
