internal import Access

/// Whether an organisation's seats suffice for a plan, in the end and on the way there.
struct Seats {
    let conditions: Conditions
    /// The people who need a paid seat before and after.
    private let paidBefore: Set<String>
    private let paidAfter: Set<String>
    private let joining: Int
    private let leaving: Int

    init(_ items: [PlanItem], before: AccessTable, after: AccessTable) {
        conditions = before.organization.conditions
        let counts = conditions.paidSeats != nil
        paidBefore = counts ? before.paid : []
        paidAfter = counts ? after.paid : []
        joining = items.count { if case .addUser = $0.change { true } else { false } }
        leaving = items.count { item in
            guard case .removeUser(let key) = item.change else { return false }
            return before.organization.users[key] != nil
        }
    }

    /// Why the end cannot be reached; nil: it can.
    var shortfall: Precondition? {
        if let available = conditions.paidSeats, paidAfter.count > available, paidAfter.count > paidBefore.count {
            return .paidSeats(needed: paidAfter.count, available: available)
        }
        return !conditions.admitsMorePeople && joining > leaving ? .seats(joining: joining, leaving: leaving) : nil
    }

    /// Whether seats must be freed before they are taken: what is added first otherwise would not fit.
    var mustFreeFirst: Bool {
        if !conditions.admitsMorePeople, joining > 0 { return true }
        guard let available = conditions.paidSeats, !paidAfter.isSubset(of: paidBefore) else { return false }
        return paidBefore.union(paidAfter).count > available
    }
}

extension AccessTable {
    /// The people who are editor or more somewhere, for whom Dagster+ wants a seat.
    fileprivate var paid: Set<String> {
        Set(
            organization.users.keys.filter { key in
                self[key].sources.flatMap(\.grant.roles).contains { role in
                    guard let rank = role.rank, let editor = Role.editor.rank else { return false }
                    return rank >= editor
                }
            }
        )
    }
}
