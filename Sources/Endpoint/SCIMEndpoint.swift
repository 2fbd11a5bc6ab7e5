package import Auth
package import Logging
package import Roster
package import SCIM
package import Store

/// SCIM 2.0 over a tree: every request becomes one answer, whatever server received it.
///
/// It decides who may call, which resource and method are meant, and turns every refusal into a SCIM error body
/// (RFC 7644 section 3.12). It opens no socket.
package struct SCIMEndpoint: Sendable {
    let store: Store
    let authenticator: TokenAuthenticator
    let policy: Policy
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
        policy: Policy,
        limits: Limits = Limits(),
        baseURL: String? = nil,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        newID: @escaping @Sendable () -> String
    ) {
        self.store = store
        self.authenticator = authenticator
        self.policy = policy
        self.limits = limits
        self.baseURL = baseURL
        self.logger = logger
        self.now = now
        self.newID = newID
    }
}

extension SCIMEndpoint {
    /// Whether a request is let in.
    package enum Admission: Sendable {
        case admitted(Caller)
        case refused(EndpointAnswer)
    }

    /// Decides by a request's head alone whether its caller is let in.
    package func admission(of request: EndpointRequest) -> Admission {
        do {
            return .admitted(try authenticated(request))
        } catch {
            return .refused(logged(refusal(error, request), to: request))
        }
    }

    /// Answers one request, whoever sends it.
    package func answer(_ request: EndpointRequest) async -> EndpointAnswer {
        switch admission(of: request) {
        case .admitted(let caller): await answer(request, from: caller)
        case .refused(let answer): answer
        }
    }

    /// Answers one request of a caller who was let in; nothing it throws inside reaches the caller as anything but a
    /// SCIM error.
    package func answer(_ request: EndpointRequest, from caller: Caller) async -> EndpointAnswer {
        do {
            return logged(try await dispatch(request, from: caller), to: request)
        } catch {
            return logged(refusal(error, request), to: request)
        }
    }

    /// Notes what became of a request: a refusal always; that all went well, which every commit says of every change
    /// with the request's id, only for whoever looks closely.
    private func logged(_ answer: EndpointAnswer, to request: EndpointRequest) -> EndpointAnswer {
        logger.log(
            level: answer.status < 400 ? .debug : .info,
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.path)", "status": "\(answer.status)",
                "request": "\(request.id)",
            ]
        )
        return request.method == "HEAD" ? answer.withoutBody : answer
    }

    /// The answer to a body that was not read to its end.
    package func bodyTooLarge() -> EndpointAnswer {
        EndpointAnswer(.payloadTooLarge("the request body is longer than \(limits.bodyBytes) bytes"))
    }

    private func dispatch(_ request: EndpointRequest, from caller: Caller) async throws -> EndpointAnswer {
        guard let route = Route(path: request.path) else {
            throw SCIMError.notFound(
                "there is nothing at \"\(request.path)\"; resources are at \(Route.basePath)/Users and "
                    + "\(Route.basePath)/Groups"
            )
        }
        guard route.methods.contains(request.method) else { return methodNotAllowed(route, request) }
        let items = try request.query.map(QueryItem.items) ?? []
        var request = request
        // What GET would answer, but for the body, which is cut off at the end (RFC 9110 section 9.3.2).
        if request.method == "HEAD" { request.method = "GET" }
        return try await answer(Call(request: request, items: items, caller: caller), route)
    }

    private func authenticated(_ request: EndpointRequest) throws -> Caller {
        if let caller = try authenticator.caller(authorization: request.headers["authorization"], at: now()) {
            return caller
        }
        throw SCIMError.unauthorized(
            request.headers["authorization"] == nil
                ? "this request has no bearer token; make one with \"dagroster token create\" and enter it as the "
                    + "secret token of the identity provider"
                : "this token is not known, has expired or was revoked; make one with \"dagroster token create\""
        )
    }

    private func methodNotAllowed(_ route: Route, _ request: EndpointRequest) -> EndpointAnswer {
        let allowed = route.methods.joined(separator: ", ")
        let error = SCIMError.methodNotAllowed("\(request.method) is not offered here; \(allowed) are")
        return EndpointAnswer(error, headers: ["Allow": allowed])
    }
}
