internal import Access
internal import Reconcile
internal import SCIM

// Grants: each is written as a whole, with every location and with the role of owners as it was read.
extension DagsterPlusWriter {
    func put(_ grant: Grant, for principal: Principal) async throws {
        var input = try await place(grant.scope)
        for (name, value) in try await words(for: grant.role).members.map({ ($0.name, $0.value) }) {
            input[name] = value
        }
        if case .deployment = grant.scope {
            // The list replaces the one before: what is left out of it is gone.
            var locations: [Value] = []
            for (name, role) in grant.locations.sorted(by: { $0.key < $1.key }) {
                var location = try await words(for: role)
                location["locationName"] = .string(name)
                locations.append(.object(location))
            }
            input["locationGrants"] = .array(locations)
        }
        let place = Directory.Place(principal: principal, scope: grant.scope)
        if let owner = await connection.directory.ownerRoles[place] { input["ownerDefinitionsRole"] = owner.value }
        switch principal {
        case .user(let key):
            input["email"] = .string(try await connection.person(key).email)
            try await carryOut(Documents.putUserGrant, ["permission": .object(input)])
        case .team(let name):
            input["teamId"] = .string(try await team(name))
            _ = try await connection.session.carryOut(Documents.putTeamGrant, variables: input)
        }
    }

    func drop(_ grant: Grant, of principal: Principal) async throws {
        var input = try await place(grant.scope)
        switch principal {
        case .user(let key):
            input["email"] = .string(try await connection.person(key).email)
            try await carryOut(Documents.dropUserGrant, ["permission": .object(input)])
        case .team(let name):
            input["teamId"] = .string(try await team(name))
            try await carryOut(Documents.dropTeamGrant, input)
        }
    }

    /// How the API states a scope: the base of branch deployments is named as a deployment is.
    private func place(_ scope: Scope) async throws -> Object {
        var input: Object
        switch scope {
        case .organization: input = ["deploymentScope": "ORGANIZATION"]
        case .deployment: input = ["deploymentScope": "DEPLOYMENT"]
        case .allBranchDeployments, .branchDeployments: input = ["deploymentScope": "ALL_BRANCH_DEPLOYMENTS"]
        }
        guard let name = scope.deploymentName else { return input }
        guard let id = await connection.directory.deployments[name] else {
            throw TargetError.refused("deployment \"\(name)\" is not there any more")
        }
        input["deploymentId"] = .integer(id)
        return input
    }

    private func words(for role: Role) async throws -> Object {
        guard case .custom(let name) = role else { return ["grant": .string(RoleNames.word(for: role))] }
        return ["grant": .string(RoleNames.custom), "customRoleId": .string(try await self.role(name).id)]
    }
}
