import Auth
import CryptoExtras
import Foundation
import JWTKit
import Synchronization

/// A login service that signs as Entra does, and counts how often its keys are fetched.
final class EntraLogin: KeySource {
    static let tenant = "5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f"
    static let subject = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
    static let identity = EntraIdentity(tenant: tenant, audience: "api://dagroster", subject: subject)

    /// The names of the keys that are published.
    let published: Mutex<[String]>
    let fetches = Mutex(0)
    let isDown = Mutex(false)
    private let key: JWTKit.Insecure.RSA.PrivateKey

    init(publishing names: [String] = ["k1"]) throws {
        published = Mutex(names)
        key = try JWTKit.Insecure.RSA.PrivateKey(pem: _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation)
    }

    func keys(at url: String) async throws -> [UInt8] {
        fetches.withLock { $0 += 1 }
        if isDown.withLock({ $0 }) { throw KeysUnavailable("down") }
        guard url == EntraLogin.identity?.keysURL else { throw KeysUnavailable("nothing at \(url)") }
        let numbers = try key.publicKey.getKeyPrimitives()
        let keys: [[String: String]] = published.withLock { $0 }.map { name in
            [
                "kty": "RSA", "use": "sig", "kid": name, "n": Self.text(numbers.modulus),
                "e": Self.text(numbers.publicExponent),
            ]
        }
        return try Array(JSONEncoder().encode(["keys": keys]))
    }

    /// A signed token; what is not given is as it should be.
    func token(
        kid: String = "k1",
        iss: String = "https://login.microsoftonline.com/\(tenant)/v2.0",
        aud: String = "api://dagroster",
        sub: String = subject,
        tid: String? = tenant,
        issued: Double,
        lasting seconds: Double = 3600
    ) async throws -> String {
        let keys = JWTKeyCollection()
        await keys.add(rsa: key, digestAlgorithm: .sha256, kid: JWKIdentifier(string: kid))
        let claims = Claims(iss: iss, aud: aud, sub: sub, tid: tid, exp: issued + seconds, nbf: issued)
        return try await keys.sign(claims, kid: JWKIdentifier(string: kid))
    }

    /// The same claims, signed with the public key as a secret: the classic confusion of algorithms.
    func confused(issued: Double) async throws -> String {
        let keys = JWTKeyCollection()
        let secret = HMACKey(from: Array(key.publicKey.pemRepresentation.utf8))
        await keys.add(hmac: secret, digestAlgorithm: .sha256, kid: "k1")
        let claims = Claims(
            iss: "https://login.microsoftonline.com/\(Self.tenant)/v2.0",
            aud: "api://dagroster",
            sub: Self.subject,
            tid: Self.tenant,
            exp: issued + 3600,
            nbf: issued
        )
        return try await keys.sign(claims, kid: "k1")
    }

    private static func text(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private struct Claims: JWTPayload {
        var iss: String
        var aud: String
        var sub: String
        var tid: String?
        var exp: Double
        var nbf: Double

        func verify(using algorithm: some JWTAlgorithm) throws {}
    }
}
