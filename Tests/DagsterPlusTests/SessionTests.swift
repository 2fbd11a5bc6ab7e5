@testable import DagsterPlus
import SCIM
import Testing

/// How answers of every kind are judged, and what is sent again.
struct SessionTests {
    private static let good = ScriptedTransport.Step.json(["data": ["version": "1"]])
    private static let query = Document(kind: .query, name: "Q", text: "query Q { version }", success: nil)

    private func ask(
        _ steps: [ScriptedTransport.Step],
        budget: Duration = .seconds(300)
    ) async throws -> ScriptedTransport {
        let transport = ScriptedTransport(steps)
        let session = try Session.over(transport, budget: budget)
        #expect(try await session.data(of: { _ in Self.query }) == ["version": "1"])
        return transport
    }

    struct Wait: Sendable {
        var step: ScriptedTransport.Step
        var pause: Duration
    }

    @Test(arguments: [
        Wait(step: .text(429, "", headers: ["retry-after": "7"]), pause: .seconds(7)),
        Wait(step: .text(503, "", headers: ["retry-after": "7"]), pause: .seconds(7)),
        Wait(
            step: .text(
                429,
                "",
                headers: [
                    "retry-after": "Fri, 27 Nov 2026 20:55:46 GMT", "date": "Fri, 27 Nov 2026 20:55:26 GMT",
                ]
            ),
            pause: .seconds(20)
        ),
        // Without a date of the server's own, ours counts.
        Wait(step: .text(503, "", headers: ["retry-after": "Fri, 27 Nov 2026 20:56:26 GMT"]), pause: .seconds(60)),
        Wait(step: .text(503, "", headers: ["retry-after": "Fri, 27 Nov 2020 20:56:26 GMT"]), pause: .zero),
        Wait(step: .text(429, "", headers: ["retry-after": "soon"]), pause: .milliseconds(500)),
        Wait(step: .text(409, ""), pause: .milliseconds(500)),
        Wait(step: .text(502, "<html>"), pause: .milliseconds(500)),
        Wait(step: .text(503, ""), pause: .milliseconds(500)), Wait(step: .text(504, ""), pause: .milliseconds(500)),
        Wait(step: .text(500, "oops"), pause: .milliseconds(500)),
        Wait(step: .text(200, "{\"data\": {\"versi"), pause: .milliseconds(500)),
        Wait(step: .failure(.notSent("refused")), pause: .milliseconds(500)),
        Wait(step: .failure(.noAnswer("closed")), pause: .milliseconds(500)),
        Wait(
            step: .json(["maintenance": ["message": "soon back", "retry_interval": .decimal(12.5)]]),
            pause: .seconds(13)
        ),
        Wait(step: .json(503, ["maintenance": ["message": "x"]]), pause: .milliseconds(500)),
        Wait(step: .json(["maintenance": ["message": "x"]]), pause: .seconds(30)),
    ])
    func `a query that was turned away is sent again after the right pause`(_ wait: Wait) async throws {
        let transport = try await ask([wait.step, Self.good])
        #expect(transport.pauses == [wait.pause])
        #expect(transport.requests.count == 2)
    }

    @Test func `pauses grow, up to half a minute, and end with the budget`() async throws {
        let transport = ScriptedTransport([.text(502, "")])
        let session = try Session.over(transport, budget: .seconds(100))
        await #expect(throws: APIError.unavailable("status 502")) { try await session.data(of: { _ in Self.query }) }
        #expect(transport.pauses == [0.5, 1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
    }

    @Test func `a wait that is longer than the budget is not begun`() async throws {
        let transport = ScriptedTransport([.text(429, "", headers: ["retry-after": "301"])])
        let session = try Session.over(transport)
        await #expect(throws: APIError.unavailable("status 429")) { try await session.data(of: { _ in Self.query }) }
        #expect(transport.pauses == [])
        #expect(transport.requests.count == 1)
    }

    struct Refusal: Sendable {
        var step: ScriptedTransport.Step
        var error: APIError
    }

    @Test(arguments: [
        Refusal(step: .text(401, "no"), error: .denied(status: 401)),
        Refusal(step: .text(403, "no"), error: .denied(status: 403)),
        Refusal(
            step: .text(200, "<!doctype html><p>Sign in", headers: ["content-type": "text/html"]),
            error: .notTheAPI("a page for people answered, not the GraphQL API")
        ),
        Refusal(
            step: .text(404, "Not Found"),
            error: .notTheAPI("what answered with status 404 is not the GraphQL API: Not Found")
        ),
        Refusal(step: .text(302, ""), error: .notTheAPI("what answered with status 302 is not the GraphQL API")),
        Refusal(
            step: .json(["data": ["version": "1"], "errors": [["message": "half of it"]]]),
            error: .rejected(status: 200, ["half of it"])
        ),
        Refusal(
            step: .json(
                400,
                ["data": .null, "errors": [["message": "Cannot query field 'nope' on type 'CloudQuery'."]]]
            ),
            error: .rejected(status: 400, ["Cannot query field 'nope' on type 'CloudQuery'."])
        ),
        Refusal(
            step: .json(500, ["data": .null, "errors": [["message": "bad value"]]]),
            error: .rejected(status: 500, ["bad value"])
        ),
        Refusal(step: .json([1, 2]), error: .notTheAPI("what answered with status 200 is not the GraphQL API: [1,2]")),
        Refusal(step: .failure(.untrusted("certificate")), error: .untrusted("certificate")),
        Refusal(
            step: .text(307, "", headers: ["location": "https://evil.example.com/graphql"]),
            error: .leadsElsewhere("https://evil.example.com")
        ),
        Refusal(
            step: .text(307, "", headers: ["location": "http://acme.dagster.cloud/graphql"]),
            error: .leadsElsewhere("http://acme.dagster.cloud")
        ),
        Refusal(
            step: .text(307, "", headers: ["location": "https://acme.dagster.cloud:8443/graphql"]),
            error: .leadsElsewhere("https://acme.dagster.cloud:8443")
        ),
        Refusal(
            step: .text(307, "", headers: ["location": "//evil.example.com/"]),
            error: .leadsElsewhere("https://evil.example.com")
        ),
        Refusal(
            step: .text(307, "", headers: ["location": "/again"]),
            error: .notTheAPI("more than 5 redirects, the last one to https://acme.dagster.cloud/again")
        ),
    ])
    func `what another try would not help is said at once`(_ refusal: Refusal) async throws {
        let transport = ScriptedTransport([refusal.step])
        let session = try Session.over(transport)
        await #expect(throws: refusal.error) { try await session.data(of: { _ in Self.query }) }
        #expect(transport.pauses == [])
        let origins = transport.requests.compactMap { Address($0.address)?.origin }
        #expect(Set(origins) == Set([Address("https://acme.dagster.cloud")].compactMap { $0?.origin }))
        #expect(!refusal.error.description.contains("secret-token"))
        #expect(refusal.error.description.contains("\nhint: "))
    }

