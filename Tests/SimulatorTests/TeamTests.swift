import Access
import Reconcile
import SCIM
import Simulator
import Testing

/// Teams, their members and grants, and the organisation's own roles.
struct TeamTests {
    @Test func `a team is made once, whatever its name`() async throws {
        let world = try World()
        let first = try await world.ensureTeam("testing/my_team")
        #expect(first.type == "CreateOrUpdateTeamSuccess")
        let second = try await world.ensureTeam("testing/my_team")
        #expect(second["data.createOrUpdateTeam.team"] == first["data.createOrUpdateTeam.team"])
        #expect(await world.state.teams["testing/my_team"] == TeamState())
    }

    @Test func `a team keeps its id when it is renamed`() async throws {
        let world = try World()
        let id = try await world.teamID("Data")
        #expect(try await world.renameTeam(id, "Data Platform").type == "DagsterCloudTeam")
        #expect(try await world.teamID("Data Platform") == id)
        #expect(await world.state.teams["Data Platform"] == World.seed.teams["Data"])
        _ = try await world.ensureTeam("Other")
        #expect(try await world.renameTeam(id, "Other").type == "PythonError")
    }

    @Test func `a deleted team is gone with its grants`() async throws {
        let world = try World()
        let id = try await world.teamID("Data")
        #expect(try await world.deleteTeam(id).type == "DeleteTeamSuccess")
        #expect(await world.state.teams.isEmpty)
        let again = try await world.deleteTeam(id)
        #expect(again.type == "PythonError" && again.status == 500)
    }

    @Test func `members come and go, twice without harm`() async throws {
        let world = try World()
        let (lin, team) = (try await world.userID("lin@example.com"), try await world.teamID("Data"))
        for _ in 0..<2 {
            #expect(try await world.member("addMemberToTeam", lin, team).type == "AddMemberToTeamSuccess")
        }
        #expect(await world.state.teams["Data"]?.members == ["grace@example.com", "lin@example.com"])
        for _ in 0..<2 {
            #expect(try await world.member("removeMemberFromTeam", lin, team).type == "RemoveMemberFromTeamSuccess")
        }
        #expect(await world.state == World.seed)
    }

    @Test func `unknown members and teams are PythonErrors`() async throws {
        let world = try World()
        let (lin, team) = (try await world.userID("lin@example.com"), try await world.teamID("Data"))
        for answer in [
            try await world.member("addMemberToTeam", 99_999, team),
            try await world.member("addMemberToTeam", lin, "nowhere"),
            try await world.member("removeMemberFromTeam", lin, "nowhere"), try await world.renameTeam("nowhere", "X"),
            try await world.renameTeam(team, ""), try await world.ensureTeam(""),
            try await world.putTeamGrant(["t": "nowhere", "s": "ORGANIZATION", "g": "ADMIN"]),
            try await world.dropTeamGrant(["t": "nowhere", "s": "ORGANIZATION"]),
        ] {
            #expect(answer.type == "PythonError" && answer.status == 500)
        }
        #expect(await world.state == World.seed)
    }

