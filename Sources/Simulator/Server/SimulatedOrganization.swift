package import Reconcile
internal import SCIM

/// A Dagster+ organisation that lives in memory and speaks the part of Dagster+'s API that is about access.
///
/// One request at a time is run, as a whole; what Dagster+ would do is told by ``Switches`` where nobody knows.
package actor SimulatedOrganization {
    let setup: Setup
    let engine: Engine
    var state: SimulatedState
    /// Every GraphQL request so far that could be read.
    package private(set) var requests: [LoggedRequest] = []
    private var reads = 0
    private var writes = 0

    /// An organisation; it refuses a schema that it cannot read, which would be its own.
    package init(_ setup: Setup) throws {
        self.setup = setup
        engine = Engine(schema: try SchemaVariant.schema(setup.switches))
        state = setup.state
    }

    /// The state as reconciling sees organisations, invited people included.
    package var organization: Organization { state.organization }

    /// A person accepts the invitation, and is listed from now on; false when nobody of that address was invited.
    @discardableResult
    package func accept(_ email: String) -> Bool {
        guard let person = state.person(email), person.isPending else { return false }
        state.people[person.id]?.isPending = false
        return true
    }

    /// Whether a person is invited and not there yet.
    package func isPending(_ email: String) -> Bool { state.person(email)?.isPending ?? false }

    /// Answers one request.
    package func answer(_ call: Call) -> Reply {
        if let reply = ownPage(call) { return reply }
        switch address(of: call) {
        case .nowhere: return Reply(404, text: "Not Found")
        case .organization: return answer(call, in: nil)
        case .deployment(let name):
            if let deployment = state.deployment(named: name) { return answer(call, in: deployment) }
            guard setup.switches.unknownDeployment == .redirect else { return Reply(404, text: "Not Found") }
            var reply = Reply(302, text: "")
            reply.headers["Location"] = call.path
            return reply
        }
    }

    private func address(of call: Call) -> Address {
        let names = Set(state.deployments.values.map(\.name))
        return Address(call.path, organization: state.name, deployments: names)
    }

    private func answer(_ call: Call, in deployment: Deployment?) -> Reply {
        switch call.method {
        case "GET" where call.headers["accept"]?.contains("text/html") == true:
            return Reply(200, html: "<!doctype html><title>Dagster+</title><p>A simulated Dagster+ organization.")
        case "GET": return Reply(400, text: RequestBody.noQuery)
        case "POST": break
        default: return Reply(405, text: "Method Not Allowed")
        }
        guard let caller = caller(of: call) else { return Reply(401, text: "Unauthorized") }
        switch RequestBody.read(call) {
        case .failure(let refusal): return Reply(refusal.status, text: refusal.text)
        case .success(let request): return answer(request, Context(call.path, caller, deployment))
        }
    }

    private func caller(of call: Call) -> Caller? {
        guard let token = call.headers["dagster-cloud-api-token"], let caller = setup.tokens[token] else { return nil }
        return caller.speaksGraphQL ? caller : nil
    }
}

extension SimulatedOrganization {
    /// Who asks, and where.
    struct Context {
        let path: String
        let caller: Caller
        let deployment: Deployment?

        init(_ path: String, _ caller: Caller, _ deployment: Deployment?) {
            self.path = path
            self.caller = caller
            self.deployment = deployment
        }
    }

    private func answer(_ request: Engine.Request, _ context: Context) -> Reply {
        let (prepared, refusal) = engine.prepare(request)
        let isMutation = prepared?.operation.kind == .mutation
        if isMutation { writes += 1 } else { reads += 1 }
        var logged = LoggedRequest(
            number: requests.count + 1,
            path: context.path,
            operation: prepared?.operation.name ?? request.operationName,
            isMutation: isMutation,
            fields: prepared?.rootFields ?? [],
            variables: request.variables,
            status: 0,
            wasRun: false
        )
        let number = isMutation ? writes : reads
        logged.fault = setup.faults.first {
            $0.happens(toWrite: isMutation, number: number, overall: requests.count + 1)
        }
        let reply: Reply
        if let fault = logged.fault {
            (reply, logged.wasRun) = answer(prepared, refusal, context, with: fault)
        } else {
            reply = self.reply(to: prepared, refusal, context)
            logged.wasRun = prepared != nil
        }
        logged.status = reply.delivery == .silent ? 0 : reply.status
        requests.append(logged)
        return reply
    }

    /// The right answer.
    func reply(to prepared: Engine.Prepared?, _ refusal: Engine.Answer?, _ context: Context) -> Reply {
        guard let prepared else {
            return refusal.map { Reply($0.status, json: $0.body) } ?? Reply(400, text: RequestBody.noQuery)
        }
        let answer = run(prepared, context)
        return Reply(answer.status, json: answer.body)
    }

    /// Runs an operation on the state.
    func run(_ prepared: Engine.Prepared, _ context: Context) -> Engine.Answer {
        let person = setup.caller.flatMap { state.person($0) }
        guard prepared.operation.kind == .mutation else {
            var root = QueryRoot(
                nodes: Nodes(state: state, switches: setup.switches),
                caller: context.caller,
                person: person,
                deployment: context.deployment,
                schema: engine.schema
            )
            return engine.run(prepared, from: &root)
        }
        var root = MutationRoot(
            state: state,
            switches: setup.switches,
            caller: context.caller,
            person: person,
            now: setup.now()
        )
        let answer = engine.run(prepared, from: &root)
        state = root.state
        return answer
    }
}

extension Engine.Prepared {
    /// The fields that the operation asks for first, by their names in the schema.
    fileprivate var rootFields: [String] {
        operation.selections.compactMap { selection in
            if case .field(let field) = selection { field.name } else { nil }
        }
    }
}
