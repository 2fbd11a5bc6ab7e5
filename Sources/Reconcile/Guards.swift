internal import Access

/// Evaluates all guards over one plan.
struct Guards {
    let limits: GuardLimits
    let protected: ProtectedNames
    let overrides: [GuardOverride]
    let before: AccessTable
    let after: AccessTable
    let people: [PersonChange]
    let items: [PlanItem]
    let counter: LossCounter
    /// Those whom the plan leaves out, and who count in every share.
    let bystanders: Bystanders
    let unmanaged: Unmanaged

    /// The verdict of every guard that counts always, and of those others that refuse.
    func verdicts(isEmptyWhereBaseHad base: [String]) -> [GuardVerdict] {
        let losses = items.flatMap { counter.losses(of: $0.change) } + people.flatMap(counter.loss)
        let byClass = Dictionary(grouping: losses, by: \.lossClass)
        let classes = LossClass.allCases.map { removals($0, byClass[$0] ?? []) }
        let groups = Dictionary(grouping: byClass[.memberships] ?? []) { $0.team ?? "" }
            .sorted { $0.key < $1.key }.compactMap { group($0.key, $0.value) }
        let others = [admins, caller, owner, protectedVerdict, empty(base)].compactMap { $0 }
        return (classes + groups + others).map(overridden)
    }

    private func overridden(_ verdict: GuardVerdict) -> GuardVerdict {
        guard verdict.refusal != nil else { return verdict }
        var verdict = verdict
        // The digest is that of the guard's name and of the losses: it alone says which refusal is meant.
        guard let given = overrides.first(where: { $0.digest == verdict.digest }) else { return verdict }
        let name = verdict.check.name
        verdict.override = GuardOverride(guardName: name, digest: given.digest, reason: given.reason)
        return verdict
    }

    private func removals(_ lossClass: LossClass, _ losses: [Loss]) -> GuardVerdict {
        let total = total(of: lossClass)
        let texts = losses.map(\.text)
        return GuardVerdict(.removals(lossClass), losses: texts, total: total, refusal: refusal(texts.count, of: total))
    }

    private func refusal(_ lost: Int, of total: Int) -> GuardVerdict.Refusal? {
        if lost > limits.count { return .count(limit: limits.count) }
        if lost > limits.floor, lost * 100 > limits.percent * total {
            return .percent(limit: limits.percent, floor: limits.floor)
        }
        return total >= GuardLimits.halfFloor && lost * 2 > total ? .half : nil
    }

    /// How many of a class there are that are ours: what is left alone makes no loss look smaller.
    private func total(of lossClass: LossClass) -> Int {
        let organization = before.organization
        switch lossClass {
        case .people: return organization.users.count + bystanders.count - unmanaged.users.count
        case .teams: return organization.teams.count - unmanaged.teams.count
        case .roles: return organization.roles.count - unmanaged.roles.count
        case .memberships:
            let ours = Set(unmanaged.teams)
            let members = organization.teams.reduce(0) { $0 + (ours.contains($1.key) ? 0 : $1.value.members.count) }
            return members + bystanders.memberships
        case .access:
            let own = organization.users.filter { !$0.value.grants.isEmpty }.keys
            let shared = organization.teams.values.filter { !$0.grants.isEmpty }.flatMap(\.members)
            // Whom the plan takes something from counts, managed or not: no share is that of a smaller whole.
            let losers = people.filter { !counter.loss(of: $0).isEmpty }.map(\.key)
            return Set(own).union(shared).subtracting(unmanaged.users).union(losers).count + bystanders.holding
        }
    }

    private func group(_ team: String, _ losses: [Loss]) -> GuardVerdict? {
        let total = (before.organization.teams[team]?.members.count ?? 0) + (bystanders.byTeam[team] ?? 0)
        guard total >= limits.groupFloor, losses.count * 100 > limits.groupPercent * total else { return nil }
        let refusal = GuardVerdict.Refusal.groupPercent(limit: limits.groupPercent)
        return GuardVerdict(.group(team), losses: losses.map(\.text), total: total, refusal: refusal)
    }
}

extension Guards {
    private var admins: GuardVerdict {
        let old = before.admins
        let new = after.admins
        let isTooFew = new.count < old.count && new.count < limits.minimumAdmins
        let refusal = GuardVerdict.Refusal.admins(left: new.count, minimum: limits.minimumAdmins)
        return GuardVerdict(
            .admins,
            losses: Array(old.subtracting(new)),
            total: old.count,
            refusal: isTooFew ? refusal : nil
        )
    }

    private var caller: GuardVerdict? {
        guard let caller = before.organization.caller, before.admins.contains(caller), !after.admins.contains(caller)
        else { return nil }
        return GuardVerdict(.caller, losses: [caller], total: 1, refusal: .caller)
    }

    private var owner: GuardVerdict? {
        guard let owner = before.organization.owner else { return nil }
        let losses = people.filter { $0.key == owner }.flatMap(losses)
        return losses.isEmpty ? nil : GuardVerdict(.owner, losses: losses, total: 1, refusal: .owner)
    }

    private var protectedVerdict: GuardVerdict? {
        let lostByPeople = people.filter { protected.users.contains($0.key) }.flatMap(losses)
        let lostByTeams = items.compactMap { loss(ofTeamBy: $0.change) }
        guard !lostByPeople.isEmpty || !lostByTeams.isEmpty else { return nil }
        let total = protected.users.count + protected.allTeams.count
        return GuardVerdict(.protected, losses: lostByPeople + lostByTeams, total: total, refusal: .protected)
    }

    private func losses(of person: PersonChange) -> [String] {
        person.membership == .leaves ? [person.key] : counter.loss(of: person).map(\.text)
    }

    private func loss(ofTeamBy change: Change) -> String? {
        guard case .team(let name) = change.principal, protected.allTeams.contains(name) else { return nil }
        switch change {
        case .deleteTeam: return name
        case .dropGrant(_, let grant): return "\(name): \(grant.scope)"
        case .putGrant(_, let grant, replacing: let old?) where grant.isLower(than: old):
            return "\(name): \(grant.scope) \(old.role) > \(grant.role)"
        default: return nil
        }
    }

    private func empty(_ base: [String]) -> GuardVerdict? {
        base.isEmpty ? nil : GuardVerdict(.empty, losses: base, total: base.count, refusal: .empty)
    }
}
