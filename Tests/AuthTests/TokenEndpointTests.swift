import Auth
import Foundation
import Roster
import Synchronization
import Testing

struct TokenEndpointTests {
    let now = TemporaryTokens.now

    private func form(_ fields: [(String, String)]) -> [UInt8] {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let pairs = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }
        return Array(pairs.joined(separator: "&").utf8)
    }

    private func granted(_ outcome: TokenEndpoint.Outcome) throws -> TokenEndpoint.Grant {
        guard case .granted(let grant) = outcome else {
            Issue.record("\(outcome)")
            throw TokenError.unreadable("not granted")
        }
        return grant
    }

    @Test func `a secret becomes an access token for an hour, by form and by Basic, and revoking it ends both`()
        async throws
    {
        try await TemporaryTokens.with { tokens in
            let secret = try tokens.file.create("okta", at: now, expires: nil, isClientSecret: true)
            let authenticator = TokenAuthenticator(tokens.file, accessTokens: try AccessTokens(tree: tokens.tree))
            let endpoint = TokenEndpoint(authenticator)
            let fields = [
                ("grant_type", "client_credentials"), ("client_id", "okta"), ("client_secret", secret.revealed),
                ("scope", "scim"),
            ]
            let grant = try granted(await endpoint.answer(form: form(fields), authorization: nil, at: now))
            #expect(grant.client == "okta" && grant.expiresIn == 3600 && grant.scope == "scim")
            let basic = "Basic " + Data("okta:\(secret.revealed)".utf8).base64EncodedString()
            let second = try granted(
                await endpoint.answer(form: form([fields[0]]), authorization: basic, at: now)
            )
            let bearer = "Bearer \(grant.accessToken)"
            let caller = Caller(source: "okta")
            #expect(try authenticator.caller(authorization: bearer, at: now) == caller)
            #expect(try authenticator.caller(authorization: bearer, at: TemporaryTokens.later(3599)) == caller)
            #expect(try authenticator.caller(authorization: bearer, at: TemporaryTokens.later(3600)) == nil)
            // The secret itself opens nothing but the token endpoint.
            #expect(try authenticator.caller(authorization: "Bearer \(secret.revealed)", at: now) == nil)
            // Another process with the same tree knows it, too.
            let restarted = TokenAuthenticator(tokens.file, accessTokens: try AccessTokens(tree: tokens.tree))
            #expect(try restarted.caller(authorization: "Bearer \(second.accessToken)", at: now) == caller)
            // One of another tree does not.
            let stranger = TokenAuthenticator(tokens.file, accessTokens: AccessTokens(key: Array(0..<32)))
            #expect(try stranger.caller(authorization: bearer, at: now) == nil)
            try tokens.file.revoke("okta", at: now)
            #expect(try authenticator.caller(authorization: bearer, at: now) == nil)
            _ = try tokens.file.create("okta", at: now, expires: nil, isClientSecret: true)
            #expect(try authenticator.caller(authorization: bearer, at: now) == nil)
        }
    }

    @Test func `no part of an access token can be changed`() async throws {
        try await TemporaryTokens.with { tokens in
            let secret = try tokens.file.create("okta", at: now, expires: nil, isClientSecret: true)
            _ = try tokens.file.create("entra", at: now, expires: nil, isClientSecret: true)
            let authenticator = TokenAuthenticator(tokens.file, accessTokens: try AccessTokens(tree: tokens.tree))
            let fields = [
                ("grant_type", "client_credentials"), ("client_id", "okta"), ("client_secret", secret.revealed),
            ]
            let answer = try await TokenEndpoint(authenticator).answer(form: form(fields), authorization: nil, at: now)
            let text = try granted(answer).accessToken
            #expect(try authenticator.caller(authorization: "Bearer \(text)", at: now) != nil)
            for index in text.indices {
                var changed = text
                changed.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
                let caller = try authenticator.caller(authorization: "Bearer \(changed)", at: now)
                #expect(caller == nil, "\(changed)")
            }
            let other = text.replacingOccurrences(of: "b2t0YQ", with: "ZW50cmE")
            #expect(other != text)
            #expect(try authenticator.caller(authorization: "Bearer \(other)", at: now) == nil)
        }
    }

    @Test(arguments: [
        ("", "invalid_request"), ("grant_type=password", "unsupported_grant_type"),
        ("grant_type=client_credentials", "invalid_client"),
        ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("grant_type=client_credentials&client_id=okta&client_secret=wrong", "invalid_client"),
        ("grant_type=client_credentials&client_id=okta&client_secret=", "invalid_client"),
        ("grant_type=client_credentials&client_id=%ZZ&client_secret=x", "invalid_request"),
        ("grant_type=client_credentials&client_id=bearer&client_secret=SECRET-OF-BEARER", "invalid_client"),
        ("grant_type=client_credentials&client_id=okta&client_secret=SECRET&scope=admin", "invalid_scope"),
        ("grant_type=client_credentials&client_id=past&client_secret=SECRET-OF-PAST", "invalid_client"),
        ("grant_type=client_credentials&client_assertion=x.y.z", "invalid_client"),
    ])
    func `a form that proves nothing gets nothing`(text: String, code: String) async throws {
        try await TemporaryTokens.with { tokens in
            let file = tokens.file
            let secret = try file.create("okta", at: now, expires: nil, isClientSecret: true)
            let bearer = try file.create("bearer", at: now, expires: nil)
            let past = try file.create("past", at: now, expires: now, isClientSecret: true)
            let form = text.replacingOccurrences(of: "SECRET-OF-BEARER", with: bearer.revealed)
                .replacingOccurrences(of: "SECRET-OF-PAST", with: past.revealed)
                .replacingOccurrences(of: "SECRET", with: secret.revealed)
            let authenticator = TokenAuthenticator(file, accessTokens: try AccessTokens(tree: tokens.tree))
            let outcome = try await TokenEndpoint(authenticator)
                .answer(form: Array(form.utf8), authorization: nil, at: now)
            guard case .refused(let refusal) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(refusal.code.rawValue == code)
            #expect(refusal.status == (code == "invalid_client" ? 401 : 400))
            for secret in [secret, bearer, past] { #expect(!refusal.description.contains(secret.revealed)) }
        }
    }

    @Test func `Entra's assertion becomes an access token, whatever client id it sends`() async throws {
        try await TemporaryTokens.with { tokens in
            let login = try EntraLogin()
            let identity = try #require(EntraLogin.identity)
            try tokens.file.trust(identity, as: "entra-prod", at: now, expires: nil, access: .read)
            let authenticator = TokenAuthenticator(
                tokens.file,
                accessTokens: try AccessTokens(tree: tokens.tree),
                entra: EntraVerifier(source: login)
            )
            let assertion = try await login.token(issued: Double(now.milliseconds) / 1000)
            var fields = [
                ("grant_type", "client_credentials"), ("client_id", "8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f"),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", assertion),
            ]
            let endpoint = TokenEndpoint(authenticator)
            let grant = try granted(await endpoint.answer(form: form(fields), authorization: nil, at: now))
            #expect(grant.scope == "scim.read")
            let bearer = "Bearer \(grant.accessToken)"
            #expect(
                try authenticator.caller(authorization: bearer, at: now)
                    == Caller(source: "entra-prod", access: .read)
            )
            // The same token as it is, for tenants that send it with each request.
            #expect(TokenAuthenticator.isSigned(authorization: "Bearer \(assertion)"))
            #expect(!TokenAuthenticator.isSigned(authorization: bearer))
            let caller = try await authenticator.signedCaller(authorization: "Bearer \(assertion)", at: now)
            #expect(caller == Caller(source: "entra-prod", access: .read))
            #expect(try authenticator.caller(authorization: "Bearer \(assertion)", at: now) == nil)
            login.isDown.withLock { $0 = true }
            fields[3].1 = try await login.token(kid: "k2", issued: Double(now.milliseconds) / 1000)
            let later = TemporaryTokens.later(60)
            let outcome = try await endpoint.answer(form: form(fields), authorization: nil, at: later)
            guard case .refused(let refusal) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(refusal.code == .temporarilyUnavailable && refusal.status == 503)
        }
    }
}
