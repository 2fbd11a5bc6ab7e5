internal import SCIM

/// Does what is written; a mutation that is refused leaves the state as it was.
struct MutationRoot: Root {
    var state: SimulatedState
    let switches: Switches
    let caller: Caller
    /// The person who calls, if it is one.
    let person: Person?
    /// Seconds since 1970.
    let now: Double

    mutating func resolve(_ field: String, _ arguments: Arguments) throws(GraphQLError) -> Resolved? {
        let before = state
        do throws(Problem) {
            guard let node = try perform(field, arguments) else { return nil }
            return .node(node)
        } catch {
            state = before
            return .node(error.node)
        }
    }

    private mutating func perform(_ field: String, _ arguments: Arguments) throws(Problem) -> Node? {
        switch field {
        case "addUserToOrganization": try addUser(arguments.text("email"))
        case "removeUserFromOrganization": try removeUser(arguments.text("email"))
        case "createOrUpdateUserPermissions": try putUserGrant(arguments.object("userPermission"))
        case "removeUserPermissions": try dropUserGrant(arguments.object("userPermission"))
        case "createOrUpdateTeam": try ensureTeam(arguments.text("name"))
        case "renameTeam": try renameTeam(arguments.text("teamId"), to: arguments.text("name"))
        case "deleteTeam": try deleteTeam(arguments.text("teamId"))
        case "addMemberToTeam": try addMember(arguments.integer("memberId") ?? 0, to: arguments.text("teamId"))
        case "removeMemberFromTeam":
            try removeMember(arguments.integer("memberId") ?? 0, from: arguments.text("teamId"))
        case "createOrUpdateTeamPermission": try putTeamGrant(arguments)
        case "removeTeamPermission": try dropTeamGrant(arguments)
        default: try performSettings(field, arguments)
        }
    }

    private mutating func performSettings(_ field: String, _ arguments: Arguments) throws(Problem) -> Node? {
        switch field {
        case "createCustomRole": try createRole(arguments)
        case "updateCustomRole": try updateRole(arguments)
        case "deleteCustomRole": try deleteRole(arguments.text("customRoleId"))
        case "createServiceUser": try createServiceUser(arguments)
        case "deleteServiceUser": try deleteServiceUser(arguments.text("serviceUserId"))
        case "createOrUpdateServiceUserPermissions": try putServiceGrant(arguments.object("serviceUserPermission"))
        case "removeServiceUserPermissions": try dropServiceGrant(arguments.object("serviceUserPermission"))
        case "setScimSyncEnabled": try setSCIMSync(arguments["enabled"]?.bool ?? false)
        default: nil
        }
    }
}

extension MutationRoot {
    /// The state as answers show it after a mutation.
    var nodes: Nodes { Nodes(state: state, switches: switches, omitsLocations: switches.answersOmitLocations) }

    func require(_ mayDoIt: Bool) throws(Problem) {
        guard mayDoIt else { throw .unauthorized }
    }

    /// Only administrators of an organisation whose plan has teams may go on.
    func requireTeams() throws(Problem) { try require(caller.administers && state.planHasTeams) }

    /// Does something, unless it takes more seats than there are.
    mutating func withinSeats<Result>(
        _ body: (inout MutationRoot) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        guard let seats = state.seats else { return try body(&self) }
        let before = state.seatHolders.count
        let result = try body(&self)
        let after = state.seatHolders.count
        guard after <= seats || after <= before else { throw .userLimit }
        return result
    }

    /// Does something, unless nobody administers the organisation after it.
    mutating func keepingAdministrators<Result>(
        or problem: Problem = .allAdmins,
        _ body: (inout MutationRoot) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        let had = !state.administrators.isEmpty
        let result = try body(&self)
        guard !had || !state.administrators.isEmpty else { throw problem }
        return result
    }

    mutating func record(_ event: String, _ subject: String) {
        let entry = AuditEntry(
            number: state.newNumber(),
            event: event,
            author: person?.email,
            subject: subject,
            time: now
        )
        state.auditLog.append(entry)
    }

    private mutating func setSCIMSync(_ isOn: Bool) throws(Problem) -> Node {
        try requireTeams()
        state.isSCIMSyncOn = isOn
        return Node("SetScimSyncEnabledSuccess") { $0 == "enabled" ? .bool(isOn) : nil }
    }
}
