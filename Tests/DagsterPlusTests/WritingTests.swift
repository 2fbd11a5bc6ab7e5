import Access
import DagsterPlus
import Reconcile
import SCIM
import Simulator
import Testing

/// Every kind of change against a simulated organisation: what is written is what is read back.
struct WritingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var changes: [Change]

        var testDescription: String { name }
    }

    private static let located = Grant(
        scope: .deployment("prod"),
        role: .viewer,
        locations: ["finance": .editor, "marketing": .custom("on-call")]
    )
    private static let onCall = CustomRole(name: "on-call", scope: .deployment, permissions: [.startAndStopRuns])
    private static let scopes: [Grant] = [
        located, Grant(scope: .deployment("staging"), role: .custom("on-call")),
        Grant(scope: .organization, role: .admin), Grant(scope: .allBranchDeployments, role: .editor),
        Grant(scope: .branchDeployments(of: "prod"), role: .launcher),
    ]
    private static let principals: [Principal] = [.team("Data"), .user("lin@example.com")]

    private static let cases: [Case] =
        principals.flatMap { principal in
            scopes.map { grant in
                Case(
                    name: "\(grant.scope) for \(principal)",
                    changes: [.putGrant(principal, grant, replacing: nil), .dropGrant(principal, grant)]
                )
            }
        } + [
            Case(
                name: "a person comes, joins a team, leaves it, and goes",
                changes: [
                    .addUser(key: "grace@example.com", email: "Grace@example.com"),
                    .addMember(team: "Data", user: "grace@example.com"),
                    .removeMember(team: "Data", user: "grace@example.com"), .removeUser(key: "grace@example.com"),
                ]
            ),
            Case(
                name: "a team is made, renamed, filled and removed",
                changes: [
                    .createTeam("New/Team"), .renameTeam(from: "New/Team", to: "Newer"),
                    .addMember(team: "Newer", user: "lin@example.com"), .deleteTeam("Newer"),
                ]
            ),
            Case(
                name: "a role is made, given, changed, taken and removed",
                changes: [
                    .createRole(CustomRole(name: "r", scope: .organization, description: "d", icon: "star")),
                    .putGrant(.team("Data"), Grant(scope: .organization, role: .custom("r")), replacing: nil),
                    .updateRole(
                        from: CustomRole(name: "r", scope: .organization),
                        to: CustomRole(name: "r", scope: .organization, icon: "star", permissions: [.readAuditLog])
                    ),
                    .dropGrant(.team("Data"), Grant(scope: .organization, role: .custom("r"))),
                    .deleteRole(CustomRole(name: "r", scope: .organization)),
                ]
            ),
        ]

    @Test(arguments: cases)
    func `what is written is read back, by another connection too`(_ row: Case) async throws {
        let organization = try SimulatedOrganization.acme()
        let connection = try Connection.to(organization, located: ["prod"])
        _ = try await DagsterPlusReader(connection).read()
        let writer = DagsterPlusWriter(connection, width: 1)
        for change in row.changes {
            try await writer.apply(PlanItem(change, origin: .drift))
            let live = try await DagsterPlusReader(try Connection.to(organization, located: ["prod"])).read()
            #expect(live.shows(change), "\(change)")
        }
        // One mutation a change, whatever it is.
        #expect(await organization.requests.count(where: \.isMutation) == row.changes.count)
    }

    @Test func `one plan costs five reads, and one for each deployment whose locations are named`() async throws {
        let organization = try SimulatedOrganization.acme()
        let live = try await DagsterPlusReader(try Connection.to(organization, located: ["prod", "gone"])).read()
        #expect(await organization.requests.count == 6)
        #expect(live.name == "acme")
        #expect(live.deployments["prod"]?.locations == ["finance"])
        #expect(live.deployments["staging"]?.locations == nil)
        #expect(live.users["ada@example.com"]?.email == "Ada@example.com")
        #expect(live.teams["Data"]?.members == ["ada@example.com"])
        #expect(live.roles["on-call"] == Self.onCall)
        #expect(live.conditions.missingRight == nil)
    }

    @Test func `an owner who is only in the organization's own list is a member and its owner`() async throws {
        let organization = try SimulatedOrganization.acme { setup in
            setup.seed.owner = "ada@example.com"
            setup.switches.ownerIsHidden = true
        }
        let live = try await DagsterPlusReader(try Connection.to(organization)).read()
        #expect(live.owner == "ada@example.com")
        #expect(live.users.keys.sorted() == ["ada@example.com", "lin@example.com"])
        #expect(live.users["ada@example.com"]?.grants[.organization]?.role == .admin)
    }

    @Test func `an older schema is read and written without what it lacks`() async throws {
        let organization = try SimulatedOrganization.acme { setup in
            setup.switches.schemaIsOld = true
            setup.seed.roles = [:]
        }
        let connection = try Connection.to(organization)
        _ = try await DagsterPlusReader(connection).read()
        let change = Change.putGrant(.team("Data"), Grant.viewer(of: "staging"), replacing: nil)
        try await DagsterPlusWriter(connection, width: 1).apply(PlanItem(change, origin: .drift))
        #expect(await organization.organization.shows(change))
    }

    @Test func `somebody who was invited and is not listed gets memberships later`() async throws {
        let organization = try SimulatedOrganization.acme { $0.switches.pendingAreHidden = true }
        let connection = try Connection.to(organization)
        _ = try await DagsterPlusReader(connection).read()
        let writer = DagsterPlusWriter(connection, width: 4)
        try await writer.apply(PlanItem(.addUser(key: "new@example.com", email: "new@example.com"), origin: .drift))
        let reads = await organization.requests.count { !$0.isMutation }
        for team in ["Data", "Old"] {
            let item = PlanItem(.addMember(team: team, user: "new@example.com"), origin: .drift)
            await #expect(throws: TargetError.waiting("\"new@example.com\" has not accepted the invitation yet")) {
                try await writer.apply(item)
            }
        }
        // One look for all who were invited.
        #expect(await organization.requests.count { !$0.isMutation } == reads + 1)
        #expect(await organization.requests.count(where: \.isMutation) == 1)
    }

    @Test func `a caller without the right is told before anything is written`() async throws {
        let organization = try SimulatedOrganization.acme { $0.tokens = [Setup.defaultToken: .viewer] }
        await #expect {
            let live = try await DagsterPlusReader(try Connection.to(organization)).read()
            guard let right = live.conditions.missingRight else { return }
            throw TargetError.precondition(right)
        } throws: { error in
            if case .precondition? = error as? TargetError { true } else { false }
        }
    }
}
