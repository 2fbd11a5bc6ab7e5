package import Access

/// One thing that can be done to an organisation: what a plan lists and what a target writes.
///
/// Every case must say which losses it causes (``ItemClass``, ``LossCounter``), so that no new one escapes the guards.
package enum Change: Hashable, Sendable {
    /// Makes a custom role.
    case createRole(CustomRole)
    /// Gives a custom role another content.
    case updateRole(from: CustomRole, to: CustomRole)
    /// Removes a custom role that nobody holds any more.
    case deleteRole(CustomRole)
    /// Makes a person a member of the organisation; the address as the directory spells it.
    case addUser(key: String, email: String)
    /// Removes a person, with all memberships and grants.
    case removeUser(key: String)
    /// Gives a person whose address changed the new one, keeping memberships and grants.
    case rekeyUser(from: String, to: String, email: String)
    /// Makes an empty team.
    case createTeam(String)
    /// Gives a team another name, keeping members and grants.
    case renameTeam(from: String, to: String)
    /// Removes a team, with its members and grants.
    case deleteTeam(String)
    /// Puts a person into a team.
    case addMember(team: String, user: String)
    /// Takes a person out of a team.
    case removeMember(team: String, user: String)
    /// Puts a grant at its scope in place of the one that is there, if any.
    case putGrant(Principal, Grant, replacing: Grant?)
    /// Takes a grant away.
    case dropGrant(Principal, Grant)
}

/// What kind of object a change is about.
package enum ItemClass: String, Hashable, Sendable, CaseIterable {
    case role
    case user
    case team
    case membership
    case grant
}

/// What is done to the object.
package enum ItemAction: String, Hashable, Sendable, CaseIterable {
    case create
    case update
    case rename
    case remove
}

extension Change {
    package var itemClass: ItemClass {
        switch self {
        case .createRole, .updateRole, .deleteRole: .role
        case .addUser, .removeUser, .rekeyUser: .user
        case .createTeam, .renameTeam, .deleteTeam: .team
        case .addMember, .removeMember: .membership
        case .putGrant, .dropGrant: .grant
        }
    }

    package var action: ItemAction {
        switch self {
        case .createRole, .addUser, .createTeam, .addMember, .putGrant(_, _, replacing: nil): .create
        case .updateRole, .putGrant: .update
        case .rekeyUser, .renameTeam: .rename
        case .deleteRole, .removeUser, .deleteTeam, .removeMember, .dropGrant: .remove
        }
    }

    /// Whom the change is about; nil for a custom role.
    package var principal: Principal? {
        switch self {
        case .createRole, .updateRole, .deleteRole: nil
        case .addUser(let key, email: _), .removeUser(let key), .rekeyUser(from: _, to: let key, email: _):
            .user(key)
        case .createTeam(let name), .renameTeam(from: _, to: let name), .deleteTeam(let name): .team(name)
        case .addMember(let team, user: _), .removeMember(let team, user: _): .team(team)
        case .putGrant(let principal, _, replacing: _), .dropGrant(let principal, _): principal
        }
    }
}
