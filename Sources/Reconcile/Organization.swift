package import Access

/// An organisation as a target holds it at one moment: the live state of a plan.
///
/// People are keyed by the folded form of the address that identifies them, teams, deployments and roles by name.
package struct Organization: Hashable, Sendable {
    /// What the organisation calls itself; nil where the target does not say.
    package var name: String?
    package var deployments: [String: DeploymentState]
    package var users: [String: UserState]
    package var teams: [String: TeamState]
    /// The organisation's own roles, without places.
    package var roles: [String: CustomRole]
    /// The key of the person on whose behalf the target is read and written, where it knows one.
    package var caller: String?
    /// The key of the person who owns the organisation, where the target knows one.
    package var owner: String?
    /// The names of service users, which are programs' accounts: shown, and left alone.
    package var serviceUsers: [String]
    /// Roles of grants that no role here stands for, by the organisation's own words: shown, and left alone.
    package var unknownRoles: Set<String>
    /// What the service behind it asks of a plan.
    package var conditions: Conditions

    package init(
        name: String? = nil,
        deployments: [String: DeploymentState] = [:],
        users: [String: UserState] = [:],
        teams: [String: TeamState] = [:],
        roles: [String: CustomRole] = [:],
        caller: String? = nil,
        owner: String? = nil,
        serviceUsers: [String] = [],
        unknownRoles: Set<String> = [],
        conditions: Conditions = Conditions()
    ) {
        self.name = name
        self.deployments = deployments
        self.users = users
        self.teams = teams
        self.roles = roles
        self.caller = caller
        self.owner = owner
        self.serviceUsers = serviceUsers
        self.unknownRoles = unknownRoles
        self.conditions = conditions
    }
}

/// A full deployment of an organisation.
package struct DeploymentState: Hashable, Sendable {
    /// The names of its code locations; nil where the target cannot tell them.
    package var locations: Set<String>?

    package init(locations: Set<String>? = []) { self.locations = locations }

    /// With the locations of both, where both are known.
    func joined(with other: DeploymentState) -> DeploymentState {
        DeploymentState(locations: locations.flatMap { own in other.locations.map(own.union) })
    }
}

/// A member of an organisation.
package struct UserState: Hashable, Sendable {
    /// The address as the target spells it.
    package var email: String
    /// What the person holds alone, at most one grant a scope.
    package var grants: [Scope: Grant]

    package init(email: String, grants: [Scope: Grant] = [:]) {
        self.email = email
        self.grants = grants
    }
}

/// A team of an organisation.
package struct TeamState: Hashable, Sendable {
    /// Keys of its members.
    package var members: Set<String>
    /// What every member holds through the team, at most one grant a scope.
    package var grants: [Scope: Grant]

    package init(members: Set<String> = [], grants: [Scope: Grant] = [:]) {
        self.members = members
        self.grants = grants
    }
}
