/// What came of one item.
package struct ItemResult: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case applied
        /// It cannot be done yet, for this reason; a later run does it.
        case waiting(String)
        /// The target refused it, for this reason.
        case failed(String)
        /// Left out, because an item that it depends on was not applied.
        case skipped(because: ItemID)
        /// Left out, because the run ended before, for this reason.
        case notAttempted(String)
    }

    package var item: PlanItem
    package var outcome: Outcome

    package init(_ item: PlanItem, _ outcome: Outcome) {
        self.item = item
        self.outcome = outcome
    }
}

extension ItemResult {
    /// Whether nothing went wrong: it was done, or it waits for somebody.
    package var isGood: Bool {
        switch outcome {
        case .applied, .waiting: true
        case .failed, .skipped, .notAttempted: false
        }
    }
}
