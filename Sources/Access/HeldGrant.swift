/// A grant that somebody holds, themselves or through a team, as the tree asks for it or a target has it.
package struct HeldGrant: Hashable, Sendable {
    /// How a person comes to hold a grant.
    package enum Path: Hashable, Sendable {
        /// It is their own.
        case direct
        /// A team holds it, of which they are a member because of these; a target does not say why.
        case team(String, because: [MemberSource])
    }

    /// What is held.
    package var grant: Grant
    /// How the person comes to it.
    package var path: Path
    /// The line that asks for it, `access/data-platform.yaml:10:5`; nil when only a target has it.
    package var origin: String?
    /// Its last day, UTC; nil: it counts until a file changes.
    package var expires: CalendarDate?
    /// Why it is given, in the words of the file that asks for it.
    package var reason: String?

    /// Joins a grant and the way to it.
    package init(
        _ grant: Grant,
        path: Path,
        origin: String? = nil,
        expires: CalendarDate? = nil,
        reason: String? = nil
    ) {
        self.grant = grant
        self.path = path
        self.origin = origin
        self.expires = expires
        self.reason = reason
    }

    /// A grant that the tree asks for.
    package init(_ wanted: WantedGrant, path: Path) {
        self.init(
            wanted.grant,
            path: path,
            origin: wanted.origin,
            expires: wanted.rule.expires,
            reason: wanted.reason
        )
    }
}

extension HeldGrant.Path: CustomStringConvertible {
    /// `directly` or `team "Data Platform" (group "Data Platform" > "On Call")`.
    package var description: String {
        switch self {
        case .direct: "directly"
        case .team(let name, let sources):
            "team \"\(name)\"" + (sources.isEmpty ? "" : " (\(sources.map(\.description).joined(separator: ", ")))")
        }
    }
}

extension Wanted {
    /// The names of the teams of each person, sorted, by key; made once for questions about many people.
    package var teamsByMember: [String: [String]] {
        var result: [String: [String]] = [:]
        for (name, team) in teams.sorted(by: { $0.key < $1.key }) {
            for key in team.members.keys { result[key, default: []].append(name) }
        }
        return result
    }

    /// Everything that a person is to hold; nothing for somebody who is not to be there.
    ///
    /// The second parameter is the person's part of ``teamsByMember``, for callers that ask about many people.
    package func held(by key: String, teams names: [String]? = nil) -> [HeldGrant] {
        guard let user = users[key] else { return [] }
        let direct = (user.grants ?? [:]).values.map { HeldGrant($0, path: .direct) }
        let memberships = names ?? teams.filter { $0.value.members[key] != nil }.keys.sorted()
        let inherited = memberships.flatMap { name in
            let team = teams[name]
            let sources = team?.members[key] ?? []
            return (team?.grants ?? [:]).values.sorted { $0.grant.scope < $1.grant.scope }.map {
                HeldGrant($0, path: .team(name, because: sources))
            }
        }
        return direct.sorted { $0.grant.scope < $1.grant.scope } + inherited
    }
}
