import Access
import DagsterPlus
import Reconcile
import SCIM
import Simulator
import Testing

/// Every fault at the first, a middle and the last request: nothing is done twice that must not be, and a run after it
/// completes.
struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: Fault
        /// How the run may end.
        var codes: Set<ExitCode>

        var testDescription: String { "\(fault)" }
    }

    /// The changes of one apply, in its order.
    private static let changes: [Change] = [
        .createRole(CustomRole(name: "new", scope: .deployment, permissions: [.deleteRuns])),
        .addUser(key: "grace@example.com", email: "grace@example.com"), .createTeam("New"),
        .addMember(team: "New", user: "grace@example.com"), .addMember(team: "Data", user: "lin@example.com"),
        .putGrant(
            .team("New"),
            Grant(scope: .deployment("prod"), role: .viewer, locations: ["finance": .custom("new")]),
            replacing: nil
        ),
        .dropGrant(.user("lin@example.com"), Grant.viewer(of: "prod")),
        .removeMember(team: "Old", user: "lin@example.com"), .deleteTeam("Old"),
    ]

    private static let transient: [Fault.Kind] = [
        .status(429, .seconds(1)), .status(429, .date(2)), .status(503, .seconds(1)), .status(409), .status(502),
        .status(503), .status(504), .silence, .cut, .maintenance,
    ]
    private static let lasting: [Fault.Kind] = [
        .status(401), .status(403), .html, .pythonErrors, .errorsBesideData,
        .redirect("https://evil.example.com/graphql"),
        .redirect("http://127.0.0.1:9/graphql"),
    ]

    private static let reads: [Case] = [1, 3, 5].flatMap { position in
        transient.map { Case(fault: Fault($0, at: .reads, position), codes: [.success]) }
            + lasting.map { Case(fault: Fault($0, at: .reads, position), codes: [.failure, .refused]) }
    }

    private static let writes: [Case] = [1, 5, changes.count].flatMap { position in
        let before = (transient + lasting).map { Fault($0, at: .writes, position, .before) }
        let after = (transient + lasting).filter { !$0.isRefusal }.map { Fault($0, at: .writes, position, .after) }
        return (before + after).map { Case(fault: $0, codes: [.success, .partial]) }
    }

    /// Those that are not done yet, as a second run would plan them.
    private func due(in live: Organization) -> [Change] { Self.changes.filter { !live.shows($0) } }

    private func run(_ organization: SimulatedOrganization) async throws -> [Bool] {
        let connection = try Connection.to(organization)
        let live = try await DagsterPlusReader(connection).read()
        let writer = DagsterPlusWriter(connection, width: 4)
        var done: [Bool] = []
        for change in due(in: live) {
            do {
                try await writer.apply(PlanItem(change, origin: .drift))
                done.append(true)
            } catch is TargetError {
                done.append(false)
            }
        }
        return done
    }

    @Test(arguments: reads)
    func `a fault while reading is waited out, or ends the run with nothing written`(_ row: Case) async throws {
        let organization = try SimulatedOrganization.acme { $0.faults = [row.fault] }
        let reader = DagsterPlusReader(try Connection.to(organization))
        do {
            let live = try await reader.read()
            #expect(row.codes.contains(.success))
            #expect(live.users.count == 2)
            #expect(live.teams.count == 2)
        } catch let error as TargetError {
            #expect(!row.codes.contains(.success), "\(error)")
            #expect(error.description.contains("\nhint: "))
        }
        #expect(await organization.requests.allSatisfy { !$0.isMutation })
    }

    @Test(arguments: writes)
    func `a fault while writing leaves what a second run completes, and nothing is done twice`(
        _ row: Case
    ) async throws {
        let organization = try SimulatedOrganization.acme { $0.faults = [row.fault] }
        _ = try await run(organization)
        let second = try await run(organization)
        #expect(second.allSatisfy { $0 })
        let live = try await DagsterPlusReader(try Connection.to(organization)).read()
        #expect(due(in: live) == [])
        // Whatever was carried out was carried out once.
        let carriedOut = await organization.requests.filter { $0.isMutation && $0.wasRun }
        let twice = Dictionary(grouping: carriedOut) { "\($0.fields) \($0.variables)" }.filter { $0.value.count > 1 }
        #expect(twice.keys.sorted() == [], "\(row.fault)")
    }

    @Test func `an organization that stays away ends the run as unavailable, within the budget`() async throws {
        let organization = try SimulatedOrganization.acme { setup in
            setup.faults = [Fault(.status(503, .seconds(60)), at: .all, 1, times: 1000)]
        }
        let reader = DagsterPlusReader(try Connection.to(organization, budget: .seconds(300)))
        await #expect(throws: TargetError.unavailable("\"status 503\"")) {
            do {
                _ = try await reader.read()
            } catch TargetError.unavailable(let reason) {
                throw TargetError.unavailable(reason.contains("status 503") ? "\"status 503\"" : reason)
            }
        }
        #expect(await organization.requests.count == 6)
    }
}

extension Fault.Kind {
    /// Whether the answer itself says that the request was turned away: a server that did it all the same would lie.
    fileprivate var isRefusal: Bool {
        switch self {
        case .status(429, _), .status(409, _), .maintenance: true
        default: false
        }
    }
}
