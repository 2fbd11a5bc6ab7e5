import Access
import Reconcile
import SCIM
import Simulator
import Testing

/// A simulated organisation without a server in front of it.
struct World {
    let organization: SimulatedOrganization

    /// Two deployments, three people of whom one administers, and a team.
    static let seed = Organization(
        name: "acme",
        deployments: [
            "prod": DeploymentState(locations: ["finance", "marketing"]), "staging": DeploymentState(),
        ],
        users: [
            "ada@example.com": UserState(
                email: "Ada@example.com",
                grants: [.organization: Grant(scope: .organization, role: .admin)]
            ),
            "grace@example.com": UserState(email: "grace@example.com"),
            "lin@example.com": UserState(email: "lin@example.com"),
        ],
        teams: [
            "Data": TeamState(
                members: ["grace@example.com"],
                grants: [
                    .deployment("prod"): Grant(
                        scope: .deployment("prod"),
                        role: .viewer,
                        locations: ["finance": .editor]
                    )
                ]
            )
        ],
        roles: [
            "on-call": CustomRole(name: "on-call", scope: .deployment, permissions: [.startAndStopRuns]),
            "auditor": CustomRole(name: "auditor", scope: .organization, permissions: [.readAuditLog]),
        ]
    )

    init(_ change: (inout Setup) -> Void = { _ in }) throws {
        var setup = Setup(seed: Self.seed)
        change(&setup)
        organization = try SimulatedOrganization(setup)
    }

    /// Sends a document, as the organisation's administrator unless another token is given.
    func send(
        _ query: String,
        _ variables: Object = [:],
        path: String = "/graphql",
        token: String = Setup.defaultToken
    ) async throws -> Answer {
        let reply = await organization.answer(.graphQL(query, variables: variables, path: path, token: token))
        return Answer(status: reply.status, body: (try? JSON.read(reply.body)) ?? .null, reply: reply)
    }

    /// The result of a mutation that is the document's only field.
    func mutate(_ query: String, _ variables: Object = [:], token: String = Setup.defaultToken) async throws -> Answer {
        try await send(query, variables, token: token)
    }

    var state: Organization { get async { await organization.organization } }
}

/// What came back.
struct Answer {
    var status: Int
    var body: Value
    var reply: Reply

    /// A value by a path such as `data.usersOrError.users.0.id`.
    subscript(path: String) -> Value? {
        path.split(separator: ".").reduce(Optional(body)) { value, step in
            if let index = Int(step), let array = value?.array {
                return array.indices.contains(index) ? array[index] : nil
            }
            return value?.object?[String(step)]
        }
    }

    /// The texts of the errors.
    var messages: [String] { self["errors"]?.array?.compactMap { $0.object?["message"]?.string } ?? [] }

    /// The type of the only root field's value.
    var type: String? {
        guard let result = self["data"]?.object?.members.first?.value else { return nil }
        return result.object?["__typename"]?.string
    }

    /// The message of the only root field's value, when it is an error.
    var message: String? { self["data"]?.object?.members.first?.value.object?["message"]?.string }
}
