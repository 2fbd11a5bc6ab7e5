// A saved plan is applied exactly: every item of it must still be due as it was, and nothing else is done.
extension Draft {
    /// Leaves exactly the items of a saved plan, or refuses: an item of it would no longer be planned.
    mutating func select(_ saved: SavedPlan) throws(Refusal) {
        let due = Dictionary(items.map { ($0.id, $0.change.digest) }, uniquingKeysWith: { first, _ in first })
        let heldBack = Set(held.map(\.id))
        let stale = saved.items.compactMap { item -> StaleItem? in
            guard let digest = due[item.id] else {
                return StaleItem(id: item.id, reason: heldBack.contains(item.id) ? .held : .notDue)
            }
            return digest == item.digest ? nil : StaleItem(id: item.id, reason: .different)
        }
        guard stale.isEmpty else {
            throw .stalePlan(.items(stale, targetChanged: input.live.fingerprint != saved.fingerprint))
        }
        let chosen = Set(saved.items.map(\.id))
        leftOut = items.map(\.id).filter { !chosen.contains($0) }
        items.removeAll { !chosen.contains($0.id) }
    }
}
