package import Access

/// What an apply is about to make: saved before its first change, so that what a run gave that was ended at any moment
/// is known to be ours and is taken away again when the tree no longer asks for it.
package struct Intent: Hashable, Sendable {
    /// People who are made or changed, by the keys that they get.
    package var users: [String: RecordedUser]
    /// Teams that are made or changed, by the names that they get.
    package var teams: [String: RecordedTeam]
    /// Custom roles that are made or changed.
    package var roles: [String: CustomRole]
    /// New names, in the order in which they are given.
    package var renames: [PrincipalRename]
    /// How many people are to be left, so that a removal that was done is not taken for a list that was cut.
    package var peopleLeft: Int
    /// How many teams are to be left.
    package var teamsLeft: Int

    package init(
        users: [String: RecordedUser] = [:],
        teams: [String: RecordedTeam] = [:],
        roles: [String: CustomRole] = [:],
        renames: [PrincipalRename] = [],
        peopleLeft: Int = 0,
        teamsLeft: Int = 0
    ) {
        self.users = users
        self.teams = teams
        self.roles = roles
        self.renames = renames
        self.peopleLeft = peopleLeft
        self.teamsLeft = teamsLeft
    }
}

/// A person or a team that gets another name.
package struct PrincipalRename: Hashable, Sendable {
    package var from: Principal
    package var to: Principal

    package init(from: Principal, to: Principal) {
        self.from = from
        self.to = to
    }
}

extension PrincipalRename {
    /// The rename that a change is; nil for any other change.
    init?(_ change: Change) {
        switch change {
        case .rekeyUser(from: let old, to: let new, email: _): self.init(from: .user(old), to: .user(new))
        case .renameTeam(from: let old, to: let new): self.init(from: .team(old), to: .team(new))
        default: return nil
        }
    }
}

extension Prepared {
    /// The record to save before the first change; nil where nothing is to be changed.
    ///
    /// It is the last one, with everything that the plan makes as an intent, and with what it removes still in it.
    package func writeAhead(time: String) -> TargetRecord? {
        guard !plan.items.isEmpty else { return nil }
        var planned = input.live
        for item in plan.items { try? planned.apply(item.change) }
        let results = plan.items.map { ItemResult($0, .applied) }
        let next = NextRecord(self, live: planned, results: results, isComplete: false).record(time: time)
        var record = input.record ?? TargetRecord(target: input.target)
        record.intent = Intent(
            users: next.users.filter { record.users[$0.key] != $0.value },
            teams: next.teams.filter { record.teams[$0.key] != $0.value },
            roles: next.roles.filter { record.roles[$0.key] != $0.value },
            renames: plan.items.compactMap { PrincipalRename($0.change) },
            peopleLeft: next.users.values.count { $0.isOurs },
            teamsLeft: next.teams.count
        )
        record.attempted = next.attempted ?? record.attempted
        record.time = time
        record.deployments.merge(next.deployments) { known, _ in known }
        record.names.users.merge(next.names.users) { known, _ in known }
        record.names.groups.merge(next.names.groups) { known, _ in known }
        record.notAdopted.formUnion(next.notAdopted)
        record.vanished.merge(next.vanished) { known, _ in known }
        record.limits = next.limits
        record.protected = next.protected
        record.overrides = next.overrides
        return record
    }
}

extension TargetRecord {
    /// The record with what became of its intent: of what a run was about to make, all that the target has is ours.
    func settled(in live: Organization) -> TargetRecord {
        guard let intent else { return self }
        var record = self
        record.intent = nil
        var undone: Set<Principal> = []
        for (rename, isDone) in intent.renamesDone(in: live) {
            if isDone { record.rename(rename) } else { undone.insert(rename.to) }
        }
        for (key, user) in intent.users where !undone.contains(.user(key)) {
            guard let held = live.users[key]?.grants else { continue }
            var known = record.users[key] ?? RecordedUser(id: user.id, created: user.created, userName: user.userName)
            known.isOurs = user.isOurs || record.users[key]?.isOurs == true
            known.grants = Self.joined(known.grants, user.grants, held)
            record.users[key] = known
        }
        for (name, team) in intent.teams where !undone.contains(.team(name)) {
            guard let state = live.teams[name] else { continue }
            var known = record.teams[name] ?? RecordedTeam(groups: team.groups)
            known.members.formUnion(team.members.intersection(state.members))
            known.grants = Self.joined(known.grants, team.grants, state.grants)
            record.teams[name] = known
        }
        record.roles.merge(intent.roles.filter { live.roles[$0.key] != nil }) { known, _ in known }
        return record
    }

    /// What was recorded before, and what is held at the scopes where a grant was to be put.
    private static func joined(
        _ known: [Scope: RecordedGrant]?,
        _ intended: [Scope: RecordedGrant]?,
        _ held: [Scope: Grant]
    ) -> [Scope: RecordedGrant]? {
        var joined = known ?? [:]
        for (scope, grant) in intended ?? [:] {
            guard let there = held[scope], joined[scope] == nil || there == grant.grant else { continue }
            joined[scope] = grant
        }
        return known == nil && joined.isEmpty ? nil : joined
    }

    /// The same principal under another name.
    mutating func rename(_ rename: PrincipalRename) {
        switch (rename.from, rename.to) {
        case (.user(let old), .user(let new)): rekeyUser(old, to: new)
        case (.team(let old), .team(let new)): renameTeam(old, to: new)
        default: break
        }
    }
}

extension Intent {
    /// Each rename with whether it was done, in order.
    ///
    /// A new name was free before, so that whoever has it got it; or it was freed by a rename before, without which its
    /// former holder has it still. Whether the old name is free says nothing: somebody else may have got it since.
    fileprivate func renamesDone(in live: Organization) -> [(PrincipalRename, Bool)] {
        var done: [Principal: Bool] = [:]
        return renames.map { rename in
            let isDone = live.has(rename.to) && done[rename.to] != false
            done[rename.from] = isDone
            return (rename, isDone)
        }
    }
}

extension Organization {
    fileprivate func has(_ principal: Principal) -> Bool { grants(of: principal) != nil }
}
