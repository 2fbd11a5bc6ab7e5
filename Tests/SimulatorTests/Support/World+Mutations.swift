import SCIM
import Simulator
import Testing

extension World {
    static let error = "__typename ... on Error { message }"

    func invite(_ email: Value, token: String = Setup.defaultToken) async throws -> Answer {
        try await send(
            """
            mutation($email: String) { addUserToOrganization(email: $email) { \(Self.error)
              ... on AddUserToOrganizationSuccess { email userWithGrants { user { userId email } \(Self.grants) } } } }
            """,
            ["email": email],
            token: token
        )
    }

    func remove(_ email: String, token: String = Setup.defaultToken) async throws -> Answer {
        try await send(
            "mutation($e: String) { removeUserFromOrganization(email: $e) { \(Self.error) } }",
            ["e": .string(email)],
            token: token
        )
    }

    static let grant = "id grant customRoleId deploymentId deploymentScope locationGrants { locationName grant }"
    static let grants = """
        organizationPermissionGrant { \(grant) } allBranchDeploymentsPermissionGrant { \(grant) }
        deploymentPermissionGrants { \(grant) }
        """

    func putUserGrant(_ input: Object, token: String = Setup.defaultToken) async throws -> Answer {
        try await send(
            """
            mutation($p: CreateOrUpdateCloudUserPermissionsInput!) {
              createOrUpdateUserPermissions(userPermission: $p) { \(Self.error)
                ... on DagsterCloudUserWithScopedPermissionGrants { \(Self.grants) } } }
            """,
            ["p": .object(input)],
            token: token
        )
    }

    func dropUserGrant(_ input: Object) async throws -> Answer {
        try await send(
            "mutation($p: RemoveUserPermissionsInput!) { removeUserPermissions(userPermission: $p) { \(Self.error) } }",
            ["p": .object(input)]
        )
    }

    func ensureTeam(_ name: String, token: String = Setup.defaultToken) async throws -> Answer {
        try await send(
            """
            mutation($n: String!) { createOrUpdateTeam(name: $n) { \(Self.error)
              ... on CreateOrUpdateTeamSuccess { team { id name } } } }
            """,
            ["n": .string(name)],
            token: token
        )
    }

    func renameTeam(_ id: String, _ name: String) async throws -> Answer {
        try await send(
            "mutation($i: String!, $n: String!) { renameTeam(teamId: $i, name: $n) { \(Self.error) } }",
            ["i": .string(id), "n": .string(name)]
        )
    }

    func deleteTeam(_ id: String) async throws -> Answer {
        try await send("mutation($i: String!) { deleteTeam(teamId: $i) { \(Self.error) } }", ["i": .string(id)])
    }

    func member(_ mutation: String, _ member: Int, _ team: String) async throws -> Answer {
        try await send(
            "mutation($m: Int!, $t: String!) { \(mutation)(memberId: $m, teamId: $t) { \(Self.error) } }",
            ["m": .integer(member), "t": .string(team)]
        )
    }

    func putTeamGrant(_ input: Object, token: String = Setup.defaultToken) async throws -> Answer {
        try await send(
            """
            mutation($t: String!, $s: PermissionDeploymentScope!, $g: PermissionGrant!, $d: Int, $r: String,
              $l: [LocationScopedGrantInput], $o: GrantInput) {
              createOrUpdateTeamPermission(teamId: $t, deploymentScope: $s, grant: $g, deploymentId: $d,
                customRoleId: $r, locationGrants: $l, ownerDefinitionsRole: $o) { \(Self.error)
                ... on CreateOrUpdateTeamPermissionSuccess { teamPermissions { id \(Self.grants) } } } }
            """,
            input,
            token: token
        )
    }

    func dropTeamGrant(_ input: Object) async throws -> Answer {
        try await send(
            """
            mutation($t: String!, $s: PermissionDeploymentScope!, $d: Int) {
              removeTeamPermission(teamId: $t, deploymentScope: $s, deploymentId: $d) { \(Self.error) } }
            """,
            input
        )
    }

    func createRole(_ name: String, scope: String = "DEPLOYMENT") async throws -> Answer {
        try await send(
            """
            mutation($n: String!, $s: CustomRoleDeploymentScope!, $p: [CustomRolePermission!]!) {
              createCustomRole(name: $n, description: "", iconName: "star", customRoleDeploymentScope: $s,
                customRolePermissions: $p) { \(Self.error)
                ... on CreateOrUpdateCustomRoleSuccess { customRole { id permissions } } } }
            """,
            ["n": .string(name), "s": .string(scope), "p": ["START_AND_STOP_RUNS", "DELETE_RUNS"]]
        )
    }
}

extension World {
    func deploymentID(_ name: String) async throws -> Int {
        let answer = try await send("{ fullDeployments { deploymentId deploymentName } }")
        let list = answer["data.fullDeployments"]?.array ?? []
        let found = list.first { $0.object?["deploymentName"]?.string == name }
        return try #require(found?.object?["deploymentId"]?.integer)
    }

    /// The addresses in the organisation's own list.
    func organizationEmails() async throws -> [String] {
        let query = "{ organization { usersOrError { ... on DagsterCloudUserList { users { email } } } } }"
        let list = try await send(query)["data.organization.usersOrError.users"]?.array ?? []
        return list.compactMap { $0.object?["email"]?.string }
    }

    func userID(_ email: String) async throws -> Int {
        let query = "{ organization { usersOrError { ... on DagsterCloudUserList { users { userId email } } } } }"
        let list = try await send(query)["data.organization.usersOrError.users"]?.array ?? []
        let found = list.first { $0.object?["email"]?.string?.lowercased() == email }
        return try #require(found?.object?["userId"]?.integer)
    }

    func teamID(_ name: String) async throws -> String {
        let list = try await send("{ teamPermissions { team { id name } } }")["data.teamPermissions"]?.array ?? []
        let teams = list.compactMap { $0.object?["team"]?.object }
        return try #require(teams.first { $0["name"]?.string == name }?["id"]?.string)
    }

    func roleID(_ name: String) async throws -> String {
        let list = try await send("{ customRoles { id name } }")["data.customRoles"]?.array ?? []
        return try #require(list.first { $0.object?["name"]?.string == name }?.object?["id"]?.string)
    }
}