    @Test func `a team holds grants in all four scopes`() async throws {
        let world = try World()
        let team = Value.string(try await world.teamID("Data"))
        let prod = Value.integer(try await world.deploymentID("prod"))
        let custom = Value.string(try await world.roleID("on-call"))
        for input: Object in [
            ["t": team, "s": "ORGANIZATION", "d": 0, "r": "", "g": "ADMIN"],
            ["t": team, "s": "DEPLOYMENT", "d": prod, "g": "CUSTOM", "r": custom],
            ["t": team, "s": "ALL_BRANCH_DEPLOYMENTS", "g": "EDITOR"],
            ["t": team, "s": "ALL_BRANCH_DEPLOYMENTS", "d": prod, "g": "CATALOG_VIEWER"],
        ] {
            #expect(try await world.putTeamGrant(input).type == "CreateOrUpdateTeamPermissionSuccess")
        }
        let grants = try #require(await world.state.teams["Data"]?.grants)
        #expect(
            grants.mapValues(\.role) == [
                .organization: .admin, .deployment("prod"): .custom("on-call"), .allBranchDeployments: .editor,
                .branchDeployments(of: "prod"): .catalogViewer,
            ]
        )
        let drop: Object = ["t": team, "s": "ALL_BRANCH_DEPLOYMENTS", "d": prod]
        #expect(try await world.dropTeamGrant(drop).type == "RemoveTeamPermissionSuccess")
        #expect(await world.state.teams["Data"]?.grants[.branchDeployments(of: "prod")] == nil)
        #expect(await world.state.teams["Data"]?.grants[.allBranchDeployments] != nil)
    }

    @Test func `an administrator of deployments grants only there`() async throws {
        let world = try World { $0.tokens["t"] = .deploymentAdmin }
        let team = Value.string(try await world.teamID("Data"))
        let prod = Value.integer(try await world.deploymentID("prod"))
        let put = try await world.putTeamGrant(["t": team, "s": "DEPLOYMENT", "d": prod, "g": "ADMIN"], token: "t")
        #expect(put.type == "CreateOrUpdateTeamPermissionSuccess")
        let refused = try await world.putTeamGrant(["t": team, "s": "ORGANIZATION", "g": "ADMIN"], token: "t")
        #expect(refused.type == "UnauthorizedError")
    }

    @Test func `the role of owners is kept as it was sent, and lost when it is not`() async throws {
        let world = try World()
        let team = Value.string(try await world.teamID("Data"))
        let query = "{ teamPermissions { organizationPermissionGrant { ownerDefinitionsRoleHandle { grant } } } }"
        let path = "data.teamPermissions.0.organizationPermissionGrant.ownerDefinitionsRoleHandle"
        var input: Object = ["t": team, "s": "ORGANIZATION", "g": "ADMIN", "o": ["grant": "EDITOR"]]
        _ = try await world.putTeamGrant(input)
        #expect(try await world.send(query)[path] == ["grant": "EDITOR"])
        input["o"] = nil
        _ = try await world.putTeamGrant(input)
        #expect(try await world.send(query)[path] == .null)
    }

    @Test(arguments: ["SOLO", "TEAM", "TEAM_V2", "STANDARD"])
    func `a plan without teams refuses them`(plan: String) async throws {
        let world = try World { $0.plan = plan }
        #expect(try await world.ensureTeam("New").type == "UnauthorizedError")
        #expect(try await world.createRole("new").type == "UnauthorizedError")
        #expect(try await world.invite("bo@example.com").type == "AddUserToOrganizationSuccess")
    }

    @Test func `a custom role is made, changed, and deleted once nobody holds it`() async throws {
        let world = try World()
        let made = try await world.createRole("runner")
        #expect(made["data.createCustomRole.customRole.permissions"] == ["DELETE_RUNS", "START_AND_STOP_RUNS"])
        #expect(try await world.createRole("runner").type == "PythonError")
        let id = Value.string(try await world.roleID("runner"))
        let team = Value.string(try await world.teamID("Data"))
        _ = try await world.putTeamGrant(["t": team, "s": "ALL_BRANCH_DEPLOYMENTS", "g": "CUSTOM", "r": id])
        let delete = "mutation($i: String!) { deleteCustomRole(customRoleId: $i) { \(World.error) } }"
        #expect(try await world.send(delete, ["i": id]).type == "CustomRoleInUseError")
        let update = """
            mutation($i: String!) { updateCustomRole(customRoleId: $i, name: "walker", description: "d",
              iconName: "x", customRolePermissions: [DELETE_RUNS]) { \(World.error) } }
            """
        #expect(try await world.send(update, ["i": id]).type == "CreateOrUpdateCustomRoleSuccess")
        #expect(await world.state.roles["walker"]?.permissions == [.deleteRuns])
        #expect(await world.state.teams["Data"]?.grants[.allBranchDeployments]?.role == .custom("walker"))
        _ = try await world.dropTeamGrant(["t": team, "s": "ALL_BRANCH_DEPLOYMENTS"])
        #expect(try await world.send(delete, ["i": id]).type == "DeleteCustomRoleSuccess")
        #expect(try await world.send(delete, ["i": id]).type == "PythonError")
        #expect(await world.state == World.seed)
    }

    @Test func `service users hold grants and are no people`() async throws {
        let world = try World()
        let create = """
            mutation { createServiceUser(name: "ci", description: "x") { \(World.error)
              ... on ServiceUserWithScopedPermissionGrants { id serviceUser { name description } } } }
            """
        let made = try await world.send(create)
        let id = try #require(made["data.createServiceUser.id"])
        #expect(try await world.send(create).type == "ServiceUserNameConflictError")
        let put = """
            mutation($p: CreateOrUpdateServiceUserPermissionsInput!) {
              createOrUpdateServiceUserPermissions(serviceUserPermission: $p) { \(World.error) } }
            """
        let grant: Value = ["serviceUserId": id, "deploymentScope": "ALL_BRANCH_DEPLOYMENTS", "grant": "EDITOR"]
        #expect(try await world.send(put, ["p": grant]).type == "ServiceUserWithScopedPermissionGrants")
        let list = """
            { serviceUsersOrError { ... on ServiceUsersWithScopedPermissionGrants {
                serviceUsers { serviceUser { name } allBranchDeploymentsPermissionGrant { grant } } } } }
            """
        let path = "data.serviceUsersOrError.serviceUsers.0."
        let listed = try await world.send(list)
        #expect(listed[path + "allBranchDeploymentsPermissionGrant.grant"] == "EDITOR")
        #expect(await world.state == World.seed)
        let delete = "mutation($i: String!) { deleteServiceUser(serviceUserId: $i) { \(World.error) } }"
        #expect(try await world.send(delete, ["i": id]).type == "DeleteServiceUserSuccess")
        #expect(try await world.send(delete, ["i": id]).type == "ServiceUserNotFoundError")
    }

    @Test func `the audit log has what Dagster+ has events for, and no more`() async throws {
        let world = try World {
            $0.caller = "ada@example.com"
            $0.now = { 1_795_000_000 }
        }
        _ = try await world.ensureTeam("New")
        _ = try await world.dropUserGrant(["email": "lin@example.com", "deploymentScope": "ORGANIZATION"])
        let answer = try await world.send(
            "{ auditLog { auditLogEntries(limit: 9) { eventType authorUserEmail timestamp eventMetadata } } }"
        )
        let entry: Value = [
            "eventType": "CHANGE_USER_PERMISSIONS", "authorUserEmail": "Ada@example.com",
            "timestamp": .decimal(1_795_000_000), "eventMetadata": ["subject": "lin@example.com"],
        ]
        #expect(answer["data.auditLog.auditLogEntries"]?.array?.count == 1)
        #expect(answer["data.auditLog.auditLogEntries.0.eventType"] == entry.object?["eventType"])
        #expect(answer["data.auditLog.auditLogEntries.0.authorUserEmail"] == entry.object?["authorUserEmail"])
        #expect(answer["data.auditLog.auditLogEntries.0.eventMetadata"] == entry.object?["eventMetadata"])
    }
}
