package import Access

extension Prepared {
    /// Who holds what at the target now, and when every item of the plan has been applied.
    package var access: (before: AccessTable, after: AccessTable) {
        var result = input.live
        for item in plan.items { try? result.apply(item.change) }
        return (AccessTable(input.live), AccessTable(result))
    }

    /// What the tree asks for, with everything that makes somebody a member of a team.
    package var wanted: Wanted { input.wanted }
}
