package import Access

/// Why an organisation refuses a change.
package enum OrganizationError: Error, Hashable, Sendable {
    case unknownUser(String)
    case unknownTeam(String)
    case unknownRole(String)
    case unknownDeployment(String)
    case userExists(String)
    case teamExists(String)
    case roleExists(String)
    case roleInUse(String, by: Principal)
}

extension OrganizationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownUser(let key): "user \"\(key)\" is not a member of the organization"
        case .unknownTeam(let name): "team \"\(name)\" does not exist"
        case .unknownRole(let name): "role \"\(name)\" does not exist"
        case .unknownDeployment(let name): "deployment \"\(name)\" does not exist"
        case .userExists(let key): "user \"\(key)\" is a member of the organization already"
        case .teamExists(let name): "team \"\(name)\" exists already"
        case .roleExists(let name): "role \"\(name)\" exists already"
        case .roleInUse(let name, by: let principal): "role \"\(name)\" is still held by \(principal)"
        }
    }
}

extension Organization {
    /// Does a change, or refuses it as a real organisation would: names must exist, new names must be free.
    package mutating func apply(_ change: Change) throws(OrganizationError) {
        switch change {
        case .createRole(let role): try create(role)
        case .updateRole(from: _, to: let role): try update(role)
        case .deleteRole(let role): try delete(role)
        case .addUser(let key, let email): try addUser(key, email)
        case .removeUser(let key): try removeUser(key)
        case .rekeyUser(from: let old, to: let new, let email): try rekeyUser(old, to: new, email)
        case .createTeam(let name): try createTeam(name)
        case .renameTeam(from: let old, to: let new): try renameTeam(old, to: new)
        case .deleteTeam(let name): try deleteTeam(name)
        case .addMember(let team, let user): try addMember(user, to: team)
        case .removeMember(let team, let user): try removeMember(user, from: team)
        case .putGrant(let principal, let grant, replacing: _): try put(grant, for: principal)
        case .dropGrant(let principal, let grant): try update(principal) { $0[grant.scope] = nil }
        }
    }

    private mutating func addUser(_ key: String, _ email: String) throws(OrganizationError) {
        guard users[key] == nil else { throw .userExists(key) }
        users[key] = UserState(email: email)
    }

    private mutating func removeUser(_ key: String) throws(OrganizationError) {
        guard users.removeValue(forKey: key) != nil else { throw .unknownUser(key) }
        for name in teams.keys { teams[name]?.members.remove(key) }
    }

    private mutating func rekeyUser(_ old: String, to new: String, _ email: String) throws(OrganizationError) {
        guard users[new] == nil else { throw .userExists(new) }
        guard var state = users.removeValue(forKey: old) else { throw .unknownUser(old) }
        state.email = email
        users[new] = state
        for name in teams.keys where teams[name]?.members.remove(old) != nil { teams[name]?.members.insert(new) }
    }

    private mutating func createTeam(_ name: String) throws(OrganizationError) {
        guard teams[name] == nil else { throw .teamExists(name) }
        teams[name] = TeamState()
    }

    private mutating func renameTeam(_ old: String, to new: String) throws(OrganizationError) {
        guard teams[new] == nil else { throw .teamExists(new) }
        guard let state = teams.removeValue(forKey: old) else { throw .unknownTeam(old) }
        teams[new] = state
    }

    private mutating func deleteTeam(_ name: String) throws(OrganizationError) {
        guard teams.removeValue(forKey: name) != nil else { throw .unknownTeam(name) }
    }

    private mutating func addMember(_ user: String, to team: String) throws(OrganizationError) {
        guard users[user] != nil else { throw .unknownUser(user) }
        guard teams[team] != nil else { throw .unknownTeam(team) }
        teams[team]?.members.insert(user)
    }

    private mutating func removeMember(_ user: String, from team: String) throws(OrganizationError) {
        guard teams[team] != nil else { throw .unknownTeam(team) }
        teams[team]?.members.remove(user)
    }
}

extension Organization {
    private mutating func put(_ grant: Grant, for principal: Principal) throws(OrganizationError) {
        if let deployment = grant.scope.deploymentName, deployments[deployment] == nil {
            throw .unknownDeployment(deployment)
        }
        for role in grant.roles {
            if case .custom(let name) = role, roles[name] == nil { throw .unknownRole(name) }
        }
        try update(principal) { $0[grant.scope] = grant }
    }

    private mutating func update(
        _ principal: Principal,
        _ body: (inout [Scope: Grant]) -> Void
    ) throws(OrganizationError) {
        switch principal {
        case .user(let key):
            guard users[key] != nil else { throw .unknownUser(key) }
            body(&users[key, default: UserState(email: key)].grants)
        case .team(let name):
            guard teams[name] != nil else { throw .unknownTeam(name) }
            body(&teams[name, default: TeamState()].grants)
        }
    }

    private mutating func create(_ role: CustomRole) throws(OrganizationError) {
        guard roles[role.name] == nil else { throw .roleExists(role.name) }
        roles[role.name] = role.withoutPlace
    }

    private mutating func update(_ role: CustomRole) throws(OrganizationError) {
        guard roles[role.name] != nil else { throw .unknownRole(role.name) }
        roles[role.name] = role.withoutPlace
    }

    private mutating func delete(_ role: CustomRole) throws(OrganizationError) {
        guard roles[role.name] != nil else { throw .unknownRole(role.name) }
        if let holder = holder(ofRole: role.name) { throw .roleInUse(role.name, by: holder) }
        roles[role.name] = nil
    }

    /// The first principal that holds a custom role.
    func holder(ofRole name: String) -> Principal? {
        let holds = { (grants: [Scope: Grant]) in grants.values.contains { $0.roles.contains(.custom(name)) } }
        let people = users.filter { holds($0.value.grants) }.keys.map { Principal.user($0) }
        return (people + teams.filter { holds($0.value.grants) }.keys.map { Principal.team($0) }).min()
    }
}

extension Organization {
    /// What a principal holds; nil when there is no such principal.
    package func grants(of principal: Principal) -> [Scope: Grant]? {
        switch principal {
        case .user(let key): users[key]?.grants
        case .team(let name): teams[name]?.grants
        }
    }
}

extension Grant {
    /// All roles of the grant: that of the scope, then those of locations by name.
    package var roles: [Role] { [role] + locations.sorted { $0.key < $1.key }.map(\.value) }
}

extension CustomRole {
    /// The role as a target holds it: where a file states it is no part of what it is.
    package var withoutPlace: CustomRole {
        var role = self
        role.place = nil
        return role
    }
}
