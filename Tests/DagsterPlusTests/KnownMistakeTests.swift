import Access
import DagsterPlus
import Reconcile
import SCIM
import Simulator
import Testing

/// What other clients of this API are known to get wrong, one test each; answers that are not looked at are in
/// ``SessionTests``, requests for each object in ``WritingTests``.
struct KnownMistakeTests {
    private static let prod = Scope.deployment("prod")

    private func live(_ organization: SimulatedOrganization) async throws -> Organization {
        try await DagsterPlusReader(try Connection.to(organization, located: ["prod"])).read()
    }

    /// Somebody else's change, past this program.
    private func send(_ mutation: String, to organization: SimulatedOrganization) async throws {
        let reply = await organization.answer(.graphQL("mutation { \(mutation) { __typename } }"))
        #expect(reply.status == 200, "\(String(decoding: reply.body, as: UTF8.self))")
    }

    @Test func `a person whose grant failed is not invited again, and gets it in the next run`() async throws {
        let organization = try SimulatedOrganization.acme { setup in
            setup.switches.newUserRole = nil
            setup.faults = [Fault(.pythonErrors, at: .writes, 2, .before)]
        }
        let changes: [Change] = [
            .addUser(key: "new@example.com", email: "new@example.com"),
            .putGrant(.user("new@example.com"), .viewer(of: "staging"), replacing: nil),
        ]
        var outcomes: [[Bool]] = []
        for _ in 0..<2 {
            let connection = try Connection.to(organization)
            let live = try await DagsterPlusReader(connection).read()
            let writer = DagsterPlusWriter(connection, width: 1)
            var done: [Bool] = []
            for change in changes where !live.shows(change) {
                do {
                    try await writer.apply(PlanItem(change, origin: .drift))
                    done.append(true)
                } catch is TargetError {
                    done.append(false)
                }
            }
            outcomes.append(done)
        }
        #expect(outcomes == [[true, false], [true]])
        let live = try await live(organization)
        #expect(changes.allSatisfy { live.shows($0) })
        #expect(await organization.requests.count { $0.fields.contains("addUserToOrganization") } == 1)
    }

    @Test func `members that somebody else adds are seen`() async throws {
        let organization = try SimulatedOrganization.acme()
        let connection = try Connection.to(organization)
        _ = try await DagsterPlusReader(connection).read()
        let other = DagsterPlusWriter(connection, width: 1)
        try await other.apply(PlanItem(.addMember(team: "Data", user: "lin@example.com"), origin: .drift))
        #expect(try await live(organization).teams["Data"]?.members == ["ada@example.com", "lin@example.com"])
    }

    @Test func `the role of owners is sent back as it was read, and locations as a whole`() async throws {
        let organization = try SimulatedOrganization.acme()
        let connection = try Connection.to(organization, located: ["prod"])
        _ = try await DagsterPlusReader(connection).read()
        let ids = try await ids(organization)
        try await send(
            """
            createOrUpdateTeamPermission(teamId: "\(ids.team)", deploymentScope: DEPLOYMENT, deploymentId: \(ids.prod), \
            grant: VIEWER, locationGrants: [{locationName: "finance", grant: EDITOR}], \
            ownerDefinitionsRole: {grant: ADMIN})
            """,
            to: organization
        )
        let before = try await DagsterPlusReader(connection).read()
        #expect(before.teams["Data"]?.grants[Self.prod]?.locations == ["finance": .editor])
        let wanted = Grant(scope: Self.prod, role: .launcher, locations: ["finance": .editor, "marketing": .admin])
        let writer = DagsterPlusWriter(connection, width: 1)
        try await writer.apply(PlanItem(.putGrant(.team("Data"), wanted, replacing: nil), origin: .drift))
        let sent = try #require(await organization.requests.last { $0.isMutation }).variables
        #expect(sent["ownerDefinitionsRole"] == ["grant": "ADMIN"])
        #expect(sent["locationGrants"]?.array?.count == 2)
        #expect(sent["customRoleId"] == nil)
        #expect(try await live(organization).teams["Data"]?.grants[Self.prod] == wanted)
    }

    @Test func `values that no schema has are read, shown and not mistaken for others`() async throws {
        let organization = try SimulatedOrganization.acme { setup in
            setup.switches.enumsAreUnknown = true
            setup.seed.teams["Data"]?.grants[Self.prod]?.role = .launcher
        }
        let live = try await live(organization)
        #expect(!live.unknownRoles.isEmpty)
        let roles = live.teams.values.flatMap(\.grants.values).flatMap(\.roles)
        #expect(roles.contains { live.unknownRoles.contains($0.name) })
    }

    @Test func `names are found by what they are called, in any letter case of an address`() async throws {
        let organization = try SimulatedOrganization.acme()
        let connection = try Connection.to(organization)
        _ = try await DagsterPlusReader(connection).read()
        let change = Change.putGrant(.user("ada@example.com"), Grant.viewer(of: "staging"), replacing: nil)
        try await DagsterPlusWriter(connection, width: 1).apply(PlanItem(change, origin: .drift))
        let sent = try #require(await organization.requests.last).variables["permission"]?.object
        #expect(sent?["email"] == "Ada@example.com")
        #expect(try await live(organization).shows(change))
    }

    private func ids(_ organization: SimulatedOrganization) async throws -> (team: String, prod: Int) {
        let query = "{ teamPermissions { team { id name } } fullDeployments { deploymentId deploymentName } }"
        let reply = await organization.answer(.graphQL(query))
        let data = try #require(try JSON.read(reply.body).object?["data"]?.object)
        let team = data["teamPermissions"]?.array?.compactMap { $0.object?["team"]?.object }
            .first { $0["name"] == "Data" }
        let prod = data["fullDeployments"]?.array?.compactMap(\.object).first { $0["deploymentName"] == "prod" }
        return (try #require(team?["id"]?.string), try #require(prod?["deploymentId"]?.integer))
    }
}
