import Access
import Reconcile
import SCIM
import Simulator
import Testing

/// People come, go, and hold grants of their own.
struct UserTests {
    @Test func `whoever is invited is viewer everywhere`() async throws {
        let world = try World()
        let answer = try await world.invite("Bo@example.com")
        #expect(answer.status == 200 && answer.type == "AddUserToOrganizationSuccess")
        let user = "data.addUserToOrganization.userWithGrants."
        #expect(answer[user + "deploymentPermissionGrants"]?.array?.count == 2)
        #expect(answer[user + "allBranchDeploymentsPermissionGrant.grant"] == "VIEWER")
        let state = try #require(await world.state.users["bo@example.com"])
        #expect(state.email == "Bo@example.com" && state.grants.values.allSatisfy { $0.role == .viewer })
        #expect(Set(state.grants.keys) == [.deployment("prod"), .deployment("staging"), .allBranchDeployments])
    }

    @Test func `inviting somebody who is there changes nothing`() async throws {
        let world = try World()
        let before = await world.state
        #expect(try await world.invite("ADA@example.com").type == "AddUserToOrganizationSuccess")
        #expect(await world.state == before)
    }

    @Test(arguments: [Value.null, "", "nobody"])
    func `what is no address is a PythonError`(email: Value) async throws {
        let world = try World()
        let answer = try await world.invite(email)
        #expect(answer.status == 500 && answer.type == "PythonError")
        #expect(await world.state == World.seed)
    }

    @Test func `whoever is removed leaves the teams too`() async throws {
        let world = try World()
        #expect(try await world.remove("GRACE@example.com").type == "RemoveUserFromOrganizationSuccess")
        #expect(await world.state.users["grace@example.com"] == nil)
        #expect(await world.state.teams["Data"]?.members == [])
        let again = try await world.remove("grace@example.com")
        #expect(again.status == 500 && again.type == "PythonError")
    }

    @Test func `the last administrator can neither be removed nor lowered`() async throws {
        let world = try World()
        let input: Object = ["email": "ada@example.com", "deploymentScope": "ORGANIZATION"]
        for answer in [
            try await world.remove("ada@example.com"), try await world.dropUserGrant(input),
            try await world.putUserGrant([
                "email": "ada@example.com", "deploymentScope": "ORGANIZATION", "grant": "VIEWER",
            ]),
        ] {
            #expect(answer.status == 200 && answer.type == "CantRemoveAllAdminsError")
        }
        #expect(await world.state == World.seed)
    }

    @Test func `a team's administrator is one too`() async throws {
        let world = try World()
        let team = try await world.teamID("Data")
        #expect(try await world.putTeamGrant(["t": .string(team), "s": "ORGANIZATION", "g": "ADMIN"]).status == 200)
        #expect(try await world.remove("ada@example.com").type == "RemoveUserFromOrganizationSuccess")
        let drop = try await world.dropTeamGrant(["t": .string(team), "s": "ORGANIZATION"])
        #expect(drop.type == "CantRemoveAllAdminsError")
        let grace = try await world.userID("grace@example.com")
        #expect(try await world.member("removeMemberFromTeam", grace, team).type == "PythonError")
        #expect(try await world.deleteTeam(team).type == "PythonError")
        #expect(await world.state.teams["Data"]?.members == ["grace@example.com"])
    }

    @Test func `the owner cannot be removed`() async throws {
        let world = try World { $0.seed.owner = "lin@example.com" }
        #expect(try await world.remove("lin@example.com").type == "UnauthorizedError")
    }

    @Test func `a grant is replaced as a whole, under a new id`() async throws {
        let world = try World()
        let prod = try await world.deploymentID("prod")
        var input: Object = [
            "email": "Lin@Example.com", "deploymentScope": "DEPLOYMENT", "deploymentId": .integer(prod),
            "grant": "VIEWER", "locationGrants": [["locationName": "nowhere", "grant": "EDITOR"]],
        ]
        let first = try await world.putUserGrant(input)
        let path = "data.createOrUpdateUserPermissions.deploymentPermissionGrants.0."
        #expect(first[path + "locationGrants"] == [["locationName": "nowhere", "grant": "EDITOR"]])
        input["locationGrants"] = nil
        input["grant"] = "LAUNCHER"
        let second = try await world.putUserGrant(input)
        #expect(second[path + "locationGrants"] == [] && second[path + "id"] != first[path + "id"])
        let grant = Grant(scope: .deployment("prod"), role: .launcher)
        #expect(await world.state.users["lin@example.com"]?.grants == [.deployment("prod"): grant])
    }

