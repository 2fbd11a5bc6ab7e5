internal import Foundation
internal import JWTKit

/// What is read of a token that Entra has signed.
struct EntraToken: JWTPayload {
    var iss: String
    var aud: AudienceClaim
    var sub: String
    var tid: String?
    var exp: ExpirationClaim
    var nbf: NotBeforeClaim?

    /// The times are judged by ``claims(_:at:)``, with the clock that the caller passes in.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    /// How far Entra's clock and ours may be apart, in seconds.
    static let leeway = 300.0

    /// What speaks against the token as the credential of a principal at an instant; nil: nothing does.
    func objection(as identity: EntraIdentity, at seconds: Double) -> String? {
        if !identity.issuers.contains(iss) { return "it was issued by another tenant" }
        if tid.map({ $0.lowercased() != identity.tenant }) == true { return "it is another tenant's" }
        if !aud.value.contains(identity.audience) { return "it was made for another audience" }
        if sub.lowercased() != identity.subject { return "it is another principal's" }
        if exp.value.timeIntervalSince1970 + Self.leeway <= seconds { return "it has expired" }
        if let nbf, nbf.value.timeIntervalSince1970 - Self.leeway > seconds { return "it is not valid yet" }
        return nil
    }
}

/// The part of a signed token that says how it was signed; nothing of it is trusted.
struct SignedTokenHead: Decodable {
    var alg: String
    var kid: String?
}
