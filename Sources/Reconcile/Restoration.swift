internal import Access
internal import Roster
internal import YAML

/// Turns a snapshot into what is wanted, in place of what the tree wants.
///
/// What was ours then comes back as it was; what nobody managed is left alone. A person who has another address now is
/// followed by id. Nobody comes back who is not active in the directory any more: a restore must not give leavers their
/// access back.
struct Restoration {
    let snapshot: Snapshot
    /// What the tree wants at the commit that is read, which says who is protected.
    let tree: Wanted
    let directory: Directory
    let live: Organization
    let record: TargetRecord?
    /// The key that each person of the snapshot has now.
    private let keysNow: [String: String]

    init(_ snapshot: Snapshot, tree: Wanted, directory: Directory, live: Organization, record: TargetRecord?) {
        self.snapshot = snapshot
        self.tree = tree
        self.directory = directory
        self.live = live
        self.record = record
        let current = Dictionary(
            (record?.users ?? [:]).map { ($0.value.id, $0.key) } + tree.users.map { ($0.value.userID, $0.key) },
            uniquingKeysWith: { $1 }
        )
        var keysNow: [String: String] = [:]
        for (key, id) in snapshot.people { keysNow[key] = current[id] ?? key }
        self.keysNow = keysNow
    }

    var wanted: Wanted {
        var wanted = tree
        wanted.movedNames = []
        wanted.users = users
        let known = Set(wanted.users.keys).union(live.users.keys)
        wanted.teams = snapshot.teams.reduce(into: [:]) { teams, team in
            guard let state = snapshot.organization.teams[team.key] else { return }
            let members = state.members.map { keysNow[$0] ?? $0 }.filter(known.contains)
            teams[team.key] = WantedTeam(
                name: team.key,
                groupIDs: team.value,
                members: Dictionary(members.map { ($0, []) }, uniquingKeysWith: { first, _ in first }),
                grants: isManaged(.team(team.key)) ? grants(state.grants) : nil
            )
        }
        wanted.roles = snapshot.organization.roles.filter { snapshot.roles.contains($0.key) }
        return wanted
    }

    /// The people of the snapshot who are not brought back.
    var left: [HeldItem] {
        snapshot.people.compactMap { key, id in
            guard let now = keysNow[key], !isWanted(now, id) else { return nil }
            let email = snapshot.organization.users[key]?.email ?? now
            return HeldItem(.change(.addUser(key: now, email: email)), cause: .notActive(now))
        }
    }

    private func isWanted(_ key: String, _ id: String) -> Bool {
        live.users[key] != nil || directory.user(id: id)?.isActive == true
    }

    private var users: [String: WantedUser] {
        snapshot.people.reduce(into: [:]) { users, person in
            guard let key = keysNow[person.key], isWanted(key, person.value),
                let state = snapshot.organization.users[person.key]
            else { return }
            let email = tree.users[key]?.email ?? live.users[key]?.email ?? state.email
            users[key] = WantedUser(
                userID: person.value,
                userName: directory.user(id: person.value)?.userName ?? record?.users[key]?.userName ?? key,
                email: email,
                grants: isManaged(.user(key)) ? grants(state.grants) : nil
            )
        }
    }

    /// Whether grants of a principal are stated by the tree, or were by the last one that was applied.
    private func isManaged(_ principal: Principal) -> Bool {
        let stated =
            switch principal {
            case .user(let key): tree.users[key]?.grants
            case .team(let name): tree.teams[name]?.grants
            }
        // Whoever is gone by now was ours with everything.
        return stated != nil || record?.grants(of: principal) != nil || live.grants(of: principal) == nil
    }

    private func grants(_ grants: [Scope: Grant]) -> [Scope: WantedGrant] {
        grants.mapValues { grant in
            let place = Place(line: 1, column: 1)
            let rule = GrantRule(grant: grant, place: place, rolePlace: place, scopePlace: place)
            return WantedGrant(rule: rule, file: snapshot.name)
        }
    }
}
