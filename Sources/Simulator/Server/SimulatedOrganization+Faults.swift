internal import SCIM

extension SimulatedOrganization {
    /// What is answered when something goes wrong on purpose, and whether the request was run.
    func answer(
        _ prepared: Engine.Prepared?,
        _ refusal: Engine.Answer?,
        _ context: Context,
        with fault: Fault
    ) -> (Reply, wasRun: Bool) {
        let isRun = prepared != nil
        switch fault.kind {
        case .errorsBesideData:
            var reply = reply(to: prepared, refusal, context)
            reply.addError("Internal Server Error")
            return (reply, isRun)
        case .slow(let duration):
            var reply = reply(to: prepared, refusal, context)
            reply.delay = duration
            return (reply, isRun)
        case .shortLists: return (shortened { reply(to: prepared, refusal, context) }, isRun)
        case .cut where fault.moment == .before && prepared?.operation.kind == .mutation:
            return (Reply.broken(fault, now: setup.now()), false)
        case .cut:
            var reply = reply(to: prepared, refusal, context)
            reply.delivery = .cut
            return (reply, isRun)
        case .secondWriter(let query): return (accompanied(by: query, fault.moment, prepared, refusal, context), isRun)
        case .status, .silence, .html, .maintenance, .pythonErrors, .redirect:
            let isDone = fault.moment == .after && isRun
            if isDone { _ = reply(to: prepared, refusal, context) }
            if fault.kind == .pythonErrors, let prepared { return (failing(prepared), isDone) }
            return (Reply.broken(fault, now: setup.now()), isDone)
        }
    }

    /// Somebody else writes, before this request is run or after it.
    private func accompanied(
        by query: String,
        _ moment: Fault.Moment,
        _ prepared: Engine.Prepared?,
        _ refusal: Engine.Answer?,
        _ context: Context
    ) -> Reply {
        let other = engine.prepare(Engine.Request(query: query)).prepared
        let admin = Context("/graphql", .organizationAdmin, nil)
        if moment == .before, let other { _ = run(other, admin) }
        defer { if moment == .after, let other { _ = run(other, admin) } }
        return reply(to: prepared, refusal, context)
    }

    /// Runs something while two of three people and teams are out of sight.
    private func shortened(_ body: () -> Reply) -> Reply {
        let whole = state
        defer { state = whole }
        let people = state.people.keys.sorted()
        for id in people.dropFirst(people.count / 3) { state.people[id] = nil }
        let teams = state.teams.values.sorted { $0.number < $1.number }
        for team in teams.dropFirst(teams.count / 3) { state.teams[team.id] = nil }
        return body()
    }

    /// An answer in which everything is a `PythonError`.
    private func failing(_ prepared: Engine.Prepared) -> Reply {
        var root = FailingRoot(schema: engine.schema, kind: prepared.operation.kind)
        let answer = engine.run(prepared, from: &root)
        return Reply(500, json: answer.body)
    }
}

/// Every field of it fails: as a `PythonError` where the schema has a place for one, else as an error beside the data.
private struct FailingRoot: Root {
    let schema: Schema
    let kind: Operation.Kind
    private static let message = "Internal Server Error"

    func resolve(_ field: String, _ arguments: Arguments) throws(GraphQLError) -> Resolved? {
        let type = schema.root(of: kind).flatMap { schema.field(field, of: $0) }?.type.name ?? ""
        guard schema.possibleTypes(type).contains("PythonError") else {
            throw GraphQLError(Self.message, isServerFault: true)
        }
        return .node(Problem.python(Self.message).node)
    }
}

extension Reply {
    /// An answer that comes from before the organisation, or not at all.
    fileprivate static func broken(_ fault: Fault, now: Double) -> Reply {
        switch fault.kind {
        case .status(let status, let retryAfter):
            var reply = Reply(status, text: "")
            reply.headers["Retry-After"] = retryAfter.map { $0.text(now) }
            return reply
        case .redirect(let location):
            var reply = Reply(307, text: "")
            reply.headers["Location"] = location
            return reply
        case .html: return Reply(200, html: "<!doctype html><title>Dagster+</title><p>Please sign in.")
        case .maintenance:
            let notice: Value = ["message": "Dagster+ is being upgraded", "timeout": 2, "retry_interval": 1]
            return Reply(503, json: ["maintenance": notice])
        case .silence:
            var reply = Reply(504, text: "")
            reply.delivery = .silent
            return reply
        case .cut:
            var reply = Reply(200, json: ["data": .null])
            reply.delivery = .cut
            return reply
        default: return Reply(500, text: "Internal Server Error")
        }
    }

    /// Puts an error beside the data, and leaves the status as it is.
    fileprivate mutating func addError(_ message: String) {
        guard var object = (try? JSON.read(body))?.object else { return }
        object["errors"] = .array((object["errors"]?.array ?? []) + [GraphQLError(message).value])
        body = JSON.write(.object(object))
    }
}

extension Fault.RetryAfter {
    /// The field's value: seconds, or a date of HTTP.
    fileprivate func text(_ now: Double) -> String {
        switch self {
        case .seconds(let seconds): String(seconds)
        case .date(let seconds): HTTPDate.text(of: now + Double(seconds))
        }
    }
}
