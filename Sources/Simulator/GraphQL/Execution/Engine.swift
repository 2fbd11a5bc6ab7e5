internal import SCIM

/// Answers GraphQL requests over a schema, with the statuses of Dagster's own server.
struct Engine: Sendable {
    let schema: Schema

    /// A request as its body states it.
    struct Request: Sendable {
        var query: String
        var variables = Object()
        var operationName: String?
    }

    /// An operation that may be run.
    struct Prepared: Sendable {
        let document: Document
        let operation: Operation
        let variables: [String: Value]
    }

    /// An answer: its status, and its body.
    struct Answer: Sendable {
        var status: Int
        var data: Value
        var errors: [GraphQLError]

        /// A refusal: nothing was run.
        init(refusing errors: [GraphQLError]) {
            self.init(data: .null, errors: errors, hasPythonError: false)
        }

        init(data: Value, errors: [GraphQLError], hasPythonError: Bool) {
            self.data = data
            self.errors = errors
            let isServerFault = hasPythonError || errors.contains(where: \.isServerFault)
            status = isServerFault ? 500 : errors.isEmpty ? 200 : 400
        }

        var body: Value {
            var body: Object = ["data": data]
            if !errors.isEmpty { body["errors"] = .array(errors.map(\.value)) }
            return .object(body)
        }
    }

    /// Parses and validates a request; a refusal when it cannot be run.
    func prepare(_ request: Request) -> (prepared: Prepared?, refusal: Answer?) {
        do {
            let document = try Parser.document(request.query)
            let errors = Validator.errors(in: document, against: schema)
            guard errors.isEmpty else { return (nil, Answer(refusing: errors)) }
            let operation = try operation(of: document, named: request.operationName)
            let (variables, problems) = InputCoercion(schema: schema).variables(of: operation, from: request.variables)
            guard problems.isEmpty else { return (nil, Answer(refusing: problems)) }
            return (Prepared(document: document, operation: operation, variables: variables), nil)
        } catch {
            return (nil, Answer(refusing: [error]))
        }
    }

    /// Runs an operation.
    func run(_ prepared: Prepared, from root: inout some Root) -> Answer {
        var executor = Executor(schema: schema, document: prepared.document, variables: prepared.variables)
        let data = executor.run(prepared.operation, from: &root)
        return Answer(data: data, errors: executor.errors, hasPythonError: executor.hasPythonError)
    }

    private func operation(of document: Document, named name: String?) throws(GraphQLError) -> Operation {
        let operation = try Self.named(name, in: document)
        guard schema.root(of: operation.kind) == nil else { return operation }
        throw GraphQLError(
            "Schema is not configured to execute \(operation.kind.rawValue) operation.",
            at: operation.location
        )
    }

    private static func named(_ name: String?, in document: Document) throws(GraphQLError) -> Operation {
        guard let name, !name.isEmpty else {
            if let first = document.operations.first, document.operations.count == 1 { return first }
            let isEmpty = document.operations.isEmpty
            throw GraphQLError(
                isEmpty
                    ? "Must provide an operation."
                    : "Must provide operation name if query contains multiple operations."
            )
        }
        if let operation = document.operations.first(where: { $0.name == name }) { return operation }
        throw GraphQLError("Unknown operation named '\(name)'.")
    }
}
