internal import Crypto
internal import Foundation
internal import JWTKit
package import Roster

/// Judges tokens that Entra has signed.
///
/// A tenant's keys are kept by their `kid`, for a day at most; a `kid` that is not there has them fetched once more, but
/// not more often than every half minute, so that a flood of made-up tokens is no flood at Microsoft. Only RSA with
/// SHA-256 is taken (`RS256`, which is what Entra signs with): no `none`, and no HS256, where the public key would be the
/// secret (RFC 8725 section 3.1).
package actor EntraVerifier {
    /// How long keys are good, and how long after a fetch none is made again, in milliseconds.
    private static let lifetime = 86_400_000
    private static let pause = 30_000
    /// The longest token that is looked at, in bytes.
    private static let longestToken = 16_384

    private struct Keys {
        var byID: [String: JWK]
        var fetched: Timestamp
    }

    private let source: any KeySource
    private var keys: [String: Keys] = [:]
    private var fetches: [String: Task<Keys, any Error>] = [:]

    package init(source: any KeySource) { self.source = source }

    /// Decides whether a token is a principal's.
    ///
    /// - Returns: what speaks against it; nil: it is the principal's.
    /// - Throws: ``KeysUnavailable``, when the keys cannot be had.
    package func objection(to token: String, as identity: EntraIdentity, at now: Timestamp) async throws -> String? {
        guard token.utf8.count <= Self.longestToken, let head = Self.head(of: token) else {
            return "it is no signed token"
        }
        guard head.alg == "RS256" else { return "it is signed with \"\(head.alg.prefix(16))\", which is not taken" }
        guard let id = head.kid else { return "it names no key" }
        guard let key = try await key(id, of: identity, at: now) else { return "it is signed with an unknown key" }
        let collection = JWTKeyCollection()
        let payload: EntraToken
        do {
            try await collection.add(jwk: key)
            payload = try await collection.verify(token, as: EntraToken.self)
        } catch {
            return "its signature or its form is wrong"
        }
        return payload.objection(as: identity, at: Double(now.milliseconds) / 1000)
    }

    /// Whether a text has the form of a signed token at all: three parts and a head that says how it was signed.
    package static func isSignedToken(_ text: String) -> Bool { head(of: text) != nil }

    private static func head(of token: String) -> SignedTokenHead? {
        let parts = token.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let first = parts.first, let bytes = Base64URL.bytes(first) else { return nil }
        return try? JSONDecoder().decode(SignedTokenHead.self, from: Data(bytes))
    }
}

extension EntraVerifier {
    private func key(_ id: String, of identity: EntraIdentity, at now: Timestamp) async throws -> JWK? {
        let url = identity.keysURL
        if let known = keys[url] {
            let age = now.milliseconds - known.fetched.milliseconds
            // A clock that was set back makes old keys young; then they are fetched, too.
            let isFresh = (0..<Self.lifetime).contains(age)
            if isFresh, let key = known.byID[id] { return key }
            if isFresh, age < Self.pause { return nil }
        }
        return try await fetched(url, at: now).byID[id]
    }

    /// One fetch at a time for all who wait.
    private func fetched(_ url: String, at now: Timestamp) async throws -> Keys {
        if let running = fetches[url] { return try await running.value }
        let source = source
        // Owned here until it ends, and bounded by the source's own time limit.
        let task = Task {
            Keys(byID: try Self.signingKeys(in: try await source.keys(at: url), from: url), fetched: now)
        }
        fetches[url] = task
        defer { fetches[url] = nil }
        let found = try await task.value
        keys[url] = found
        return found
    }

    private static func signingKeys(in bytes: [UInt8], from url: String) throws -> [String: JWK] {
        let set: JWKS
        do {
            set = try JSONDecoder().decode(JWKS.self, from: Data(bytes))
        } catch {
            throw KeysUnavailable("\(url) holds no set of keys")
        }
        // Entra leaves the algorithm out; the key type and our own list decide (RFC 7517 section 4.4).
        return Dictionary(
            set.keys.filter { $0.keyType == .rsa }.compactMap { key in
                key.keyIdentifier.map { id in
                    var key = key
                    key.algorithm = .rs256
                    return (id.string, key)
                }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
