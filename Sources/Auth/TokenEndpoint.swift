package import Roster

/// The OAuth token endpoint: client credentials become an access token (RFC 6749 section 4.4).
///
/// A client shows a secret, in the form or by HTTP Basic (section 2.3.1), or an assertion that Entra has signed for it
/// (RFC 7523 section 2.2, what Entra's workload identity federation sends). It decides from the form alone; it opens no
/// socket.
package struct TokenEndpoint: Sendable {
    /// The longest form, in bytes.
    package static let longestForm = 32_768

    private let authenticator: TokenAuthenticator

    package init(_ authenticator: TokenAuthenticator) { self.authenticator = authenticator }

    /// What a client's form is answered with.
    package enum Outcome: Hashable, Sendable {
        case granted(Grant)
        case refused(Refusal)
    }

    /// An access token for a client.
    package struct Grant: Hashable, Sendable {
        package var client: String
        package var accessToken: String
        /// Seconds.
        package var expiresIn: Int
        /// `scim` or `scim.read`.
        package var scope: String
    }

    /// Why there is none (RFC 6749 section 5.2).
    package struct Refusal: Hashable, Sendable {
        package enum Code: String, Sendable {
            case invalidRequest = "invalid_request"
            case invalidClient = "invalid_client"
            case invalidScope = "invalid_scope"
            case unsupportedGrantType = "unsupported_grant_type"
            case temporarilyUnavailable = "temporarily_unavailable"
        }

        package var code: Code
        package var description: String
        /// Whether the client used HTTP Basic, whose challenge it then gets.
        package var isBasic = false

        /// The HTTP status.
        package var status: Int {
            switch code {
            case .invalidClient: 401
            case .temporarilyUnavailable: 503
            default: 400
            }
        }
    }

    /// Decides about one form.
    ///
    /// - Parameters:
    ///   - form: the body, `application/x-www-form-urlencoded`.
    ///   - authorization: the header of that name.
    ///   - now: the clock.
    /// - Returns: an access token, or why there is none.
    /// - Throws: when the credentials cannot be read.
    package func answer(form: [UInt8], authorization: String?, at now: Timestamp) async throws -> Outcome {
        guard let form = TokenForm(form) else {
            return .refused(Refusal(code: .invalidRequest, description: "the body is no form, or names a field twice"))
        }
        guard form["grant_type"] == "client_credentials" else {
            let code: Refusal.Code = form["grant_type"] == nil ? .invalidRequest : .unsupportedGrantType
            return .refused(Refusal(code: code, description: "grant_type must be \"client_credentials\""))
        }
        let basic = authorization.flatMap(BasicCredentials.init)
        let token: Token?
        do {
            token = try await client(form, basic, at: now)
        } catch let error as KeysUnavailable {
            return .refused(Refusal(code: .temporarilyUnavailable, description: "\(error); try again"))
        }
        guard let token, let secret = authenticator.accessToken(for: token, at: now) else {
            let reason = "no such client, or its secret or assertion is wrong, expired or revoked"
            return .refused(Refusal(code: .invalidClient, description: reason, isBasic: basic != nil))
        }
        let scope = token.access == .read ? "scim.read" : "scim"
        // A client that may only look is not told that it may change.
        let asked = (form["scope"] ?? scope).split(separator: " ")
        guard asked.allSatisfy({ ["scim", "scim.read", "openid"].contains($0) || $0.hasSuffix("/.default") }) else {
            return .refused(Refusal(code: .invalidScope, description: "the scopes are \"scim\" and \"scim.read\""))
        }
        return .granted(
            Grant(
                client: token.name,
                accessToken: secret.revealed,
                expiresIn: AccessTokens.lifetime,
                scope: scope
            )
        )
    }

    private func client(_ form: TokenForm, _ basic: BasicCredentials?, at now: Timestamp) async throws -> Token? {
        if let basic { return try authenticator.client(basic.name, secret: basic.secret, at: now) }
        if let assertion = form["client_assertion"] {
            guard form["client_assertion_type"] == Self.assertionType else { return nil }
            return try await authenticator.client(form["client_id"], assertion: assertion, at: now)
        }
        guard let name = form["client_id"], let secret = form["client_secret"] else { return nil }
        return try authenticator.client(name, secret: Secret(secret), at: now)
    }

    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
}
