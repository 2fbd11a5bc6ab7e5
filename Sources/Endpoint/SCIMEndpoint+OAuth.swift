internal import Auth
internal import Roster
internal import SCIM

/// What stands outside SCIM, for clients that get access tokens first.
enum OAuthRoute: String {
    case token = "/oauth/token"
    /// RFC 8414 section 3.
    case metadata = "/.well-known/oauth-authorization-server"

    init?(path: String) { self.init(rawValue: path) }
}

// The OAuth token endpoint over HTTP (RFC 6749 sections 5.1 and 5.2) and its description (RFC 8414).
extension SCIMEndpoint {
    /// Whether a request needs no credential in its head.
    func isOpen(_ request: EndpointRequest) -> Bool { tokenEndpoint != nil && OAuthRoute(path: request.path) != nil }

    /// Answers what needs no credential in its head.
    func openAnswer(_ request: EndpointRequest) async throws -> EndpointAnswer {
        guard let tokenEndpoint, let route = OAuthRoute(path: request.path) else {
            throw SCIMError.notFound("there is nothing at \"\(request.path)\"")
        }
        let methods = route == .token ? ["POST"] : ["GET", "HEAD"]
        guard methods.contains(request.method) else { return methodNotAllowed(methods, request) }
        switch route {
        case .metadata: return metadata(request)
        case .token:
            let authorization = request.headers["authorization"]
            return answer(
                try await tokenEndpoint.answer(form: request.body, authorization: authorization, at: now()),
                request
            )
        }
    }

    private func answer(_ outcome: TokenEndpoint.Outcome, _ request: EndpointRequest) -> EndpointAnswer {
        switch outcome {
        case .granted(let grant):
            let json: Object = [
                "access_token": .string(grant.accessToken), "token_type": "Bearer",
                "expires_in": .integer(grant.expiresIn), "scope": .string(grant.scope),
            ]
            return plain(200, json)
        case .refused(let refusal):
            if refusal.code == .invalidClient { noteRefused(request, "a client that is not accepted") }
            var answer = plain(
                refusal.status,
                ["error": .string(refusal.code.rawValue), "error_description": .string(refusal.description)]
            )
            answer.problem = EndpointAnswer.Problem(
                scimType: nil,
                detail: "\(refusal.code.rawValue): \(refusal.description)"
            )
            // A client that used HTTP Basic is told so (RFC 6749 section 5.2).
            if refusal.isBasic { answer.headers["WWW-Authenticate"] = "Basic realm=\"dagroster\"" }
            if refusal.status == 503 { answer.headers["Retry-After"] = "30" }
            return answer
        }
    }

    private func metadata(_ request: EndpointRequest) -> EndpointAnswer {
        let base = request.baseURL
        return plain(
            200,
            [
                "issuer": .string(base), "token_endpoint": .string(base + OAuthRoute.token.rawValue),
                "grant_types_supported": ["client_credentials"], "scopes_supported": ["scim", "scim.read"],
                "response_types_supported": [],
                "token_endpoint_auth_methods_supported": [
                    "client_secret_post", "client_secret_basic", "private_key_jwt",
                ], "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            ]
        )
    }

    /// An answer that no cache keeps (RFC 6749 section 5.1).
    private func plain(_ status: Int, _ json: Object) -> EndpointAnswer {
        var answer = EndpointAnswer(status: status, json: json)
        answer.headers["Content-Type"] = "application/json"
        answer.headers["Cache-Control"] = "no-store"
        return answer
    }
}
