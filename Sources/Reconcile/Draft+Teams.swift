internal import Access
internal import Roster

// Which teams exist, and who is in them: inside a team the stated list is exact.
extension Draft {
    mutating func planTeams() {
        guard input.policy.teams != .ignore else { return }
        for (name, team) in input.wanted.teams where live.teams[name] == nil { create(name, team) }
        for name in live.teams.keys where input.wanted.teams[name] == nil {
            if let recorded = record?.teams[name] {
                let origin = commit(recorded.groups.map { file(of: $0) })
                let reason = input.snapshotName.map { "is not in snapshot \($0)" }
                add(
                    .deleteTeam(name),
                    origin: origin,
                    reasons: [reason ?? "no group and no file names it any more"],
                    vanished: hasVanished(teamOf: recorded.groups)
                )
            } else if input.adoption.takes(.team(name)) {
                add(.deleteTeam(name), origin: .adoption, reasons: ["the tree does not name this team"])
            } else {
                unmanaged.teams.append(name)
            }
        }
        for team in input.wanted.teams.values { planMembers(of: team) }
    }

    private mutating func create(_ name: String, _ team: WantedTeam) {
        let change = Change.createTeam(name)
        let wasThere = record?.teams[name] != nil
        let files = [team.binding?.file] + team.groupIDs.map { file(of: $0) }
        let source = team.binding.map { "\($0)" } ?? "group \"\(name)\""
        add(
            change,
            origin: wasThere ? .drift : commit(files),
            reasons: [wasThere ? "was deleted at the target by somebody else" : source],
            after: [freeing[.team(name)]]
        )
        making[.team(name)] = change.id
    }

    private mutating func planMembers(of team: WantedTeam) {
        let current = live.teams[team.name]?.members ?? []
        if team.members.count == current.count, current.allSatisfy({ team.members[$0] != nil }) { return }
        let recorded = record?.teams[team.name]
        for (user, sources) in team.members where !current.contains(user) {
            add(user, to: team, sources, wasThere: recorded?.members.contains(user) == true)
        }
        for user in current where team.members[user] == nil {
            guard !leaving.contains(user), !staying.contains(user) else { continue }
            remove(user, from: team, wasThere: recorded?.members.contains(user) == true)
        }
    }

    private mutating func add(_ user: String, to team: WantedTeam, _ sources: [MemberSource], wasThere: Bool) {
        let change = Change.addMember(team: team.name, user: user)
        let reasons = sources.map { "through \($0)" }
        if input.policy.users == .ignore, live.users[user] == nil {
            return hold(change, .notInOrganization(user), reasons: reasons)
        }
        if live.users[user] == nil, invited(user) != nil { return hold(change, .awaits(user), reasons: reasons) }
        add(
            change,
            origin: wasThere ? .drift : commit(files(of: sources, team: team, user: user)),
            reasons: reasons,
            after: [making[.team(team.name)], making[.user(user)]]
        )
    }

    private mutating func remove(_ user: String, from team: WantedTeam, wasThere: Bool) {
        let change = Change.removeMember(team: team.name, user: user)
        let reason =
            input.snapshotName.map { "is not in snapshot \($0)" }
            ?? "no group and no file makes this person a member" + (wasThere ? " any more" : "")
        let principal = Principal.team(team.name)
        guard wasThere || !mustAdopt(change.id, of: principal) else {
            return hold(change, .notAdopted, reasons: [reason])
        }
        let origin =
            wasThere
            ? commit([team.binding?.file] + team.groupIDs.map { file(of: $0) })
            : extraOrigin(change.id, of: principal)
        add(
            change,
            origin: origin,
            reasons: [reason],
            after: [making[principal], making[.user(user)]],
            vanished: wasThere && hasVanished(user, from: team)
        )
    }

    /// The files that make a person a member, those that changed most probably first.
    private func files(of sources: [MemberSource], team: WantedTeam, user: String) -> [String?] {
        let listed: [String?] = sources.map { source in
            switch source {
            case .listed(let place): place.file
            case .group(let path): file(of: path.last.flatMap { input.directory.group(named: $0)?.id })
            case .appRole: nil
            }
        }
        let own = file(of: input.wanted.users[user]?.userID)
        return listed + team.groupIDs.map { file(of: $0) } + [own, team.binding?.file]
    }
}
