import DagsterPlus
import SCIM
import Synchronization

/// Answers requests from a script, in order; the last entry answers all that come after it.
///
/// Pauses take no time.
final class ScriptedTransport: Transport {
    enum Step: Sendable {
        case reply(Reply)
        case failure(TransportFailure)
    }

    struct Seen: Sendable {
        var address: String
        var operation: String
        var query: String
        var variables: Object
    }

    private struct State {
        var steps: [Step]
        var requests: [Seen] = []
        var pauses: [Duration] = []
    }

    private let state: Mutex<State>

    init(_ steps: [Step]) { state = Mutex(State(steps: steps)) }

    var requests: [Seen] { state.withLock { $0.requests } }
    var operations: [String] { requests.map(\.operation) }
    var pauses: [Duration] { state.withLock { $0.pauses } }

    func send(_ request: Request) async throws(TransportFailure) -> Reply {
        let body = (try? JSON.read(request.body))?.object ?? Object()
        let step = state.withLock { state in
            state.requests.append(
                Seen(
                    address: request.address.description,
                    operation: body["operationName"]?.string ?? "",
                    query: body["query"]?.string ?? "",
                    variables: body["variables"]?.object ?? Object()
                )
            )
            return state.steps.count > 1 ? state.steps.removeFirst() : state.steps[0]
        }
        switch step {
        case .reply(let reply): return reply
        case .failure(let failure): throw failure
        }
    }

    func pause(for duration: Duration) async throws { state.withLock { $0.pauses.append(duration) } }
}

extension ScriptedTransport.Step {
    static func json(_ value: Value) -> Self { json(200, value) }

    static func json(_ status: Int, _ value: Value) -> Self {
        .reply(Reply(status: status, body: JSON.write(value)))
    }

    static func text(_ status: Int, _ text: String, headers: [String: String] = [:]) -> Self {
        .reply(Reply(status: status, headers: headers, body: Array(text.utf8)))
    }
}

extension Session {
    /// A session over a script, with a jitter that always takes the whole pause.
    static func over(
        _ transport: some Transport,
        url: String = "https://acme.dagster.cloud",
        budget: Duration = .seconds(300)
    ) throws -> Session {
        guard let address = Address(url), let token = APIToken("user:secret-token") else { throw NoSession() }
        return Session(
            address: address,
            token: token,
            transport: transport,
            budget: budget,
            jitter: { 1 },
            now: { 1_795_812_926 }
        )
    }
}

struct NoSession: Error {}
