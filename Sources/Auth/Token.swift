package import Roster

/// A provisioning client's credential as it is kept: everything but the secret.
package struct Token: Equatable, Sendable {
    /// How the client shows that it is the one.
    package enum Proof: Hashable, Sendable {
        /// It sends the token itself with each request (RFC 6750).
        case bearer(TokenDigest)
        /// It exchanges a client secret for access tokens that last an hour (RFC 6749 section 4.4).
        case clientSecret(TokenDigest)
        /// Entra signs for it.
        case entra(EntraIdentity)
    }

    /// Names the client in logs and commits, such as `entra-prod`; also its OAuth client id.
    package var name: String
    package var proof: Proof
    package var created: Timestamp
    /// The instant from which on the token is refused; nil for one that does not expire.
    package var expires: Timestamp?
    package var access: Access

    package init(name: String, proof: Proof, created: Timestamp, expires: Timestamp? = nil, access: Access = .write) {
        self.name = name
        self.proof = proof
        self.created = created
        self.expires = expires
        self.access = access
    }

    /// Whether the token is accepted at an instant.
    package func isValid(at now: Timestamp) -> Bool { expires.map { now < $0 } ?? true }

    /// A name that can stand in a commit, a log and a file: 1 to 64 letters, digits, ".", "_" and "-".
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension Token {
    /// What a caller may do.
    package enum Access: String, Hashable, Sendable, CaseIterable {
        /// Only look: every request that would change something is refused.
        case read
        /// Look and change.
        case write
    }
}

extension Token.Proof {
    /// The hash of the secret; nil where Entra signs.
    package var digest: TokenDigest? {
        switch self {
        case .bearer(let digest), .clientSecret(let digest): digest
        case .entra: nil
        }
    }
}

/// Who made a request, once their credential was accepted.
package struct Caller: Hashable, Sendable {
    /// The token's name: the source of every change that it makes.
    package var source: String
    package var access: Token.Access

    package init(source: String, access: Token.Access = .write) {
        self.source = source
        self.access = access
    }

    init(_ token: Token) { self.init(source: token.name, access: token.access) }
}
