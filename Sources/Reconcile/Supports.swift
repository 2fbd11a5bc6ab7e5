internal import Access

/// Finds what an item that lowers somebody must wait for, so that at no moment of an apply, and after no failure in
/// it, a person has less than the lesser of before and after.
struct Supports {
    let before: AccessTable
    let after: AccessTable
    let index: ItemIndex

    /// The items without which this one would take more from somebody than the plan as a whole does.
    func dependencies(of item: PlanItem) -> Set<ItemID> {
        var found: Set<ItemID> = []
        for (person, grants) in losses(of: item.change) {
            let old = before[person]
            let new = after[person]
            let touched = old.points.union(new.points).filter { point in
                grants.contains { !$0.effectiveRole(at: point).isNone }
            }
            for point in touched { found.formUnion(supports(of: person, at: point, old, new)) }
        }
        found.remove(item.id)
        return found
    }

    /// The people who stay, with the grants that an item takes from them or lowers.
    private func losses(of change: Change) -> [(person: String, grants: [Grant])] {
        switch change {
        case .dropGrant(let principal, let old): holders(of: principal).map { ($0, [old]) }
        case .putGrant(let principal, let grant, replacing: let old?) where grant.isLower(than: old):
            holders(of: principal).map { ($0, [old]) }
        case .removeMember(let team, let user): [(user, grants(of: team))]
        case .deleteTeam(let team): holders(of: .team(team)).map { ($0, grants(of: team)) }
        default: []
        }
    }

    private func grants(of team: String) -> [Grant] {
        before.organization.teams[team].map { Array($0.grants.values) } ?? []
    }

    private func holders(of principal: Principal) -> [String] {
        switch principal {
        case .user(let key): [key]
        case .team(let name):
            (before.organization.teams[name]?.members ?? []).filter { after.organization.users[$0] != nil }
        }
    }

    private func supports(
        of person: String,
        at point: AccessPoint,
        _ old: PersonAccess,
        _ new: PersonAccess
    ) -> [ItemID] {
        let needed = old.role(at: point).lesser(new.role(at: point))
        guard !needed.isNone else { return [] }
        let newPaths = new.paths(at: point)
        let kept = Self.kept(old.paths(at: point), newPaths)
        return needed.roles.filter { !kept.covers($0) }.flatMap { role in
            let path = newPaths.first { $0.role.isAtLeast(role) }
            return path.map { raising(index.items(of: person, on: $0)) } ?? []
        }
    }

    /// Of a grant that is raised first and lowered later, only the raise is waited for.
    private func raising(_ items: [ItemID]) -> [ItemID] {
        let raises = Set(items.filter { $0.text.hasSuffix("/raise") })
        return items.filter { !raises.contains(ItemID($0.text + "/raise")) }
    }

    /// What a person has throughout: what each grant gives before and after, where a grant that changes counts with the
    /// lesser of the two.
    private static func kept(_ old: [AccessPath], _ new: [AccessPath]) -> EffectiveRole {
        let later = roles(new)
        return EffectiveRole(roles(old).flatMap { key, role in later[key].map { role.lesser($0).roles } ?? [] })
    }

    private static func roles(_ paths: [AccessPath]) -> [PathKey: EffectiveRole] {
        paths.reduce(into: [:]) { $0[PathKey($1), default: EffectiveRole()].add($1.role) }
    }

    private struct PathKey: Hashable {
        let holder: Principal
        let scope: Scope

        init(_ path: AccessPath) {
            holder = path.holder
            scope = path.scope
        }
    }
}
