internal import Access

/// Finds the items that touch a person's access.
struct ItemIndex {
    /// Items that put a person into a team or take them out, by person and team.
    private(set) var memberships: [String: [String: ItemID]] = [:]
    /// Items that put or take a grant, in the order of the plan.
    private(set) var grants: [GrantKey: [ItemID]] = [:]
    /// Items that remove a team.
    private(set) var removedTeams: [String: ItemID] = [:]
    /// Items that add, remove or rename a person.
    private(set) var users: [String: PlanItem] = [:]
    /// Everybody whose access an item may touch.
    private(set) var people: Set<String> = []

    init(_ items: [PlanItem], before: Organization, after: Organization) {
        for item in items {
            switch item.change {
            case .addUser(let key, email: _), .removeUser(let key), .rekeyUser(from: _, to: let key, email: _):
                users[key] = item
                people.insert(key)
            case .addMember(let team, let user), .removeMember(let team, let user):
                memberships[user, default: [:]][team] = item.id
                people.insert(user)
            case .deleteTeam(let name):
                removedTeams[name] = item.id
                people.formUnion(before.teams[name]?.members ?? [])
            case .putGrant(let principal, let grant, replacing: _), .dropGrant(let principal, let grant):
                grants[GrantKey(principal: principal, scope: grant.scope), default: []].append(item.id)
                people.formUnion(Self.holders(principal, before, after))
            case .createTeam, .renameTeam, .createRole, .updateRole, .deleteRole: break
            }
        }
    }

    private static func holders(_ principal: Principal, _ before: Organization, _ after: Organization) -> Set<String> {
        switch principal {
        case .user(let key): [key]
        case .team(let name):
            (before.teams[name]?.members ?? []).union(after.teams[name]?.members ?? [])
        }
    }

    /// The items that make or end a way of a person to a role.
    func items(of person: String, on path: AccessPath) -> [ItemID] {
        var found = grants[GrantKey(principal: path.holder, scope: path.scope)] ?? []
        if case .team(let team) = path.holder {
            found += [memberships[person]?[team], removedTeams[team]].compactMap { $0 }
        }
        return found
    }
}
