package import SCIM

/// One request as the endpoint sees it, free of the server that received it.
package struct EndpointRequest: Sendable {
    package var method: String
    /// The path as sent, percent-encoded, without the query.
    package var path: String { didSet { route = Route(path: path) } }
    /// What the path names; nil for nothing.
    package private(set) var route: Route?
    package var query: String?
    package var headers: HeaderFields
    package var body: [UInt8]
    /// Names this request in logs, errors and commits.
    package var id: String
    /// Scheme and authority under which the client reached the server, without a trailing slash.
    package var baseURL: String
    /// The address that it comes from; empty where that is not known.
    package var client: String
    /// When its head had come.
    package var received: ContinuousClock.Instant

    package init(
        method: String,
        path: String,
        query: String? = nil,
        headers: HeaderFields = [:],
        body: [UInt8] = [],
        id: String,
        baseURL: String,
        client: String = "",
        received: ContinuousClock.Instant = .now
    ) {
        self.method = method
        self.path = path
        route = Route(path: path)
        self.query = query
        self.headers = headers
        self.body = body
        self.id = id
        self.baseURL = baseURL
        self.client = client
        self.received = received
    }
}

/// One answer, ready to be sent.
package struct EndpointAnswer: Hashable, Sendable {
    package var status: Int
    package var headers: HeaderFields
    package var body: [UInt8]
    /// Why the request was refused, for whoever keeps count.
    package var problem: Problem?

    /// The reason of a refusal.
    package struct Problem: Hashable, Sendable {
        package var scimType: String?
        package var detail: String
    }

    /// An answer with a JSON body, or with none.
    package init(status: Int, headers: HeaderFields = [:], json: Object? = nil) {
        self.init(status: status, headers: headers, body: json.map { JSON.write(.object($0)) } ?? [])
    }

    /// An answer with the text of a JSON body; an empty text is no body.
    package init(status: Int, headers: HeaderFields = [:], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
        self.headers.append("Cache-Control", "no-cache")
        if !body.isEmpty { self.headers.append("Content-Type", "application/scim+json") }
    }

    /// Whether it says how long its body is: one that never has a body does not (RFC 9110 section 8.6).
    var hasLength: Bool { status != 204 && status != 304 && status >= 200 }

    /// The same answer for HEAD, which says how long the body would have been.
    var withoutBody: EndpointAnswer {
        var answer = self
        if hasLength { answer.headers["Content-Length"] = String(body.count) }
        answer.body = []
        return answer
    }

    /// The answer to a request that was refused: always a SCIM error body (RFC 7644 section 3.12).
    package init(_ error: SCIMError, headers: HeaderFields = [:]) {
        self.init(status: error.status, headers: headers, json: error.body)
        problem = Problem(scimType: error.type?.rawValue, detail: error.detail)
    }
}
