/// The objects of the schema, made from the state.
struct Nodes: Sendable {
    let state: SimulatedState
    let switches: Switches
    /// Grants that answers to a mutation show have no locations.
    var omitsLocations = false

    /// A value of an enumeration; with the switch on, some are of no schema.
    func enumeration(_ value: String) -> Resolved {
        guard switches.enumsAreUnknown else { return .text(value) }
        return .text(Self.futureNames[value] ?? value)
    }

    /// What values are called in a schema that is newer than its clients.
    static let futureNames = [
        "LAUNCHER": "OPERATOR", "ENTERPRISE": "GALACTIC", "HYBRID": "EDGE", "EDIT_SECRETS": "EDIT_THE_WEATHER",
    ]
}

extension Nodes {
    /// Everybody who is listed, by id.
    func listed(withOwner: Bool) -> [Person] {
        state.people.values.filter { person in
            if switches.pendingAreHidden, person.isPending { return false }
            return withOwner || !switches.ownerIsHidden || !isOwner(person)
        }.sorted { $0.id < $1.id }
    }

    private func isOwner(_ person: Person) -> Bool {
        state.owner.map { SimulatedState.key($0) == SimulatedState.key(person.email) } ?? false
    }

    func user(_ person: Person) -> Node {
        Node("DagsterCloudUser") { field in
            switch field {
            case "id": .text(String(person.id))
            case "userId": .integer(person.id)
            case "email": .text(person.email)
            case "name", "firstName", "lastName", "picture": .null
            case "isScimProvisioned": .bool(person.isSCIMProvisioned)
            default: nil
            }
        }
    }

    func userWithGrants(_ person: Person) -> Node {
        Node("DagsterCloudUserWithScopedPermissionGrants") { field in
            switch field {
            case "id": .text("user-\(person.id)")
            case "user": .node(user(person))
            case "licensedRole": enumeration(licensedRole(person))
            default: grants(person.grants, field)
            }
        }
    }

    /// The highest grade that a person holds anywhere.
    private func licensedRole(_ person: Person) -> String {
        state.grants(of: person.id).flatMap(\.roles).max { ($0.rank ?? 0) < ($1.rank ?? 0) }?.grant ?? "VIEWER"
    }

    /// How many people there are of each highest grade.
    var userCounts: [Node] {
        let counts = Dictionary(grouping: state.people.values, by: licensedRole).mapValues(\.count)
        return counts.sorted { $0.key < $1.key }.map { grade, count in
            Node("UserCount") { field in
                switch field {
                case "count": .integer(count)
                case "userType": enumeration(grade)
                default: nil
                }
            }
        }
    }

    func team(_ team: Team) -> Node {
        Node("DagsterCloudTeam") { field in
            switch field {
            case "id": .text(team.id)
            case "name": .text(team.name)
            case "members": .nodes(members(of: team).map(user))
            default: nil
            }
        }
    }

    private func members(of team: Team) -> [Person] {
        team.members.sorted().compactMap { state.people[$0] }.filter { !switches.pendingAreHidden || !$0.isPending }
    }

    func teamPermissions(_ team: Team) -> Node {
        Node("DagsterCloudTeamPermissions") { field in
            switch field {
            case "id": .text(team.id)
            case "team": .node(self.team(team))
            default: grants(team.grants, field)
            }
        }
    }

    var teams: [Node] { state.teams.values.sorted { $0.number < $1.number }.map(teamPermissions) }
}
