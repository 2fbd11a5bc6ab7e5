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
    /// `known` comes from the target's record; `today` is a day in UTC, and a grant counts through its last day. `paths`
    /// are the files of records by id, for diagnostics that are about one.
    package static func wanted(
        _ access: AccessFiles,
        _ directory: Directory,
        policy: ResolutionPolicy,
        known: KnownNames = KnownNames(),
        today: CalendarDate,
        paths: [String: String] = [:]
    ) -> (wanted: Wanted, diagnostics: [Diagnostic]) {
        let people = People(directory, policy.identity, paths: paths)
        var names = NameLookup(directory: directory, known: known)
        var wanted = Wanted(roles: access.roles)
        if policy.teams != .ignore {
            var teams = TeamResolution(people: people, today: today)
            wanted.teams = teams.teams(access, policy.teams, &names)
        }
        wanted.users = people.users(boundBy: access, &names, today: today)
        wanted.narrow(to: policy.users)
        wanted.protect(access.protected, identity: policy.identity, names)
        let expiries = access.bindings.flatMap { Expiry.diagnostics(for: $0, today: today) }
        return (wanted, (people.diagnostics + names.diagnostics + expiries).sorted())
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

    fileprivate mutating func protect(
        _ protected: Protected,
        identity: ResolutionPolicy.Identity,
        _ names: NameLookup
    ) {
        for name in protected.users.map(\.value) {
            // Whom nobody provisions, such as an account for emergencies, is protected by the address itself.
            protectedUsers.insert(ResolutionPolicy.Identity.key(ofEmail: name))
            if let key = names.userFollowingRenames(name).flatMap(identity.key) { protectedUsers.insert(key) }
        }
        protectedTeams = Set(protected.teams.map(\.value))
    }
}

extension WantedTeam {
    /// Whether its members may hold something through it: a file names it and does not say that it holds nothing.
    fileprivate var givesGrants: Bool { binding != nil && grants?.isEmpty != true }
}
