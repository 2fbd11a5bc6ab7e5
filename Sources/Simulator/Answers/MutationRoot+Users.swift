extension MutationRoot {
    /// Invites a person, who gets what new people get; whoever is there already stays as he is.
    mutating func addUser(_ email: String) throws(Problem) -> Node {
        try require(caller.administersDeployments)
        try checkSCIM(blocks: true)
        guard email.contains("@") else { throw .python("Invalid email") }
        if state.person(email) == nil {
            guard state.hasFreeSeat else { throw .userLimit }
            let id = state.addPerson(email)
            state.people[id]?.isPending = switches.pendingAreHidden
            giveNewUserGrants(id)
        }
        guard let person = state.person(email) else { throw .userNotFound(email) }
        let nodes = nodes
        return Node("AddUserToOrganizationSuccess") { field in
            switch field {
            case "email": .text(person.email)
            case "userWithGrants": .node(nodes.userWithGrants(person))
            default: nil
            }
        }
    }

    private mutating func giveNewUserGrants(_ id: Int) {
        guard let grade = switches.newUserRole else { return }
        let places = state.deployments.keys.sorted().map { GrantPlace.deployment($0) } + [.allBranchDeployments]
        for place in places {
            let grant = WireGrant(id: state.newNumber(), role: WireRole(grade))
            state.people[id]?.grants[place] = grant
        }
    }

    mutating func removeUser(_ email: String) throws(Problem) -> Node {
        try require(caller.administers)
        guard let person = state.person(email) else { throw .python("User with email \(email) not found") }
        try checkSCIM(blocks: person.isSCIMProvisioned)
        let isOwner = state.owner.map { SimulatedState.key($0) == SimulatedState.key(email) } ?? false
        try require(!isOwner)
        try keepingAdministrators { $0.state.removePerson(person.id) }
        return Node("RemoveUserFromOrganizationSuccess") { $0 == "email" ? .text(person.email) : nil }
    }

    /// While Dagster+'s own SCIM is on, people come and go through it alone.
    private func checkSCIM(blocks: Bool) throws(Problem) {
        guard state.isSCIMSyncOn, blocks else { return }
        switch switches.scimBlock {
        case .unauthorized: throw .unauthorized
        case .pythonError: throw .python("Internal Server Error")
        case .allow: return
        }
    }

    mutating func putUserGrant(_ input: Arguments) throws(Problem) -> Node {
        try require(caller.administers)
        let person = try person(input.text("email"))
        let (place, grant) = try grant(input)
        try withinSeats { root throws(Problem) in
            try root.keepingAdministrators { $0.state.people[person.id]?.grants[place] = grant }
        }
        return try answer(person)
    }

    mutating func dropUserGrant(_ input: Arguments) throws(Problem) -> Node {
        try require(caller.administers)
        let person = try person(input.text("email"))
        let place = try place(input)
        try keepingAdministrators { $0.state.people[person.id]?.grants[place] = nil }
        return try answer(person)
    }

    private func person(_ email: String) throws(Problem) -> Person {
        guard let person = state.person(email) else { throw .userNotFound(email) }
        return person
    }

    private mutating func answer(_ changed: Person) throws(Problem) -> Node {
        record("CHANGE_USER_PERMISSIONS", changed.email)
        return nodes.userWithGrants(try person(changed.email))
    }
}
