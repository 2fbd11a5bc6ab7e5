package import Roster
internal import Synchronization
internal import Tree

/// Decides who is calling by the bearer token of a request.
///
/// The tokens' file is read again whenever it has changed, so that a token that is made or revoked counts at the
/// next request. While the file cannot be read nobody is let in.
package final class TokenAuthenticator: Sendable {
    // A class, because the tokens that were last read are shared by all requests.
    private struct Known {
        var state: FileState?
        var tokens: [Token]
    }

    private let file: TokenFile
    private let known = Mutex(Known(state: nil, tokens: []))

    package init(_ file: TokenFile) { self.file = file }

    /// The caller behind an `Authorization` header; nil for a missing, unknown, expired or revoked token.
    package func caller(authorization: String?, at now: Timestamp) throws -> Caller? {
        guard let digest = authorization.flatMap(Self.bearer)?.digest else { return nil }
        // Every token is compared, so that the time says nothing of how many there are before the right one.
        let matching = try tokens().filter { $0.digest == digest }
        return matching.first { $0.isValid(at: now) }.map { Caller(source: $0.name) }
    }

    private func tokens() throws -> [Token] {
        let state = FileState(path: file.path)
        if let tokens = known.withLock({ $0.state == state ? $0.tokens : nil }) { return tokens }
        let tokens = try file.tokens()
        known.withLock { $0 = Known(state: state, tokens: tokens) }
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
