import Access
import DagsterPlus
import Reconcile
import SCIM
import Simulator

/// Carries requests to a simulated organisation without a network; pauses take no time.
struct SimulatedTransport: Transport {
    let organization: SimulatedOrganization

    func send(_ request: Request) async throws(TransportFailure) -> DagsterPlus.Reply {
        let call = Call(
            method: "POST",
            path: request.address.path,
            headers: ["dagster-cloud-api-token": Setup.defaultToken, "content-type": "application/json"],
            body: request.body
        )
        let reply = await organization.answer(call)
        switch reply.delivery {
        case .whole: break
        case .cut: throw .noAnswer("the answer was cut")
        case .silent: throw .noAnswer("no answer in time")
        }
        let headers = Dictionary(reply.headers.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        return DagsterPlus.Reply(status: reply.status, headers: headers, body: reply.body)
    }

    func pause(for duration: Duration) async throws {}
}

extension Connection {
    /// A connection to a simulated organisation.
    static func to(
        _ organization: SimulatedOrganization,
        located: Set<String> = [],
        budget: Duration = .seconds(300)
    ) throws -> Connection {
        let transport = SimulatedTransport(organization: organization)
        return Connection(
            try Session.over(transport, url: "http://127.0.0.1:3333", budget: budget),
            organization: nil,
            located: located
        )
    }
}

extension SimulatedOrganization {
    /// One with the usual people, and no grants for new ones unless that is asked for.
    static func acme(_ change: (inout Setup) -> Void = { _ in }) throws -> SimulatedOrganization {
        let prod = Grant.viewer(of: "prod")
        var setup = Setup(
            seed: Organization(
                name: "acme",
                deployments: ["prod": DeploymentState(locations: ["finance"]), "staging": DeploymentState()],
                users: [
                    "ada@example.com": UserState(
                        email: "Ada@example.com",
                        grants: [.organization: Grant(scope: .organization, role: .admin)]
                    ),
                    "lin@example.com": UserState(email: "lin@example.com", grants: [prod.scope: prod]),
                ],
                teams: [
                    "Data": TeamState(members: ["ada@example.com"], grants: [prod.scope: prod]),
                    "Old": TeamState(members: ["lin@example.com"]),
                ],
                roles: ["on-call": CustomRole(name: "on-call", scope: .deployment, permissions: [.startAndStopRuns])]
            )
        )
        setup.switches.newUserRole = nil
        change(&setup)
        return try SimulatedOrganization(setup)
    }
}
