package import Access

/// One way in which a person comes to a role at a point.
package struct AccessPath: Hashable, Sendable {
    /// The person, or the team that holds the grant.
    package var holder: Principal
    /// Where the grant stands.
    package var scope: Scope
    /// The location that the grant names for it, if it is an override that counts.
    package var location: String?
    package var role: Role

    package init(holder: Principal, scope: Scope, location: String? = nil, role: Role) {
        self.holder = holder
        self.scope = scope
        self.location = location
        self.role = role
    }
}

extension AccessPath: Comparable {
    package static func < (left: AccessPath, right: AccessPath) -> Bool {
        (left.holder, left.scope, left.location ?? "", left.role)
            < (right.holder, right.scope, right.location ?? "", right.role)
    }
}

/// Everything that one person holds in an organisation, alone and through teams.
package struct PersonAccess: Hashable, Sendable {
    /// A grant with whoever holds it.
    package struct Source: Hashable, Sendable {
        package var holder: Principal
        package var grant: Grant

        package init(holder: Principal, grant: Grant) {
            self.holder = holder
            self.grant = grant
        }
    }

    package var sources: [Source]

    package init(_ sources: [Source] = []) { self.sources = sources }
}

extension PersonAccess {
    /// Every point that a grant names.
    package var points: Set<AccessPoint> { Set(sources.flatMap(\.grant.points)) }

    /// The ways in which the person comes to a role at a point, sorted.
    package func paths(at point: AccessPoint) -> [AccessPath] {
        var paths: [AccessPath] = []
        for source in sources {
            source.grant.giveRoles(at: point) { role, location in
                let scope = source.grant.scope
                paths.append(AccessPath(holder: source.holder, scope: scope, location: location, role: role))
            }
        }
        return paths.sorted()
    }

    /// What the person may do at a point: the most permissive of all ways.
    package func role(at point: AccessPoint) -> EffectiveRole {
        var result = EffectiveRole()
        for source in sources { source.grant.giveRoles(at: point) { role, _ in result.add(role) } }
        return result
    }
}

/// Who holds what in an organisation, with the index that makes one person's answer cheap.
package struct AccessTable: Sendable {
    package let organization: Organization
    private let teamsByMember: [String: [String]]

    /// Reads all memberships once.
    package init(_ organization: Organization) {
        self.organization = organization
        var teams: [String: [String]] = [:]
        for (name, team) in organization.teams.sorted(by: { $0.key < $1.key }) where !team.grants.isEmpty {
            for member in team.members { teams[member, default: []].append(name) }
        }
        teamsByMember = teams
    }

    /// What a person holds; nothing for somebody who is no member of the organisation.
    package subscript(key: String) -> PersonAccess {
        guard let user = organization.users[key] else { return PersonAccess() }
        let own = user.grants.values.map { PersonAccess.Source(holder: .user(key), grant: $0) }
        let shared = (teamsByMember[key] ?? []).flatMap { name in
            (organization.teams[name]?.grants ?? [:]).values.map { PersonAccess.Source(holder: .team(name), grant: $0) }
        }
        return PersonAccess(own + shared)
    }

    /// The people who are admin of the organisation, alone or through a team.
    package var admins: Set<String> {
        let own = organization.users.filter { Self.isAdmin($0.value.grants) }.keys
        let teams = organization.teams.values.filter { Self.isAdmin($0.grants) }
        return Set(own).union(teams.flatMap(\.members)).intersection(organization.users.keys)
    }

    private static func isAdmin(_ grants: [Scope: Grant]) -> Bool { grants[.organization]?.role == .admin }
}
