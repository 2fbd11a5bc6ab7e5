internal import Access

/// How much a reviewer should look at an item.
package enum Risk: String, Hashable, Sendable, CaseIterable {
    /// Gives or takes nothing by itself, or gives no more than a viewer or launcher has.
    case low
    /// Takes away access or a membership, or gives an editor's or a custom role.
    case medium
    /// Removes a person, a team or a role, takes permissions from a role, or gives or takes an admin's role.
    case high
}

extension ItemClass {
    /// The losses that the guards count for changes of this class: without one, a new class does not compile.
    package var lossClass: LossClass {
        switch self {
        case .role: .roles
        case .user: .people
        case .team: .teams
        case .membership: .memberships
        case .grant: .access
        }
    }
}

extension Change {
    /// Whether somebody or something may have less after it: what `--no-removals` keeps from happening.
    package var takesAway: Bool {
        switch self {
        case .deleteRole, .removeUser, .deleteTeam, .removeMember, .dropGrant: true
        case .updateRole(from: let old, to: let new): !new.permissions.isSuperset(of: old.permissions)
        case .putGrant(_, let grant, replacing: let old): old.map(grant.isLower) ?? false
        case .createRole, .addUser, .rekeyUser, .createTeam, .renameTeam, .addMember: false
        }
    }

    /// The risk of the change in the organisation that the plan leaves; a membership counts what its team gives.
    func risk(after: Organization) -> Risk {
        switch self {
        case .removeUser, .deleteTeam, .deleteRole: .high
        case .updateRole: takesAway ? .high : .medium
        case .createRole, .addUser, .rekeyUser, .createTeam, .renameTeam: .low
        case .removeMember: .medium
        case .addMember(let team, user: _):
            (after.teams[team]?.grants.values.flatMap(\.roles) ?? []).map(\.risk).max() ?? .low
        case .dropGrant(_, let grant): max(.medium, grant.risk)
        case .putGrant(_, let grant, replacing: let old):
            max(takesAway ? .medium : .low, grant.risk, takesAway ? old?.risk ?? .low : .low)
        }
    }
}

extension Grant {
    fileprivate var risk: Risk { roles.map(\.risk).max() ?? .low }
}

extension Role {
    /// The risk of giving the role.
    fileprivate var risk: Risk {
        switch self {
        case .catalogViewer, .viewer, .launcher: .low
        case .editor, .custom: .medium
        case .admin: .high
        }
    }
}

extension Risk: Comparable {
    package static func < (left: Risk, right: Risk) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
