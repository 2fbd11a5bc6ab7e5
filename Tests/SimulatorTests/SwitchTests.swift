import Access
import Reconcile
import SCIM
import Simulator
import Testing

/// How the organisation behaves where nobody knows how Dagster+ does.
struct SwitchTests {
    private static func world(_ names: String..., setup: (inout Setup) -> Void = { _ in }) throws -> World {
        try World {
            for name in names {
                let isSet = $0.switches.set(name)
                #expect(isSet, "\(name)")
            }
            setup(&$0)
        }
    }

    static let list =
        "{ usersOrError { ... on DagsterCloudUsersWithScopedPermissionGrants { users { user { email } } } } }"

    private func emails(_ world: World) async throws -> [String] {
        let users = try await world.send(Self.list)["data.usersOrError.users"]?.array ?? []
        return users.compactMap { $0.object?["user"]?.object?["email"]?.string }
    }

    @Test func `a hidden owner is in the organization's list alone`() async throws {
        let world = try Self.world("owner-hidden-from-users") { $0.seed.owner = "ada@example.com" }
        #expect(try await emails(world) == ["grace@example.com", "lin@example.com"])
        #expect(try await world.userID("ada@example.com") > 0)
        #expect(await world.state.owner == "ada@example.com")
    }

    @Test func `who is invited is in no list until he accepts`() async throws {
        let world = try Self.world("pending-hidden")
        #expect(try await world.invite("bo@example.com").type == "AddUserToOrganizationSuccess")
        #expect(try await emails(world).contains("bo@example.com") == false)
        #expect(try await world.organizationEmails().contains("bo@example.com") == false)
        #expect(await world.organization.isPending("bo@example.com"))
        #expect(await world.organization.accept("BO@example.com"))
        #expect(try await emails(world).contains("bo@example.com"))
        #expect(await world.organization.accept("bo@example.com") == false)
        #expect(await world.organization.accept("nobody@example.com") == false)
    }

    @Test func `an answer may leave out the locations that it took`() async throws {
        let world = try Self.world("mutation-response-omits-location-grants")
        let prod = try await world.deploymentID("prod")
        let input: Object = [
            "t": .string(try await world.teamID("Data")), "s": "DEPLOYMENT", "d": .integer(prod), "g": "VIEWER",
            "l": [["locationName": "finance", "grant": "ADMIN"]],
        ]
        let answer = try await world.putTeamGrant(input)
        let path = "data.createOrUpdateTeamPermission.teamPermissions.deploymentPermissionGrants.0.locationGrants"
        #expect(answer[path] == [])
        #expect(await world.state.teams["Data"]?.grants[.deployment("prod")]?.locations == ["finance": .admin])
    }

    @Test func `a new team may have grants`() async throws {
        let world = try Self.world("new-team-default-grants")
        _ = try await world.ensureTeam("New")
        #expect(await world.state.teams["New"]?.grants[.allBranchDeployments]?.role == .viewer)
    }

    @Test(arguments: [("NO_ACCESS", Role?.none), ("EDITOR", .editor)])
    func `new people get what is set, or nothing`(value: String, role: Role?) async throws {
        let world = try Self.world("new-user-role=\(value)")
        _ = try await world.invite("bo@example.com")
        #expect(await world.state.users["bo@example.com"]?.grants[.deployment("prod")]?.role == role)
    }

    @Test(arguments: [
        ("unauthorized", "UnauthorizedError", 200), ("python-error", "PythonError", 500),
        ("allow", "AddUserToOrganizationSuccess", 200),
    ])
    func `SCIM blocks people that come by another way`(value: String, type: String, status: Int) async throws {
        let world = try Self.world("scim-on-blocks-user-mutations=\(value)") { $0.isSCIMSyncOn = true }
        let invited = try await world.invite("bo@example.com")
        #expect(invited.type == type && invited.status == status)
        let removed = try await world.remove("lin@example.com")
        #expect((removed.type == "RemoveUserFromOrganizationSuccess") == (value == "allow"))
        let off = try await world.send("mutation { setScimSyncEnabled(enabled: false) { \(World.error) } }")
        #expect(off.type == "SetScimSyncEnabledSuccess")
        #expect(try await world.invite("bo@example.com").type == "AddUserToOrganizationSuccess")
    }

    @Test(arguments: [("accept", "CreateOrUpdateTeamPermissionSuccess"), ("reject", "PythonError")])
    func `a weaker role on a location is taken or not`(value: String, type: String) async throws {
        let world = try Self.world("weaker-location-override=\(value)")
        let prod = try await world.deploymentID("prod")
        let input: Object = [
            "t": .string(try await world.teamID("Data")), "s": "DEPLOYMENT", "d": .integer(prod), "g": "EDITOR",
            "l": [["locationName": "finance", "grant": "EDITOR"]],
        ]
        #expect(try await world.putTeamGrant(input).type == type)
    }

