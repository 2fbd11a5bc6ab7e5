internal import Access
internal import Reconcile

extension SimulatedState {
    /// A state to begin with: what a target that is a file holds.
    init(seed: Organization) {
        self.init()
        if let name = seed.name { self.name = name }
        owner = seed.owner
        for (name, deployment) in seed.deployments.sorted(by: { $0.key < $1.key }) {
            let id = newNumber()
            deployments[id] = Deployment(id: id, name: name, locations: deployment.locations ?? [])
        }
        for role in seed.roles.values.sorted(by: { $0.name < $1.name }) { add(role) }
        for (_, user) in seed.users.sorted(by: { $0.key < $1.key }) {
            let id = addPerson(user.email)
            let grants = wireGrants(user.grants)
            people[id]?.grants = grants
        }
        for (name, team) in seed.teams.sorted(by: { $0.key < $1.key }) {
            var added = Team(number: newNumber(), name: name)
            added.members = Set(team.members.compactMap { person($0)?.id })
            added.grants = wireGrants(team.grants)
            teams[added.id] = added
        }
    }

    private mutating func add(_ role: CustomRole) {
        let added = OwnRole(
            number: newNumber(),
            name: role.name,
            description: role.description ?? "",
            icon: role.icon ?? "",
            isOrganizational: role.scope == .organization,
            permissions: role.permissions.map(\.rawValue).sorted()
        )
        roles[added.id] = added
    }

    private mutating func wireGrants(_ grants: [Scope: Grant]) -> [GrantPlace: WireGrant] {
        var result: [GrantPlace: WireGrant] = [:]
        for grant in grants.values.sorted(by: { $0.scope < $1.scope }) {
            guard let place = place(of: grant.scope) else { continue }
            let locations = grant.locations.mapValues(wireRole)
            result[place] = WireGrant(id: newNumber(), role: wireRole(grant.role), locations: locations)
        }
        return result
    }

    private func place(of scope: Scope) -> GrantPlace? {
        switch scope {
        case .organization: .organization
        case .allBranchDeployments: .allBranchDeployments
        case .deployment(let name): deployment(named: name).map { .deployment($0.id) }
        case .branchDeployments(of: let base): deployment(named: base).map { .branchDeployments(base: $0.id) }
        }
    }

    private func wireRole(_ role: Role) -> WireRole {
        guard case .custom(let name) = role else { return WireRole(role.name.uppercased()) }
        return WireRole("CUSTOM", customRoleID: self.role(named: name)?.id)
    }
}

extension SimulatedState {
    /// The state as reconciling sees organisations, for comparisons; people who are only invited are part of it.
    var organization: Organization {
        let full = deployments.values.filter { !$0.isPendingDeletion }
        return Organization(
            name: name,
            deployments: Dictionary(full.map { ($0.name, DeploymentState(locations: $0.locations)) }) { first, _ in
                first
            },
            users: Dictionary(
                people.values.map { (Self.key($0.email), UserState(email: $0.email, grants: grants($0.grants))) }
            ) { first, _ in first },
            teams: Dictionary(teams.values.map { ($0.name, state(of: $0)) }) { first, _ in first },
            roles: Dictionary(roles.values.map { ($0.name, customRole($0)) }) { first, _ in first },
            owner: owner
        )
    }

    private func state(of team: Team) -> TeamState {
        TeamState(
            members: Set(team.members.compactMap { people[$0].map { Self.key($0.email) } }),
            grants: grants(team.grants)
        )
    }

    private func customRole(_ role: OwnRole) -> CustomRole {
        CustomRole(
            name: role.name,
            scope: role.isOrganizational ? .organization : .deployment,
            description: role.description.isEmpty ? nil : role.description,
            icon: role.icon.isEmpty ? nil : role.icon,
            permissions: Set(role.permissions.compactMap(Permission.init(rawValue:)))
        )
    }

    private func grants(_ grants: [GrantPlace: WireGrant]) -> [Scope: Grant] {
        var result: [Scope: Grant] = [:]
        for (place, grant) in grants {
            guard let scope = scope(of: place) else { continue }
            result[scope] = Grant(scope: scope, role: role(grant.role), locations: grant.locations.mapValues(role))
        }
        return result
    }

    private func scope(of place: GrantPlace) -> Scope? {
        switch place {
        case .organization: .organization
        case .allBranchDeployments: .allBranchDeployments
        case .deployment(let id): deployments[id].map { .deployment($0.name) }
        case .branchDeployments(let base): deployments[base].map { .branchDeployments(of: $0.name) }
        }
    }

    private func role(_ role: WireRole) -> Role {
        if let id = role.customRoleID { return .custom(roles[id]?.name ?? id) }
        return Role(name: role.grant.lowercased())
    }
}
