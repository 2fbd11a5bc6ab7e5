import Reconcile
import SCIM
import Simulator
import Testing

/// What is read of an organisation.
struct ReadTests {
    @Test func `the organisation reads back as it was seeded`() async throws {
        var expected = World.seed
        expected.caller = nil
        #expect(await (try World()).state == expected)
    }

    @Test func `users have ids, addresses as they are spelled, and grants in all scopes`() async throws {
        let world = try World()
        let answer = try await world.send(
            """
            { usersOrError {
                __typename
                ... on DagsterCloudUsersWithScopedPermissionGrants {
                  users { user { userId id email isScimProvisioned } licensedRole
                    organizationPermissionGrant { grant deploymentScope deploymentId customRoleId }
                    deploymentPermissionGrants { id } allBranchDeploymentsPermissionGrant { id }
                    perBaseBranchDeploymentsPermissionGrants { id } }
                  userCountsByHighestLevel { count userType } } } }
            """
        )
        #expect(answer.status == 200 && answer.type == "DagsterCloudUsersWithScopedPermissionGrants")
        #expect(answer["data.usersOrError.users"]?.array?.count == 3)
        #expect(answer["data.usersOrError.users.0.user.email"] == "Ada@example.com")
        #expect(answer["data.usersOrError.users.0.licensedRole"] == "ADMIN")
        let grant: Value = [
            "grant": "ADMIN", "deploymentScope": "ORGANIZATION", "deploymentId": .null, "customRoleId": .null,
        ]
        #expect(answer["data.usersOrError.users.0.organizationPermissionGrant"] == grant)
        #expect(answer["data.usersOrError.users.1.organizationPermissionGrant"] == .null)
        #expect(answer["data.usersOrError.userCountsByHighestLevel.0"] == ["count": 1, "userType": "ADMIN"])
        let id = try #require(answer["data.usersOrError.users.0.user.userId"]?.integer)
        #expect(answer["data.usersOrError.users.0.user.id"] == .string("\(id)"))
    }

    @Test func `teams have members and grants with locations`() async throws {
        let world = try World()
        let answer = try await world.send(
            """
            { teamPermissions { id team { id name members { email } }
                deploymentPermissionGrants { deploymentId grant locationGrants { locationName grant customRoleId } } }
              fullDeployments { deploymentId deploymentName deploymentStatus } }
            """
        )
        #expect(answer.status == 200)
        #expect(answer["data.teamPermissions.0.id"] == answer["data.teamPermissions.0.team.id"])
        #expect(answer["data.teamPermissions.0.team.members"] == [["email": "grace@example.com"]])
        let grant = "data.teamPermissions.0.deploymentPermissionGrants.0."
        #expect(answer[grant + "grant"] == "VIEWER")
        #expect(answer[grant + "deploymentId"] == answer["data.fullDeployments.0.deploymentId"])
        #expect(
            answer[grant + "locationGrants"]
                == [["locationName": "finance", "grant": "EDITOR", "customRoleId": .null]]
        )
    }

    @Test func `locations are read at their deployment's own address`() async throws {
        let world = try World()
        let query = "{ workspace { workspaceEntries { locationName } } currentDeployment { deploymentName } }"
        let answer = try await world.send(query, path: "/prod/graphql")
        #expect(
            answer["data.workspace.workspaceEntries"] == [["locationName": "finance"], ["locationName": "marketing"]]
        )
        #expect(answer["data.currentDeployment.deploymentName"] == "prod")
        let none = try await world.send("{ workspace { workspaceEntries { locationName } } }")
        #expect(none.status == 200 && none["data.workspace"] == .null)
    }

    @Test func `roles, plan, seats, SCIM and identity are told`() async throws {
        let world = try World {
            $0.caller = "ada@example.com"
            $0.seats = 1
            $0.isSCIMSyncOn = true
            $0.plan = "TEAM_V2"
        }
        let answer = try await world.send(
            """
            { customRoles { id name deploymentScope permissions } planType planAllowsAddingMoreUsers scimSyncEnabled
              identity { viewer { email } permissions { permission value disabledReason } featureGates { key value } }
              organization { name publicId usersOrError { ... on DagsterCloudUserList { users { email } } } } version
              auditLog { enabled auditLogEntries { id } } }
            """
        )
        #expect(answer.status == 200)
        #expect(answer["data.customRoles.0.name"] == "auditor")
        #expect(answer["data.customRoles.1.permissions"] == ["START_AND_STOP_RUNS"])
        #expect(answer["data.customRoles.0.deploymentScope"] == "ORGANIZATION")
        #expect(answer["data.planType"] == "TEAM_V2" && answer["data.planAllowsAddingMoreUsers"] == false)
        #expect(answer["data.scimSyncEnabled"] == true && answer["data.identity.viewer.email"] == "Ada@example.com")
        #expect(answer["data.organization.usersOrError.users"]?.array?.count == 3)
    }

    @Test(arguments: Caller.allCases)
    func `who has an account sees people, others do not`(caller: Caller) async throws {
        let world = try World { $0.tokens = ["t": caller] }
        let users = try await world.send("{ usersOrError { __typename } }", token: "t")
        guard caller != .scim else {
            #expect(users.status == 401)
            return
        }
        let list = "DagsterCloudUsersWithScopedPermissionGrants"
        #expect(users.status == 200 && users.type == (caller == .agent ? "UnauthorizedError" : list))
        let teams = try await world.send("{ teamPermissions { id } }", token: "t")
        #expect(teams.status == (caller == .agent ? 500 : 200))
        if caller == .agent { #expect(teams.messages == ["Authorization failed"] && teams["data"] == .null) }
    }
}
