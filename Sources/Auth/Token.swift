package import Roster

/// A provisioning client's credential as it is kept: everything but the secret.
package struct Token: Equatable, Sendable {
    /// Names the client in logs and commits, such as `entra-prod`.
    package var name: String
    package var digest: TokenDigest
    package var created: Timestamp
    /// The instant from which on the token is refused; nil for one that does not expire.
    package var expires: Timestamp?

    package init(name: String, digest: TokenDigest, created: Timestamp, expires: Timestamp?) {
        self.name = name
        self.digest = digest
        self.created = created
        self.expires = expires
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

/// Who made a request, once their credential was accepted.
package struct Caller: Hashable, Sendable {
    /// The token's name: the source of every change that it makes.
    package var source: String

    package init(source: String) { self.source = source }
}