    @Test(arguments: [("accept", "DagsterCloudUserWithScopedPermissionGrants"), ("reject", "PythonError")])
    func `another grade than administrator of the organization is taken or not`(value: String, type: String)
        async throws
    {
        let world = try Self.world("organization-grade=\(value)")
        let input: Object = ["email": "lin@example.com", "deploymentScope": "ORGANIZATION", "grant": "EDITOR"]
        #expect(try await world.putUserGrant(input).type == type)
    }

    @Test func `without the gate, grants of one base fail or mean all`() async throws {
        let query = "{ teamPermissions { perBaseBranchDeploymentsPermissionGrants { id } } }"
        let failing = try Self.world("per-base-gate-off=python-error")
        let missing = try Self.world("per-base-gate-off=field-missing")
        #expect(try await failing.send(query).status == 200)
        let refused = try await missing.send(query)
        #expect(refused.status == 400 && refused["data"] == .null)
        let text =
            "Cannot query field 'perBaseBranchDeploymentsPermissionGrants' on type 'DagsterCloudTeamPermissions'."
        #expect(refused.messages == [text])
        for (world, type) in [(failing, "PythonError"), (missing, "CreateOrUpdateTeamPermissionSuccess")] {
            let prod = try await world.deploymentID("prod")
            let input: Object = [
                "t": .string(try await world.teamID("Data")), "s": "ALL_BRANCH_DEPLOYMENTS", "d": .integer(prod),
                "g": "VIEWER",
            ]
            #expect(try await world.putTeamGrant(input).type == type)
        }
        #expect(await missing.state.teams["Data"]?.grants[.allBranchDeployments]?.role == .viewer)
    }

    @Test(arguments: [
        "{ customRoles { id } }", "{ teamPermissions { organizationPermissionGrant { customRoleId } } }",
        "{ teamPermissions { organizationPermissionGrant { ownerDefinitionsRoleHandle { grant } } } }",
        "{ planAllowsAddingMoreUsers }", "{ serviceUsersOrError { __typename } }",
        "mutation { createOrUpdateTeamPermission(teamId: \"t\", deploymentScope: ORGANIZATION, grant: CUSTOM) { __typename } }",
        "mutation { createOrUpdateTeamPermission(teamId: \"t\", deploymentScope: ORGANIZATION, grant: ADMIN, customRoleId: \"\") { __typename } }",
    ])
    func `an old schema refuses what is newer`(query: String) async throws {
        let answer = try await (try Self.world("old-schema")).send(query)
        #expect(answer.status == 400 && answer["data"] == .null && answer.messages.count == 1)
        let accepted = try await (try World()).send(query)
        #expect(accepted.status != 400)
    }

    @Test func `an old schema still answers what it knows`() async throws {
        let world = try Self.world("old-schema")
        let team = try await world.teamID("Data")
        #expect(try await world.renameTeam(team, "New").type == "DagsterCloudTeam")
    }

    @Test func `enumerations may have values that no schema has`() async throws {
        let world = try Self.world("unknown-enum-values") {
            $0.seed.teams["Data"]?.grants[.allBranchDeployments] = Grant(scope: .allBranchDeployments, role: .launcher)
        }
        let query = "{ planType teamPermissions { allBranchDeploymentsPermissionGrant { grant deploymentScope } } }"
        let answer = try await world.send(query)
        #expect(answer["data.planType"] == "GALACTIC")
        #expect(answer["data.teamPermissions.0.allBranchDeploymentsPermissionGrant.grant"] == "OPERATOR")
    }

    @Test(arguments: [("not-found", 404), ("redirect", 302)])
    func `an unknown deployment is not found, or goes in circles`(value: String, status: Int) async throws {
        let world = try Self.world("unknown-deployment=\(value)")
        let answer = try await world.send("{ version }", path: "/nowhere/graphql")
        #expect(answer.status == status)
        #expect(answer.reply.headers["Location"] == (status == 302 ? "/nowhere/graphql" : nil))
    }

    @Test(arguments: [
        "", "=", "nothing", "old-schema=yes", "new-user-role", "new-user-role=KING", "per-base-gate-off=x",
    ])
    func `what is no switch is not set`(text: String) {
        var switches = Switches()
        let isSet = switches.set(text)
        #expect(!isSet && switches == Switches())
    }
}
