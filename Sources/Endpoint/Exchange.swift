package import SCIM

/// One request as the endpoint sees it, free of the server that received it.
package struct EndpointRequest: Sendable {
    package var method: String
    /// The path as sent, percent-encoded, without the query.
    package var path: String
    package var query: String?
    /// Header fields by lower-case name.
    package var headers: [String: String]
    package var body: [UInt8]
    /// Names this request in logs, errors and commits.
    package var id: String
    /// Scheme and authority under which the client reached the server, without a trailing slash.
    package var baseURL: String

    package init(
        method: String,
        path: String,
        query: String? = nil,
        headers: [String: String] = [:],
        body: [UInt8] = [],
        id: String,
        baseURL: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.id = id
        self.baseURL = baseURL
    }
}

/// One answer, ready to be sent.
package struct EndpointAnswer: Hashable, Sendable {
    package var status: Int
    package var headers: [String: String]
    package var body: [UInt8]

    /// An answer with a JSON body, or with none.
    package init(status: Int, headers: [String: String] = [:], json: Object? = nil) {
        self.status = status
        self.headers = headers
        self.headers["Cache-Control"] = "no-cache"
        body = json.map { JSON.write(.object($0)) } ?? []
        if json != nil { self.headers["Content-Type"] = "application/scim+json" }
    }

    /// The same answer for HEAD, which says how long the body would have been.
    var withoutBody: EndpointAnswer {
        var answer = self
        answer.headers["Content-Length"] = String(body.count)
        answer.body = []
        return answer
    }

    /// The answer to a request that was refused: always a SCIM error body (RFC 7644 section 3.12).
    package init(_ error: SCIMError, headers: [String: String] = [:]) {
        self.init(status: error.status, headers: headers, json: error.body)
    }
}
