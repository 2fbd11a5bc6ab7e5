package import SCIM

/// One HTTP request as the simulated organisation sees it, free of the server that received it.
package struct Call: Sendable {
    package var method: String
    /// The path as sent, percent-encoded, without the query.
    package var path: String
    /// Header fields by lower-case name.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(method: String, path: String, headers: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// A GraphQL request as clients of Dagster+ send it.
    package static func graphQL(
        _ query: String,
        variables: Object = [:],
        path: String = "/graphql",
        token: String = Setup.defaultToken
    ) -> Call {
        let body: Object = ["query": .string(query), "variables": .object(variables)]
        return Call(
            method: "POST",
            path: path,
            headers: ["dagster-cloud-api-token": token, "content-type": "application/json"],
            body: JSON.write(.object(body))
        )
    }
}
