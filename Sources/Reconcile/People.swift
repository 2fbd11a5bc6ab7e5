internal import Access

/// Turns items into what they mean for people.
struct People {
    let before: AccessTable
    let after: AccessTable
    let index: ItemIndex
    let wanted: Wanted

    /// Everybody who joins, leaves, is renamed, or gains or loses something, by key.
    var changes: [PersonChange] {
        index.people.sorted().compactMap { key in
            let item = index.users[key]
            let membership = Self.membership(item?.change)
            let changes = accessChanges(of: key, membership, item?.id)
            guard membership != .stays || !changes.isEmpty else { return nil }
            return PersonChange(key: key, membership: membership, changes: changes, item: item?.id)
        }
    }

    private static func membership(_ change: Change?) -> PersonChange.Membership {
        switch change {
        case .addUser: .joins
        case .removeUser: .leaves
        case .rekeyUser(from: let old, to: _, email: _): .renamed(from: old)
        default: .stays
        }
    }

    private func accessChanges(
        of key: String,
        _ membership: PersonChange.Membership,
        _ item: ItemID?
    ) -> [AccessChange] {
        let old = before[key]
        let new = after[key]
        return old.points.union(new.points).sorted().compactMap { point in
            let earlier = old.role(at: point)
            let later = new.role(at: point)
            guard !earlier.isAtLeast(later) || !later.isAtLeast(earlier) else { return nil }
            let oldPaths = old.paths(at: point)
            let newPaths = new.paths(at: point)
            let lost = oldPaths.filter { !newPaths.contains($0) }
            let gained = newPaths.filter { !oldPaths.contains($0) }
            let leaves = membership == .leaves
            return AccessChange(
                point: point,
                before: earlier,
                after: later,
                lost: lost,
                gained: gained,
                reasons: leaves ? [] : reasons(for: key, at: point, lost: lost, gained: gained),
                items: leaves ? [item].compactMap { $0 } : items(for: key, on: lost + gained)
            )
        }
    }

    private func items(for key: String, on paths: [AccessPath]) -> [ItemID] {
        Set(paths.flatMap { index.items(of: key, on: $0) }).sorted()
    }
}

extension People {
    /// In words: what gives it now, and what gave it before and does so no more.
    private func reasons(
        for key: String,
        at point: AccessPoint,
        lost: [AccessPath],
        gained: [AccessPath]
    ) -> [String] {
        let ended = lost.filter { path in
            !gained.contains { ($0.holder, $0.scope, $0.location) == (path.holder, path.scope, path.location) }
        }
        let given = gained.map { reason(for: key, at: point, gaining: $0) }
        let reasons = given + ended.map { reason(for: key, losing: $0) }
        return reasons.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func reason(for key: String, at point: AccessPoint, gaining path: AccessPath) -> String {
        let implied = path.scope == .organization && point != .organization ? ", as organization admin" : ""
        guard case .team(let team) = path.holder else { return "own grant" + implied }
        let sources = wanted.teams[team]?.members[key] ?? []
        let because = sources.isEmpty ? "" : " (\(sources.map(\.description).joined(separator: ", ")))"
        return "through team \"\(team)\"\(because)\(implied)"
    }

    private func reason(for key: String, losing path: AccessPath) -> String {
        guard case .team(let team) = path.holder else { return "own grant ends" }
        if index.removedTeams[team] != nil { return "team \"\(team)\" is removed" }
        if index.memberships[key]?[team] != nil { return "no longer in team \"\(team)\"" }
        return "team \"\(team)\" no longer gives it"
    }
}