    @Test func `removing a grant that is not there succeeds`() async throws {
        let world = try World()
        let answer = try await world.dropUserGrant(["email": "lin@example.com", "deploymentScope": "ORGANIZATION"])
        #expect(answer.status == 200 && answer.type == "DagsterCloudUserWithScopedPermissionGrants")
        #expect(await world.state == World.seed)
    }

    static let refused: [(Object, String, Int)] = [
        (["email": "x@example.com", "deploymentScope": "ORGANIZATION", "grant": "ADMIN"], "UserNotFoundError", 200),
        (["email": "lin@example.com", "deploymentScope": "DEPLOYMENT", "grant": "VIEWER"], "PythonError", 500),
        (
            ["email": "lin@example.com", "deploymentScope": "DEPLOYMENT", "deploymentId": 99, "grant": "VIEWER"],
            "PythonError", 500
        ),
        (["email": "lin@example.com", "deploymentScope": "ORGANIZATION", "grant": "CUSTOM"], "PythonError", 500),
        (["email": "lin@example.com", "deploymentScope": "ORGANIZATION", "grant": "AGENT"], "PythonError", 500),
        (
            [
                "email": "lin@example.com", "deploymentScope": "ORGANIZATION", "grant": "CUSTOM",
                "customRoleId": "role-99",
            ], "PythonError", 500
        ),
    ]

    @Test(arguments: refused)
    func `a grant that makes no sense changes nothing`(input: Object, type: String, status: Int) async throws {
        let world = try World()
        let answer = try await world.putUserGrant(input)
        #expect(answer.type == type && answer.status == status)
        #expect(await world.state == World.seed)
    }

    @Test func `a custom role is held only where it is for`() async throws {
        let world = try World()
        var input: Object = ["email": "lin@example.com", "deploymentScope": "ORGANIZATION", "grant": "CUSTOM"]
        input["customRoleId"] = .string(try await world.roleID("on-call"))
        #expect(try await world.putUserGrant(input).type == "PythonError")
        input["customRoleId"] = .string(try await world.roleID("auditor"))
        #expect(try await world.putUserGrant(input).type == "DagsterCloudUserWithScopedPermissionGrants")
        #expect(await world.state.users["lin@example.com"]?.grants[.organization]?.role == .custom("auditor"))
    }

    @Test(arguments: [Caller.deploymentAdmin, .editor, .viewer, .serviceUser, .agent])
    func `others than administrators are not authorized`(caller: Caller) async throws {
        let world = try World { $0.tokens["t"] = caller }
        let invited = try await world.invite("bo@example.com", token: "t")
        let isInvited = caller == .deploymentAdmin
        #expect(invited.type == (isInvited ? "AddUserToOrganizationSuccess" : "UnauthorizedError"))
        let input: Object = ["email": "lin@example.com", "deploymentScope": "ORGANIZATION", "grant": "ADMIN"]
        for answer in [
            try await world.remove("lin@example.com", token: "t"), try await world.putUserGrant(input, token: "t"),
            try await world.ensureTeam("New", token: "t"),
        ] {
            #expect(answer.status == 200 && answer.type == "UnauthorizedError")
            #expect(answer.message == "Authorization failed")
        }
        if !isInvited { #expect(await world.state == World.seed) }
    }

    @Test func `seats are those of editors and above`() async throws {
        let world = try World { $0.seats = 2 }
        let staging = try await world.deploymentID("staging")
        func raise(_ email: String) async throws -> Answer {
            try await world.putUserGrant(
                [
                    "email": .string(email), "deploymentScope": "DEPLOYMENT", "deploymentId": .integer(staging),
                    "grant": "EDITOR",
                ]
            )
        }
        // Ada administers, and Grace edits a location through her team.
        #expect(try await raise("lin@example.com").type == "UserLimitError")
        #expect(try await raise("grace@example.com").type == "DagsterCloudUserWithScopedPermissionGrants")
        #expect(try await world.invite("bo@example.com").type == "UserLimitError")
        let lin = try await world.userID("lin@example.com")
        let team = try await world.teamID("Data")
        #expect(try await world.member("addMemberToTeam", lin, team).type == "UserLimitError")
        #expect(try await world.remove("grace@example.com").status == 200)
        #expect(try await world.member("addMemberToTeam", lin, team).type == "AddMemberToTeamSuccess")
    }
}
