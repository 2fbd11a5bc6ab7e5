package import Auth
package import Logging
package import Roster
package import SCIM
package import Store

/// SCIM 2.0 over a tree: every request becomes one answer, whatever server received it.
///
/// It decides who may call, which resource and method are meant, and turns every refusal into a SCIM error body
/// (RFC 7644 section 3.12). It opens no socket.
///
/// A class, because every request has it: one count, where a copy would be one on each of its parts.
package final class SCIMEndpoint: Sendable {
    let store: Store
    let authenticator: TokenAuthenticator
    /// Where clients exchange their credentials for access tokens; nil: nowhere.
    let tokenEndpoint: TokenEndpoint?
    let rateLimit: RateLimit?
    /// How what identity providers send is read; it may be changed while requests are answered.
    let behaviour: Behaviour
    /// What of users and groups is kept.
    let stored: StoredAttributes
    /// Keeps count of requests; nil: nobody does.
    let activity: Activity?
    /// Gets word of every refused credential.
    let audit: AuditLog?
    let limits: Limits
    /// The URL under which clients reach the server; nil: what each request says.
    let baseURL: String?
    let logger: Logger
    let now: @Sendable () -> Timestamp
    let newID: @Sendable () -> String
    /// Known to this process alone: a cursor ends with the process that made it.
    let seal = CursorSeal()

    /// What a request may ask at most.
    package struct Limits: Sendable {
        /// The longest body, in bytes.
        package var bodyBytes = 16 << 20
        /// The most resources in one page, and how many there are where the client does not say.
        package var pageSize = 1000
        package var defaultPageSize = 100
        /// What one bulk request holds at most.
        package var bulk = ServiceProviderConfig.Bulk()
        /// Seconds for which a cursor is good.
        package var cursorTimeout = 3600

        package init() {}
    }

    package init(
        store: Store,
        authenticator: TokenAuthenticator,
        tokenEndpoint: TokenEndpoint? = nil,
        rateLimit: RateLimit? = nil,
        behaviour: Behaviour,
        stored: StoredAttributes = .all,
        activity: Activity? = nil,
        audit: AuditLog? = nil,
        limits: Limits = Limits(),
        baseURL: String? = nil,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        newID: @escaping @Sendable () -> String
    ) {
        self.store = store
        self.authenticator = authenticator
        self.tokenEndpoint = tokenEndpoint
        self.rateLimit = rateLimit
        self.behaviour = behaviour
        self.stored = stored
        self.activity = activity
        self.audit = audit
        self.limits = limits
        self.baseURL = baseURL
        self.logger = logger
        self.now = now
        self.newID = newID
    }
}

extension SCIMEndpoint {
    /// How requests are read right now.
    var policy: Policy { behaviour.policy }

    /// Answers one request, whoever sends it.
    package func answer(_ request: EndpointRequest) async -> EndpointAnswer {
        var admission = admission(of: request)
        if case .undecided = admission { admission = await signedAdmission(of: request) }
        switch admission {
        case .admitted(let caller): return await answer(request, from: caller)
        case .refused(let answer): return answer
        case .undecided: return logged(refusal(SCIMError.unauthorized(Self.unknownToken), request), to: request)
        }
    }

    /// Answers one request of a caller who was let in; nothing it throws inside reaches the caller as anything but a
    /// SCIM error.
    package func answer(_ request: EndpointRequest, from caller: Caller?) async -> EndpointAnswer {
        do {
            // Only what needs no credential is let in without a caller.
            guard let caller else { return logged(try await openAnswer(request), to: request) }
            let (call, route) = try admitted(request, from: caller)
            return logged(try await answer(call, route), to: request, from: caller)
        } catch {
            return logged(refusal(error, request), to: request, from: caller)
        }
    }

    /// Answers a request that only looks, for which nothing has to be waited for.
    ///
    /// - Returns: nil for any other, which ``answer(_:from:)`` answers.
    package func readyAnswer(to request: EndpointRequest, from caller: Caller?) -> EndpointAnswer? {
        guard let caller, request.method == "GET" || request.method == "HEAD" else { return nil }
        do {
            let (call, route) = try admitted(request, from: caller)
            return try look(call, route).map { logged($0, to: request, from: caller) }
        } catch {
            return logged(refusal(error, request), to: request, from: caller)
        }
    }

    /// Notes what became of a request: a refusal always; that all went well, which every commit says of every change
    /// with the request's id, only for whoever looks closely.
    func logged(_ answer: EndpointAnswer, to request: EndpointRequest, from caller: Caller? = nil) -> EndpointAnswer {
        logger.log(
            level: answer.status < 400 ? .debug : .info,
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.path)", "status": "\(answer.status)",
                "request": "\(request.id)",
            ]
        )
        activity?.note(RequestOutcome(of: request, answer, from: caller, at: now()))
        return request.method == "HEAD" ? answer.withoutBody : answer
    }

    /// The answer to a body that was not read to its end.
    package func bodyTooLarge(_ request: EndpointRequest) -> EndpointAnswer {
        let limit = bodyLimit(of: request)
        let error = SCIMError.payloadTooLarge("the request body is longer than \(limit) bytes; send it in parts")
        return logged(EndpointAnswer(error), to: request)
    }

    /// How long a request's body may be, in bytes.
    package func bodyLimit(of request: EndpointRequest) -> Int {
        // Nobody makes anything of their bodies.
        if ["GET", "HEAD", "DELETE"].contains(request.method) { return limits.bodyBytes }
        if OAuthRoute(path: request.path) != nil { return TokenEndpoint.longestForm }
        return request.route == .bulk ? limits.bulk.maximumPayload : limits.bodyBytes
    }

    /// What a request asks for, once it is known that it may.
    private func admitted(_ request: EndpointRequest, from caller: Caller) throws -> (Call, Route) {
        guard let route = request.route else {
            throw SCIMError.notFound(
                "there is nothing at \"\(request.path)\"; resources are at \(Route.basePath)/Users and "
                    + "\(Route.basePath)/Groups"
            )
        }
        guard route.methods.contains(request.method) else {
            throw MethodNotAllowed(allowed: route.methods)
        }
        guard caller.access == .write || !route.changes(by: request.method) else {
            throw SCIMError.forbidden(
                "this token may only look; a \(request.method) of \(request.path) would change something"
            )
        }
        let items = try request.query.map(QueryItem.items) ?? []
        var request = request
        // What GET would answer, but for the body, which is cut off at the end (RFC 9110 section 9.3.2).
        if request.method == "HEAD" { request.method = "GET" }
        return (Call(request: request, items: items, caller: caller), route)
    }

    func methodNotAllowed(_ methods: [String], _ request: EndpointRequest) -> EndpointAnswer {
        let allowed = methods.joined(separator: ", ")
        let error = SCIMError.methodNotAllowed("\(request.method) is not offered here; \(allowed) are")
        return EndpointAnswer(error, headers: ["Allow": allowed])
    }
}
