internal import Crypto
internal import Foundation
package import Roster
internal import Tree

/// Makes and checks the access tokens that clients get for their secret (RFC 6749 section 4.4.3).
///
/// An access token is the client's name, an end, and a keyed hash (HMAC-SHA256) of both and of the credential that it
/// was given for: nothing is kept for it, a restart does not void it, and revoking or replacing the credential does, at
/// once. The key is made at first use and lies in `.dagroster/oauth.key`, the owner's alone.
package struct AccessTokens: Sendable {
    /// How long one lasts, in seconds: Entra asks for 60 to 360 minutes.
    package static let lifetime = 3600

    private static let prefix = "dgo_"
    private let key: SymmetricKey

    /// Reads the key of a tree, or makes it.
    package init(tree: String) throws {
        let folder = "\(tree)/\(TreeLocation.stateFolder)"
        let path = "\(folder)/oauth.key"
        do {
            let text = String(decoding: try DurableFile.read(path), as: UTF8.self)
            guard let bytes = Base64URL.bytes(text.trimmingCharacters(in: .newlines)), bytes.count == 32 else {
                throw TokenError.unreadable("\(path) is not a key of 32 bytes; remove it, and clients get new tokens")
            }
            key = SymmetricKey(data: bytes)
        } catch let error as FileError where error.isMissing {
            key = SymmetricKey(size: .bits256)
            let text = key.withUnsafeBytes { Base64URL.text($0) } + "\n"
            try DurableFile.makePrivate(folder: folder)
            try DurableFile.apply([DurableFile.Change(path: path, bytes: Array(text.utf8), isPrivate: true)])
        }
    }

    /// With a key of one's own, for tests.
    package init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// A token for a client.
    package func issue(to token: Token, at now: Timestamp) -> Secret {
        let end = now.milliseconds / 1000 + Self.lifetime
        let mac = Base64URL.text(code(for: token, endingAt: end))
        return Secret("\(Self.prefix)\(Base64URL.text(token.name.utf8)).\(end).\(mac)")
    }

    /// The credential that an access token was given for, if it is still the same and the token has not ended; nil for
    /// any other text.
    func token(for text: String, among tokens: [Token], at now: Timestamp) -> Token? {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let name = Base64URL.bytes(parts[0]), let end = Int(parts[1]),
            let given = Base64URL.bytes(parts[2]),
            let token = tokens.first(where: { $0.name.utf8.elementsEqual(name) }),
            HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: message(token, end), using: key)
        else { return nil }
        return end > now.milliseconds / 1000 ? token : nil
    }

    /// Whether a text has the form of an access token.
    static func isAccessToken(_ text: String) -> Bool { text.hasPrefix(prefix) }

    private func code(for token: Token, endingAt end: Int) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: message(token, end), using: key)
    }

    private func message(_ token: Token, _ end: Int) -> [UInt8] {
        Array("dagroster access token\n\(token.name)\n\(end)\n\(token.proof.fingerprint)".utf8)
    }
}

extension Token.Proof {
    /// What changes whenever the credential is another one, though it has the same name.
    fileprivate var fingerprint: String {
        switch self {
        case .bearer(let digest): "bearer \(digest.hexadecimal)"
        case .clientSecret(let digest): "secret \(digest.hexadecimal)"
        case .entra(let identity):
            "entra \(identity.authority) \(identity.tenant) \(identity.subject) \(identity.audience)"
        }
    }
}
