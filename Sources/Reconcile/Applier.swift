/// What came of one item.
package struct ItemResult: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case applied
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

/// Applies the items of a plan one after the other: what does not depend on a failed one goes on.
struct Applier {
    private(set) var results: [ItemResult] = []
    private(set) var isUnavailable = false
    private var undone: Set<ItemID> = []
    private var endReason: String?

    mutating func apply(_ items: [PlanItem], to writer: some TargetWriter) async {
        for item in items {
            let outcome = await outcome(of: item, writer)
            if outcome != .applied { undone.insert(item.id) }
            results.append(ItemResult(item, outcome))
        }
        guard results.contains(where: { $0.outcome == .applied }) else { return }
        do {
            try await writer.finish()
        } catch {
            // What was only gathered is not there: none of it counts as applied.
            note(error)
            for index in results.indices where results[index].outcome == .applied {
                results[index].outcome = .failed(String(describing: error))
            }
        }
    }

    private mutating func outcome(of item: PlanItem, _ writer: some TargetWriter) async -> ItemResult.Outcome {
        if Task.isCancelled { endReason = endReason ?? "the run was stopped" }
        if let endReason { return .notAttempted(endReason) }
        if let missing = item.dependencies.first(where: undone.contains) { return .skipped(because: missing) }
        do {
            try await writer.apply(item)
            return .applied
        } catch {
            note(error)
            return .failed(String(describing: error))
        }
    }

    private mutating func note(_ error: any Error) {
        guard case .unavailable(let reason)? = error as? TargetError else { return }
        isUnavailable = true
        endReason = reason
    }
}
