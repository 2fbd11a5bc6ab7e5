internal import SCIM

/// Reads the body of a GraphQL request as Dagster's own server does, with its words.
enum RequestBody {
    static let noQuery = "No GraphQL query found in the request"

    /// An answer that is no GraphQL.
    struct Refusal: Error {
        var status: Int
        var text: String
    }

    static func read(_ call: Call) -> Result<Engine.Request, Refusal> {
        let type = call.headers["content-type"]?.split(separator: ";").first?.lowercased() ?? ""
        switch type {
        case "application/graphql":
            return .success(Engine.Request(query: String(decoding: call.body, as: UTF8.self)))
        case "application/json": return json(call.body)
        default: return .failure(Refusal(status: 415, text: "Unsupported Media Type"))
        }
    }

    private static func json(_ body: [UInt8]) -> Result<Engine.Request, Refusal> {
        let value: Value
        do {
            value = try JSON.read(body)
        } catch {
            let text = "GraphQL request is invalid JSON:\n\(String(decoding: body, as: UTF8.self))"
            return .failure(Refusal(status: 400, text: text))
        }
        guard let query = value.object?["query"]?.string, !query.isEmpty else {
            return .failure(Refusal(status: 400, text: noQuery))
        }
        var request = Engine.Request(query: query)
        request.variables = value.object?["variables"]?.object ?? Object()
        request.operationName = value.object?["operationName"]?.string
        return .success(request)
    }
}