    @Test func `a redirect within the origin is followed, with the token`() async throws {
        let moved = ScriptedTransport.Step.text(308, "", headers: ["location": "/eu/graphql?x=1"])
        let transport = try await ask([moved, Self.good])
        #expect(
            transport.requests.map(\ScriptedTransport.Seen.address) == [
                "https://acme.dagster.cloud/graphql", "https://acme.dagster.cloud/eu/graphql",
            ]
        )
    }

    @Test func `an older server is asked again without what it does not know, once for all`() async throws {
        let refusal = ScriptedTransport.Step.json(
            400,
            [
                "data": .null,
                "errors": [
                    [
                        "message": """
                        Cannot query field 'ownerDefinitionsRoleHandle' on type 'DagsterCloudScopedPermissionGrant'.
                        """
                    ]
                ],
            ]
        )
        let transport = ScriptedTransport([refusal, Self.good])
        let session = try Session.over(transport)
        _ = try await session.data(of: Documents.teams)
        _ = try await session.data(of: Documents.people)
        let asks = transport.requests.map { $0.query.contains("ownerDefinitionsRoleHandle") }
        #expect(asks == [true, false, false])
        #expect(transport.requests.allSatisfy { $0.query.contains("perBaseBranchDeploymentsPermissionGrants") })
    }
}

extension SessionTests {
    /// A mutation, whose answers are judged by their type alone.
    private func change(_ steps: [ScriptedTransport.Step]) async throws -> ScriptedTransport {
        let transport = ScriptedTransport(steps)
        let session = try Session.over(transport)
        _ = try await session.carryOut({ _ in Documents.deleteTeam }, variables: ["teamId": "t"])
        return transport
    }

    private static let done: Value = ["data": ["deleteTeam": ["__typename": "DeleteTeamSuccess", "teamId": "t"]]]

    @Test(arguments: [
        ScriptedTransport.Step.text(429, "", headers: ["retry-after": "1"]), .text(409, ""),
        .failure(.notSent("refused")), .json(["maintenance": ["message": "x"]]),
    ])
    func `a mutation that was surely not carried out is sent again`(step: ScriptedTransport.Step) async throws {
        #expect(try await change([step, .json(Self.done)]).requests.count == 2)
    }

    @Test(arguments: [
        ScriptedTransport.Step.failure(.noAnswer("closed")), .text(502, ""), .text(503, ""), .text(504, ""),
        .text(503, "", headers: ["retry-after": "1"]), .text(500, "oops"), .text(200, "{\"data\": {"),
        .text(200, "<html>", headers: ["content-type": "text/html"]),
    ])
    func `a mutation that may have been carried out is never just sent again`(
        step: ScriptedTransport.Step
    ) async throws {
        let transport = ScriptedTransport([step, .json(Self.done)])
        let session = try Session.over(transport)
        let error = await #expect(throws: APIError.self) {
            try await session.carryOut({ _ in Documents.deleteTeam }, variables: ["teamId": "t"])
        }
        guard case .unclear? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(transport.requests.count == 1)
    }

    @Test func `success with status 500 and errors beside it is what its type says`() async throws {
        #expect(try await change([.json(500, Self.done)]).requests.count == 1)
        let answer: Value = [
            "data": ["deleteTeam": ["__typename": "DeleteTeamSuccess", "teamId": "t"]], "errors": [["message": "late"]],
        ]
        #expect(try await change([.json(answer)]).requests.count == 1)
    }

    @Test(arguments: [
        "UnauthorizedError", "PythonError", "UserLimitError", "CantRemoveAllAdminsError", "UserNotFoundError",
        "CustomRoleInUseError", "CustomRoleNotFoundError", "DeploymentNotFoundError", "SomethingNewError",
    ])
    func `every error member is an error with its message and with what to do`(type: String) async throws {
        let answer: Value = ["data": ["deleteTeam": ["__typename": .string(type), "message": "Authorization failed"]]]
        for status in [200, 500] {
            let error = APIError.refused(type: type, message: "Authorization failed")
            await #expect(throws: error) { try await change([.json(status, answer)]) }
            #expect(error.description.contains("Authorization failed (\(type))\nhint: "))
        }
    }
}
