internal import SCIM

extension MutationRoot {
    /// Where a grant is to count; a scope of branch deployments with an id is that of one base.
    func place(_ input: Arguments) throws(Problem) -> GrantPlace {
        let id = input.integer("deploymentId") ?? 0
        switch input.text("deploymentScope") {
        case "ORGANIZATION": return .organization
        case "DEPLOYMENT":
            guard state.deployments[id] != nil else { throw .python("Deployment \(id) not found") }
            return .deployment(id)
        default:
            // A server without the gate's field knows one scope of branch deployments, whatever the id.
            guard id != 0, switches.perBaseGate != .fieldMissing, !switches.schemaIsOld else {
                return .allBranchDeployments
            }
            guard switches.perBaseGate == .open else { throw .python("Internal Server Error") }
            guard state.deployments[id] != nil else { throw .python("Deployment \(id) not found") }
            return .branchDeployments(base: id)
        }
    }

    /// A grant as it is to be written: all of it, with its locations, and an id that is new each time.
    mutating func grant(_ input: Arguments) throws(Problem) -> (GrantPlace, WireGrant) {
        let place = try place(input)
        let role = try role(input, at: place)
        var grant = WireGrant(id: state.newNumber(), role: role)
        if case .deployment = place { grant.locations = try locations(input, beside: role) }
        if let owner = input["ownerDefinitionsRole"]?.object {
            grant.ownerDefinitionsRole = try self.role(Arguments(owner), at: .allBranchDeployments)
        }
        return (place, grant)
    }

    private func locations(_ input: Arguments, beside role: WireRole) throws(Problem) -> [String: WireRole] {
        var locations: [String: WireRole] = [:]
        for value in input["locationGrants"]?.array ?? [] {
            guard let fields = value.object else { continue }
            let arguments = Arguments(fields)
            let override = try self.role(arguments, at: .allBranchDeployments)
            if switches.weakerOverride == .reject, let own = override.rank, let base = role.rank, own <= base {
                throw .python("Code location grants must be more permissive than the deployment grant")
            }
            locations[arguments.text("locationName")] = override
        }
        return locations
    }

    /// The role of a grant, which must exist and be one for the place.
    private func role(_ input: Arguments, at place: GrantPlace) throws(Problem) -> WireRole {
        let grade = input.text("grant")
        guard grade != "AGENT" else { throw .python("Internal Server Error") }
        guard grade == "CUSTOM" else {
            let isRefused = place == .organization && grade != "ADMIN" && switches.organizationGrade == .reject
            guard !isRefused else { throw .python("Internal Server Error") }
            return WireRole(grade)
        }
        let id = input.text("customRoleId")
        guard let role = state.roles[id] else { throw .python("Custom role \(id) not found") }
        guard role.isOrganizational == (place == .organization) else {
            throw .python("Custom role \(role.name) cannot be used at this scope")
        }
        return WireRole(grade, customRoleID: id)
    }
}
