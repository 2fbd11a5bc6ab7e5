package import Roster
internal import Synchronization
internal import Tree

/// Decides who is calling by the bearer token of a request.
///
/// The tokens' file is read again whenever it has changed, so that a token that is made or revoked counts at the
/// next request. While the file cannot be read, or was there and is gone, nobody is let in, and nobody is told that a
/// token is unknown: a client might give up for good what works again once the volume is mounted.
package final class TokenAuthenticator: Sendable {
    // A class, because the tokens that were last read are shared by all requests.
    private struct Known {
        var state: FileState?
        var tokens: [Token] = []
        /// Whether there ever was a file.
        var wasThere: Bool
    }

    private let file: TokenFile
    private let accessTokens: AccessTokens?
    private let entra: EntraVerifier?
    private let uses: TokenUses?
    private let known: Mutex<Known>

    /// - Parameters:
    ///   - file: the tokens.
    ///   - accessTokens: checks what clients got for their secrets; nil: none is accepted.
    ///   - entra: checks what Entra has signed; nil: none is accepted.
    ///   - uses: gets word of each use.
    package init(
        _ file: TokenFile,
        accessTokens: AccessTokens? = nil,
        entra: EntraVerifier? = nil,
        uses: TokenUses? = nil
    ) {
        self.file = file
        self.accessTokens = accessTokens
        self.entra = entra
        self.uses = uses
        known = Mutex(Known(wasThere: FileState(path: file.path) != nil))
    }

    /// The caller behind an `Authorization` header; nil for a missing, unknown, expired or revoked token, and for one
    /// that only ``signedCaller(authorization:at:)`` can judge.
    package func caller(authorization: String?, at now: Timestamp) throws -> Caller? {
        guard let secret = authorization.flatMap(Self.bearer) else { return nil }
        return used(try token(for: secret, at: now), at: now)
    }

    /// Whether a header holds a token that was signed elsewhere, whose judgement may need keys from there.
    package static func isSigned(authorization: String?) -> Bool {
        guard let secret = authorization.flatMap(bearer), !AccessTokens.isAccessToken(secret.revealed) else {
            return false
        }
        return EntraVerifier.isSignedToken(secret.revealed)
    }

    /// The caller behind a header whose token Entra has signed for a principal that is trusted; nil for any other.
    ///
    /// - Throws: ``KeysUnavailable``, when nobody can say for want of Entra's keys.
    package func signedCaller(authorization: String?, at now: Timestamp) async throws -> Caller? {
        guard let secret = authorization.flatMap(Self.bearer) else { return nil }
        return used(try await token(signed: secret.revealed, named: nil, at: now), at: now)
    }

    private func token(for secret: Secret, at now: Timestamp) throws -> Token? {
        let tokens = try tokens()
        if AccessTokens.isAccessToken(secret.revealed) {
            return accessTokens?.token(for: secret.revealed, among: tokens.filter { $0.isValid(at: now) }, at: now)
        }
        // Every token is compared, so that the time says nothing of how many there are before the right one.
        let digest = secret.digest
        let matching = tokens.filter { token in
            guard case .bearer(let kept) = token.proof else { return false }
            return kept == digest
        }
        return matching.first { $0.isValid(at: now) }
    }

    private func used(_ token: Token?, at now: Timestamp) -> Caller? {
        guard let token else { return nil }
        uses?.note(token.name, at: now)
        return Caller(token)
    }

    /// Why nobody can be let in, whoever asks; nil while the tokens can be read.
    package var problem: String? {
        do {
            _ = try tokens()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Throws ``TokenError`` alone.
    private func tokens() throws -> [Token] {
        let state = FileState(path: file.path)
        let (cached, wasThere) = known.withLock { ($0.state == state ? $0.tokens : nil, $0.wasThere) }
        if state == nil, wasThere { throw TokenError.gone(file.path) }
        if let cached { return cached }
        let tokens: [Token]
        do {
            tokens = try file.tokens()
        } catch let error as TokenError {
            throw error
        } catch {
            throw TokenError.unreadable("\(error)")
        }
        let after = FileState(path: file.path)
        if state != nil, after == nil { throw TokenError.gone(file.path) }
        // Else it is not known which of the two was read.
        if state == after { known.withLock { $0 = Known(state: state, tokens: tokens, wasThere: state != nil) } }
        return tokens
    }

    /// The token in `Bearer …`; the scheme's letter case does not count (RFC 9110 section 11.1).
    private static func bearer(_ header: String) -> Secret? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : Secret(String(token))
    }
}

// For the token endpoint, where credentials are exchanged for access tokens.
extension TokenAuthenticator {
    /// The client of a name, if this is its secret; nil for any other.
    func client(_ name: String, secret: Secret, at now: Timestamp) throws -> Token? {
        let digest = secret.digest
        let matching = try tokens().filter { token in
            guard case .clientSecret(let kept) = token.proof else { return false }
            return kept == digest && token.name == name
        }
        let token = matching.first { $0.isValid(at: now) }
        return used(token, at: now) == nil ? nil : token
    }

    /// The client for which Entra has signed an assertion (RFC 7523 section 2.2); nil for any other.
    func client(_ name: String?, assertion: String, at now: Timestamp) async throws -> Token? {
        let token = try await token(signed: assertion, named: name, at: now)
        return used(token, at: now) == nil ? nil : token
    }

    /// An access token for a client; nil where none are made.
    func accessToken(for token: Token, at now: Timestamp) -> Secret? { accessTokens?.issue(to: token, at: now) }

    private func token(signed text: String, named name: String?, at now: Timestamp) async throws -> Token? {
        guard let entra else { return nil }
        let tokens = try tokens().filter { $0.isValid(at: now) }
        // What Entra sends as a client's id is the application's, which is no name of ours.
        let isOurs = tokens.contains { $0.name == name }
        for token in tokens where !isOurs || token.name == name {
            guard case .entra(let identity) = token.proof else { continue }
            if try await entra.objection(to: text, as: identity, at: now) == nil { return token }
        }
        return nil
    }
}
