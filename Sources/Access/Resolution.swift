package import Roster
package import YAML

/// Decides what the tree asks of a target on one day: the people, the teams with their
/// members and where each comes from, and the grants.
package enum Resolution {
    /// How many days before its last one a grant is warned about.
    package static let noticeDays = 14

    /// Resolves every name in the files under `access/`.
    ///
    /// Inactive users hold nothing and are nowhere a member. A name that the identity provider changed is followed by
    /// the id that it had at the last apply, with a warning; one that it deleted gives nothing, with a warning; one that
    /// was never known is an error, and gives nothing. Which deployments and locations exist, only the target knows.
    /// A name that went to somebody else while its former holder is still provisioned means the former holder; what the
    /// new one would gain is in ``Wanted/movedNames``, and `taking` has the keys of those who are to be taken. `known`
    /// and `holders`, the ids of people by the key at the target, come from its record; `today` is a day in UTC, and a
    /// grant counts through its last day. `paths` are the files of records by id, for diagnostics that are about one.
    /// `userNames` are those of everybody, for a directory that holds some only.
    package static func wanted(
        _ access: AccessFiles,
        _ directory: Directory,
        policy: ResolutionPolicy,
        known: KnownNames = KnownNames(),
        holders: [String: String] = [:],
        taking: Set<String> = [],
        today: CalendarDate,
        paths: [String: String] = [:],
        userNames: (() -> [String])? = nil
    ) -> (wanted: Wanted, diagnostics: [Diagnostic]) {
        let people = People(directory, policy.identity, holders: holders, paths: paths)
        var names = NameLookup(directory: directory, known: known, taking: taking, userNames: userNames)
        var wanted = Wanted(roles: access.roles)
        if policy.teams != .ignore {
            var teams = TeamResolution(people: people, today: today)
            wanted.teams = teams.teams(access, policy.teams, &names)
        }
        wanted.users = people.users(boundBy: access, &names, today: today)
        wanted.movedNames = names.moves.map { wanted.moved($0, people, today: today) }
        wanted.narrow(to: policy.users)
        let notes = wanted.protect(access.protected, identity: policy.identity, names)
        let expiries = access.bindings.flatMap { Expiry.diagnostics(for: $0, today: today) }
        return (wanted, (people.diagnostics + names.diagnostics + notes + expiries).sorted())
    }
}

extension Wanted {
    /// Leaves out the people whom the settings leave out.
    fileprivate mutating func narrow(to policy: ResolutionPolicy.Users) {
        guard policy != .all else { return }
        let counting = teams.values.filter { policy == .ignore || $0.givesGrants }
        let members = Set(counting.flatMap { $0.members.keys })
        users = users.filter { key, user in
            members.contains(key) || (policy == .ignore ? user.grants != nil : user.grants?.isEmpty == false)
        }
        let kept = users
        teams = teams.mapValues { team in
            var team = team
            team.members = team.members.filter { kept[$0.key] != nil }
            return team
        }
    }

    /// A moved name with whom it keeps from gaining something.
    fileprivate func moved(_ move: NameMove, _ people: People, today: CalendarDate) -> MovedName {
        var moved = move.moved
        var members = MemberCollection(people: people)
        if let group = people.directory.group(id: move.holder), moved.kind == .group { members.add(group) }
        let own = moved.kind == .user ? people.keysByID[move.holder].map { [$0] } : nil
        let candidates = own ?? members.sources.keys.sorted()
        switch move.binding.principal {
        case .user: moved.gaining = move.binding.wantedGrants(today: today)?.isEmpty == false ? candidates : []
        case .team(let name): moved.gaining = candidates.filter { teams[name]?.members[$0] == nil }
        }
        return moved
    }
}

extension WantedTeam {
    /// Whether its members may hold something through it: a file names it and does not say that it holds nothing.
    fileprivate var givesGrants: Bool { binding != nil && grants?.isEmpty != true }
}
