extension MutationRoot {
    /// Makes a team, or finds the one of that name.
    mutating func ensureTeam(_ name: String) throws(Problem) -> Node {
        try requireTeams()
        guard !name.isEmpty else { throw .python("Team name cannot be empty") }
        if let team = state.team(named: name) { return answer("CreateOrUpdateTeamSuccess", team) }
        var team = Team(number: state.newNumber(), name: name)
        if switches.newTeamsHaveGrants {
            team.grants[.allBranchDeployments] = WireGrant(id: state.newNumber(), role: WireRole("VIEWER"))
        }
        state.teams[team.id] = team
        return answer("CreateOrUpdateTeamSuccess", team)
    }

    mutating func renameTeam(_ id: String, to name: String) throws(Problem) -> Node {
        try requireTeams()
        var team = try team(id)
        guard !name.isEmpty else { throw .python("Team name cannot be empty") }
        if let other = state.team(named: name), other.id != id { throw .python("Team \(name) already exists") }
        team.name = name
        state.teams[id] = team
        return nodes.team(team)
    }

    mutating func deleteTeam(_ id: String) throws(Problem) -> Node {
        try requireTeams()
        _ = try team(id)
        try keepingAdministrators(or: .python(Problem.allAdmins.message)) { $0.state.teams[id] = nil }
        return Node("DeleteTeamSuccess") { $0 == "teamId" ? .text(id) : nil }
    }

    mutating func addMember(_ member: Int, to id: String) throws(Problem) -> Node {
        try requireTeams()
        _ = try team(id)
        guard state.people[member] != nil else { throw .python("User \(member) not found") }
        _ = try withinSeats { $0.state.teams[id]?.members.insert(member) }
        return answer("AddMemberToTeamSuccess", try team(id))
    }

    mutating func removeMember(_ member: Int, from id: String) throws(Problem) -> Node {
        try requireTeams()
        _ = try team(id)
        _ = try keepingAdministrators(or: .python(Problem.allAdmins.message)) {
            $0.state.teams[id]?.members.remove(member)
        }
        return answer("RemoveMemberFromTeamSuccess", try team(id))
    }

    mutating func putTeamGrant(_ input: Arguments) throws(Problem) -> Node {
        let id = try teamToGrant(input)
        let (place, grant) = try grant(input)
        try withinSeats { root throws(Problem) in
            try root.keepingAdministrators(or: .python(Problem.allAdmins.message)) {
                $0.state.teams[id]?.grants[place] = grant
            }
        }
        return grantAnswer("CreateOrUpdateTeamPermissionSuccess", try team(id))
    }

    mutating func dropTeamGrant(_ input: Arguments) throws(Problem) -> Node {
        let id = try teamToGrant(input)
        let place = try place(input)
        try keepingAdministrators { $0.state.teams[id]?.grants[place] = nil }
        return grantAnswer("RemoveTeamPermissionSuccess", try team(id))
    }

    /// The team whose grants are to change; on deployments, those who administer them may change it, too.
    private func teamToGrant(_ input: Arguments) throws(Problem) -> String {
        let isOfDeployment = input.text("deploymentScope") == "DEPLOYMENT"
        try require(isOfDeployment ? caller.administersDeployments : caller.administers)
        try require(state.planHasTeams)
        return try team(input.text("teamId")).id
    }

    private func team(_ id: String) throws(Problem) -> Team {
        guard let team = state.teams[id] else { throw .python("Team \(id) not found") }
        return team
    }

    private func answer(_ type: String, _ team: Team) -> Node {
        let node = nodes.team(team)
        return Node(type) { $0 == "team" ? .node(node) : nil }
    }

    private func grantAnswer(_ type: String, _ team: Team) -> Node {
        let node = nodes.teamPermissions(team)
        return Node(type) { $0 == "teamPermissions" ? .node(node) : nil }
    }
}
