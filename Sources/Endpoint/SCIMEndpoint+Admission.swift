package import Auth
internal import Logging
internal import Roster
internal import SCIM

// Who is let in, decided before anybody's body is read.
extension SCIMEndpoint {
    /// Whether a request is let in.
    package enum Admission: Sendable {
        /// Without a caller for what needs no credential.
        case admitted(Caller?)
        case refused(EndpointAnswer)
        /// Only ``SCIMEndpoint/signedAdmission(of:)`` can tell, which may have to ask for keys.
        case undecided
    }

    /// Decides by a request's head alone whether its caller is let in.
    package func admission(of request: EndpointRequest) -> Admission {
        var nobody: RecentCaller?
        return admission(of: request, remembering: &nobody)
    }

    /// The same for the requests of one connection, which mostly show what the one before has shown.
    func admission(of request: EndpointRequest, remembering recent: inout RecentCaller?) -> Admission {
        guard !isOpen(request) else { return .admitted(nil) }
        let authorization = request.headers["authorization"]
        let now = now()
        if let caller = recent?.caller(authorization, at: now) { return admitted(caller, request) }
        recent = nil
        do {
            if let caller = try authenticator.caller(authorization: authorization, at: now) {
                recent = authorization.map { RecentCaller(authorization: $0, caller: caller, seen: now) }
                return admitted(caller, request)
            }
        } catch {
            return .refused(logged(refusal(error, request), to: request))
        }
        if TokenAuthenticator.isSigned(authorization: authorization) { return .undecided }
        return denied(request)
    }

    /// Decides about a caller whose token was signed elsewhere.
    package func signedAdmission(of request: EndpointRequest) async -> Admission {
        do {
            let authorization = request.headers["authorization"]
            if let caller = try await authenticator.signedCaller(authorization: authorization, at: now()) {
                return admitted(caller, request)
            }
        } catch let error as KeysUnavailable {
            logger.error(
                "a signed token cannot be judged",
                metadata: ["error": "\(error)", "request": "\(request.id)"]
            )
            let answer = SCIMError.unavailable("the keys that this token is signed with cannot be had; try again")
            return .refused(logged(refusal(answer, request), to: request))
        } catch {
            return .refused(logged(refusal(error, request), to: request))
        }
        return denied(request)
    }

    private func admitted(_ caller: Caller, _ request: EndpointRequest) -> Admission {
        guard let seconds = rateLimit?.delay(for: caller.source, at: now()) else { return .admitted(caller) }
        let error = SCIMError.tooManyRequests(
            "token \"\(caller.source)\" makes too many requests; come again in \(seconds) s"
        )
        let answer = EndpointAnswer(error, headers: ["Retry-After": String(seconds)])
        return .refused(logged(answer, to: request, from: caller))
    }

    private func denied(_ request: EndpointRequest) -> Admission {
        let isMissing = request.headers["authorization"] == nil
        noteRefused(request, isMissing ? "no credential" : "a credential that is not accepted")
        let error = SCIMError.unauthorized(isMissing ? Self.missingToken : Self.unknownToken)
        return .refused(logged(refusal(error, request), to: request))
    }

    /// Leaves word of a credential that was refused.
    func noteRefused(_ request: EndpointRequest, _ what: String) {
        audit?.write(
            AuditEntry(
                time: now(),
                event: .refusedCredential,
                source: nil,
                requestID: request.id,
                client: request.client.isEmpty ? nil : request.client,
                action: "\(request.method) \(request.path.prefix(RequestOutcome.longestTarget))",
                what: [what]
            )
        )
    }

    private static let missingToken =
        "this request has no bearer token; make one with \"dagroster token create\" and enter it as the secret token of "
        + "the identity provider"
    static let unknownToken =
        "this token is not known, has expired or was revoked; make one with \"dagroster token create\""
}
