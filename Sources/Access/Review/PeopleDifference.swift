internal import Roster

/// Finds who gains or loses what between two states of a tree, and through what.
struct PeopleDifference {
    let old: TreeSide
    let new: TreeSide

    /// Those of some people, or of all, for whom anything is another thing than before; by address.
    func people(_ ids: Set<String>?) -> [PersonDifference] {
        let oldKeys = old.keys
        let newKeys = new.keys
        let oldTeams = old.wanted.teamsByMember
        let newTeams = new.wanted.teamsByMember
        let all = ids ?? Set(oldKeys.keys).union(newKeys.keys)
        return all.compactMap { id in
            let (oldKey, newKey) = (oldKeys[id], newKeys[id])
            let before = oldKey.map { old.wanted.effectiveAccess(of: $0, teams: oldTeams[$0] ?? []) }
            let after = newKey.map { new.wanted.effectiveAccess(of: $0, teams: newTeams[$0] ?? []) }
            guard let key = newKey ?? oldKey else { return nil }
            let membership = membership(of: id, from: oldKey, to: newKey)
            let points = points(before ?? EffectiveAccess([]), after ?? EffectiveAccess([]), newKey)
            guard membership != .stays || !points.isEmpty else { return nil }
            let user = new.wanted.users[key] ?? old.wanted.users[key]
            return PersonDifference(
                person: user?.email ?? key,
                displayName: user?.displayName,
                membership: membership,
                points: points
            )
        }
        .sorted {
            ($0.person, $0.membership.rank, $0.displayName ?? "") < (
                $1.person, $1.membership.rank, $1.displayName ?? ""
            )
        }
    }

    private func membership(of id: String, from old: String?, to new: String?) -> PersonDifference.Membership {
        switch (old, new) {
        case (let old?, let new?): old == new ? .stays : .renamed(from: self.old.wanted.users[old]?.email ?? old)
        case (nil, _?): .joins(because: self.old.directory.user(id: id) == nil ? "new" : "activated")
        case (_?, nil): .leaves(because: departure(of: id))
        case (nil, nil): .stays
        }
    }

    private func departure(of id: String) -> String {
        guard let user = new.directory.user(id: id) else { return "deleted" }
        return user.isActive ? "no longer asked for" : "deactivated"
    }

    private func points(
        _ before: EffectiveAccess,
        _ after: EffectiveAccess,
        _ newKey: String?
    ) -> [PersonDifference.Point] {
        AccessPoint.inReadingOrder(Set(before.points + after.points)).compactMap { point in
            let earlier = before.role(at: point)
            let later = after.role(at: point)
            guard !earlier.isAtLeast(later) || !later.isAtLeast(earlier) else { return nil }
            let was = before.reasons(at: point)
            let now = after.reasons(at: point)
            let given = now.filter { reason in !was.contains { Self.isSame($0, reason) } }.map(Self.words)
            // What the same grant gives in another way has not ended.
            let ended = was.filter { reason in
                !now.contains { Self.isSameWay($0, reason) || Self.covers($0, reason) }
            }
            .map { words(ending: $0, newKey) }
            let reasons = newKey == nil ? [] : (given + ended).uniqued
            return PersonDifference.Point(point: point, before: earlier, after: later, reasons: reasons)
        }
    }

    private static func isSame(_ left: EffectiveAccess.Reason, _ right: EffectiveAccess.Reason) -> Bool {
        isSameWay(left, right) && left.role == right.role
    }

    /// Whether the first is of the same holder at the same scope, and gives all that the other one does.
    private static func covers(_ left: EffectiveAccess.Reason, _ right: EffectiveAccess.Reason) -> Bool {
        left.held.path.team == right.held.path.team && left.held.grant.scope == right.held.grant.scope
            && left.role.isAtLeast(right.role)
    }

    /// Whether both are of one holder at one scope.
    private static func isSameWay(_ left: EffectiveAccess.Reason, _ right: EffectiveAccess.Reason) -> Bool {
        left.held.path.team == right.held.path.team && left.held.grant.scope == right.held.grant.scope
            && left.location == right.location
    }
}

extension PeopleDifference {
    private static func words(_ reason: EffectiveAccess.Reason) -> String {
        let implied = reason.isImplied ? ", as organization admin" : ""
        let origin = reason.held.origin.map { ", \($0)" } ?? ""
        guard case .team = reason.held.path else { return "own grant\(implied)\(origin)" }
        return "through \(reason.held.path)\(implied)\(origin)"
    }

    private func words(ending reason: EffectiveAccess.Reason, _ key: String?) -> String {
        guard case .team(let team, because: let sources) = reason.held.path else { return "own grant ends" }
        guard let now = new.wanted.teams[team] else { return "team \"\(team)\" is removed" }
        if let key, now.members[key] != nil { return "team \"\(team)\" no longer gives it" }
        let ended = sources.map { "no longer through \($0)" }.joined(separator: ", ")
        return "no longer in team \"\(team)\"" + (ended.isEmpty ? "" : " (\(ended))")
    }
}

extension HeldGrant.Path {
    /// The team that holds the grant; nil: the person does.
    fileprivate var team: String? {
        guard case .team(let name, _) = self else { return nil }
        return name
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it stands first.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
