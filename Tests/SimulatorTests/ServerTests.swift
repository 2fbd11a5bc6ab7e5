import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Reconcile
import SCIM
import Simulator
import Testing

/// The organisation behind a real socket.
struct ServerTests {
    private static func served<Result: Sendable>(
        _ faults: Fault...,
        body: @Sendable (SimulatedOrganization, Int) async throws -> Result
    ) async throws -> Result {
        var setup = Setup(seed: World.seed)
        setup.faults = faults
        return try await SimulatorServer.with(setup, body)
    }

    private static func post(
        _ port: Int,
        _ query: String,
        patience: Duration = .seconds(30)
    ) async throws -> (status: UInt, body: [UInt8]) {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/graphql")
        request.method = .POST
        request.headers = ["content-type": "application/json", "Dagster-Cloud-Api-Token": Setup.defaultToken]
        request.body = .bytes(JSON.write(["query": .string(query)]))
        let response = try await HTTPClient.shared.execute(request, timeout: .nanoseconds(patience.nanoseconds))
        return (response.status.code, Array(buffer: try await response.body.collect(upTo: 1 << 20)))
    }

    @Test func `it answers on loopback, and remembers what it was asked`() async throws {
        try await Self.served { organization, port in
            let query =
                "mutation { createOrUpdateTeam(name: \"New\") { ... on CreateOrUpdateTeamSuccess { team { name } } } }"
            let (status, body) = try await Self.post(port, query)
            let expected: Value = ["data": ["createOrUpdateTeam": ["team": ["name": "New"]]]]
            let answer = try JSON.read(body)
            #expect(status == 200 && answer == expected)
            #expect(await organization.requests.map(\.fields) == [["createOrUpdateTeam"]])
        }
    }

    @Test func `a body that is cut ends in the middle, with the connection`() async throws {
        try await Self.served(Fault(.cut, at: .reads, 1)) { _, port in
            await #expect(throws: (any Error).self) { try await Self.post(port, "{ version planType }") }
            let next = try await Self.post(port, "{ version }")
            #expect(next.status == 200)
        }
    }

    @Test func `silence lasts as long as the client waits, and the write is done`() async throws {
        try await Self.served(Fault(.silence, at: .writes, 1, .after)) { organization, port in
            let query = "mutation { createOrUpdateTeam(name: \"New\") { __typename } }"
            await #expect(throws: (any Error).self) {
                try await Self.post(port, query, patience: .milliseconds(300))
            }
            #expect(await organization.organization.teams.keys.contains("New"))
        }
    }

    @Test func `requests at the same time are all run`() async throws {
        try await Self.served { organization, port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let query = "mutation { createOrUpdateTeam(name: \"\(number)\") { __typename } }"
                        let answer = try await Self.post(port, query)
                        #expect(answer.status == 200)
                    }
                }
                try await group.waitForAll()
            }
            #expect(await organization.organization.teams.count == 21)
            #expect(await organization.requests.map(\.number) == Array(1...20))
        }
    }

    @Test func `two organizations do not share a port`() async throws {
        let ports = try await Self.served { _, first in
            try await Self.served { _, second in [first, second] }
        }
        #expect(Set(ports).count == 2)
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { Int64(self / .nanoseconds(1)) }
}
