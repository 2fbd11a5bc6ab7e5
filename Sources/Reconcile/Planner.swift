internal import Access
package import YAML

/// Compares what the tree wants with what the target has and what the last apply left: pure, and unable to write.
package enum Planner {
    /// The plan with what its apply needs, or why there is none; warnings of an earlier stage are carried along.
    package static func prepare(
        _ input: PlanInput,
        holding: [HeldItem] = [],
        warnings: [Diagnostic] = []
    ) throws(Refusal) -> Prepared {
        if let shortfall = Trust.shortfall(in: input) {
            throw .untrusted(shortfall)
        }
        let loaded = input.record
        var input = input
        input.record = loaded?.settled(in: input.live)
        var draft = Draft(input)
        let swaps = input.snapshotName == nil ? AccountSwaps.diagnostics(input) : []
        let findings = swaps + draft.scopeDiagnostics() + draft.readStatedGrants()
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw .invalid(errors.sorted()) }
        draft.planAll()
        draft.held += holding
        try checkAdoption(draft)
        draft.holdMovedNames()
        if let saved = input.saved { try draft.select(saved) }
        let stated = draft.stated
        let notes = draft.protectionNotes() + draft.graceNotes
        let plan = draft.finished(warnings: (warnings + findings + notes).sorted())
        return Prepared(plan: plan, input: input, stated: stated, loaded: loaded)
    }

    /// Every key of `--adopt` must name something, so that a typing mistake is not taken for "nothing left to adopt".
    private static func checkAdoption(_ draft: Draft) throws(Refusal) {
        guard case .keys(let keys) = draft.input.adoption else { return }
        let live = draft.live
        let names = Set(live.users.keys).union(live.teams.keys)
        let prefixed = live.users.keys.map { "user:\($0)" } + live.teams.keys.map { "team:\($0)" }
        let ids = (draft.items.map(\.id) + draft.held.map(\.id)).map(\.text)
        let moved = draft.input.wanted.movedNames.flatMap(\.adoptionKeys)
        let known = names.union(prefixed).union(live.roles.keys.map { "role:\($0)" }).union(ids).union(moved)
        for key in keys.sorted() where !known.contains(key) {
            throw .nothingToAdopt(key: key, suggestion: Suggestion.closest(to: key, among: known.sorted()))
        }
    }
}

extension Draft {
    /// Finds all differences; renames first, so that everything else is compared under its new name.
    mutating func planAll() {
        planRekeys()
        planRenames()
        planUsers()
        planTeams()
        planGrants()
        copyAccounts()
        planRoles()
        orderSuccessions()
        unmanaged.serviceUsers = live.serviceUsers
    }

    /// The plan with its order, its meaning for people and its guards.
    consuming func finished(warnings: [Diagnostic]) -> Plan {
        let before = AccessTable(live)
        let after = AccessTable(result)
        orderRoleRemovals(after: after.organization)
        let index = ItemIndex(items, before: live, after: after.organization)
        let supports = Supports(before: before, after: after, index: index)
        for position in items.indices where Phase(items[position].change) >= .lowerGrants {
            let found = supports.dependencies(of: items[position])
            items[position].dependencies = found.union(items[position].dependencies).sorted()
        }
        for position in items.indices {
            items[position].risk = items[position].change.risk(after: after.organization)
        }
        let people = People(before: before, after: after, index: index, wanted: input.wanted).changes
        let verdicts = guards(before, after, people)
        let used = Set(verdicts.compactMap(\.override?.digest))
        let seats = Seats(items, before: before, after: after)
        return Plan(
            target: input.target,
            commit: input.commit,
            base: input.record?.commit,
            isFirst: input.record == nil,
            items: Order.sorted(items, freeingFirst: seats.mustFreeFirst),
            held: held.sorted { $0.id < $1.id },
            people: people,
            guards: verdicts,
            preconditions: preconditions(seats),
            freesFirst: seats.mustFreeFirst,
            unmanaged: unmanaged.sorted,
            warnings: warnings,
            unusedOverrides: input.overrides.filter { !used.contains($0.digest) },
            suspension: input.suspension,
            leftOut: leftOut.sorted()
        )
    }

    /// The organisation after everything that is planned; renames are done already.
    private var result: Organization {
        var result = live
        let ordered = items.map { (Phase($0.change), $0) }.sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }
        for (_, item) in ordered where item.change.action != .rename { try? result.apply(item.change) }
        return result
    }
}

extension Draft {
    /// What the service behind the target does not allow.
    private func preconditions(_ seats: Seats) -> [Precondition] {
        let conditions = live.conditions
        var found: [Precondition] = []
        let leavesAlone = input.policy.users == .ignore && input.policy.teams == .ignore
        if conditions.isProvisionedElsewhere, !leavesAlone { found.append(.provisionedElsewhere) }
        guard !items.isEmpty else { return found }
        if let status = conditions.status { found.append(.status(status)) }
        if let right = conditions.missingRight { found.append(.missingRight(right)) }
        let touchesTeams = items.contains { if case .team = $0.change.principal { true } else { false } }
        if !conditions.hasTeams, touchesTeams { found.append(.noTeams(plan: conditions.plan ?? "unknown")) }
        return found + [seats.shortfall].compactMap { $0 }
    }

    private func guards(_ before: AccessTable, _ after: AccessTable, _ people: [PersonChange]) -> [GuardVerdict] {
        let ids = Set(input.wanted.users.values.map(\.userID))
        let continuing = leaving.filter { key in record?.users[key].map { ids.contains($0.id) } ?? false }
        return Guards(
            limits: input.limits.stricter(input.record?.limits),
            protected: protected,
            overrides: input.overrides,
            before: before,
            after: after,
            people: people,
            items: items,
            counter: LossCounter(before: live, leaving: leaving, continuing: continuing),
            bystanders: input.bystanders,
            unmanaged: unmanaged
        ).verdicts(isEmptyWhereBaseHad: emptied)
    }

    /// Whom tree or record protects, under the names that they have now.
    var protected: ProtectedNames {
        input.protected.union(input.record?.protected ?? ProtectedNames())
            .following(items.compactMap { PrincipalRename($0.change) })
    }

    /// What the record has of a kind of which the tree has nothing at all.
    private var emptied: [String] {
        var emptied: [String] = []
        if input.policy.users != .ignore, input.wanted.users.isEmpty, input.bystanders.count == 0 {
            emptied += (record?.users ?? [:]).filter(\.value.isOurs).keys.map { "user:\($0)" }
        }
        if input.policy.teams != .ignore, input.wanted.teams.isEmpty {
            emptied += (record?.teams ?? [:]).keys.map { "team:\($0)" }
        }
        return emptied
    }
}
