package import Access

/// What a target has and the tree does not name: reported, and left alone.
package struct Unmanaged: Hashable, Sendable {
    /// Keys of people.
    package var users: [String]
    /// Names of teams.
    package var teams: [String]
    /// Names of custom roles.
    package var roles: [String]
    /// The grants of people and teams that are ours while their grants are not managed.
    package var grants: [UnmanagedGrant]
    /// Names of service users.
    package var serviceUsers: [String]

    package init(
        users: [String] = [],
        teams: [String] = [],
        roles: [String] = [],
        grants: [UnmanagedGrant] = [],
        serviceUsers: [String] = []
    ) {
        self.users = users
        self.teams = teams
        self.roles = roles
        self.grants = grants
        self.serviceUsers = serviceUsers
    }

    package var isEmpty: Bool {
        users.isEmpty && teams.isEmpty && roles.isEmpty && grants.isEmpty && serviceUsers.isEmpty
    }
}

/// A grant that no file states and none forbids.
package struct UnmanagedGrant: Hashable, Sendable {
    package var holder: Principal
    package var grant: Grant

    package init(holder: Principal, grant: Grant) {
        self.holder = holder
        self.grant = grant
    }
}

extension Unmanaged {
    /// The same in the order of a report.
    var sorted: Unmanaged {
        let grants = grants.sorted { ($0.holder, $0.grant.scope) < ($1.holder, $1.grant.scope) }
        return Unmanaged(
            users: users.sorted(),
            teams: teams.sorted(),
            roles: roles.sorted(),
            grants: grants,
            serviceUsers: serviceUsers.sorted()
        )
    }
}
