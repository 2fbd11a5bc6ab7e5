package import Roster
internal import Tree

/// The tokens of a tree: `.dagroster/tokens.yaml`, which holds names, hashes and dates, never a token.
package struct TokenFile: Sendable {
    /// The file, absolute.
    package let path: String

    /// How long to wait for another process that makes or revokes a token, in seconds.
    static let patience = 10

    private let folder: String

    package init(tree: String) {
        folder = "\(tree)/\(TreeLocation.stateFolder)"
        path = "\(folder)/tokens.yaml"
    }

    /// All tokens in the order of their names; a file that is not there holds none.
    package func tokens() throws -> [Token] {
        let bytes: [UInt8]
        do {
            bytes = try DurableFile.read(path)
        } catch  where error.isMissing {
            return []
        }
        return try Self.parse(bytes, file: path)
    }

    /// Makes a token and keeps its hash; the returned secret is shown nowhere else.
    ///
    /// - Parameters:
    ///   - name: names the client.
    ///   - now: when it is made.
    ///   - expires: from when on it is refused; nil: never.
    ///   - access: what it may be used for.
    ///   - isClientSecret: whether it is only exchanged for access tokens, and not sent with requests.
    /// - Returns: the token itself, or the client's secret.
    /// - Throws: ``TokenError``, and what the disk says.
    package func create(
        _ name: String,
        at now: Timestamp,
        expires: Timestamp?,
        access: Token.Access = .write,
        isClientSecret: Bool = false
    ) throws -> Secret {
        let secret = Secret.random()
        let proof: Token.Proof = isClientSecret ? .clientSecret(secret.digest) : .bearer(secret.digest)
        try add(Token(name: name, proof: proof, created: now.wholeSeconds, expires: expires, access: access), at: now)
        return secret
    }

    /// Lets a principal in for which Entra signs; there is no secret.
    package func trust(
        _ identity: EntraIdentity,
        as name: String,
        at now: Timestamp,
        expires: Timestamp?,
        access: Token.Access = .write
    ) throws {
        let token = Token(
            name: name,
            proof: .entra(identity),
            created: now.wholeSeconds,
            expires: expires,
            access: access
        )
        try add(token, at: now)
    }

    private func add(_ token: Token, at now: Timestamp) throws {
        guard Token.isName(token.name) else { throw TokenError.badName(token.name) }
        let lock = try lock(at: now)
        defer { withExtendedLifetime(lock) {} }
        var tokens = try tokens()
        guard !tokens.contains(where: { $0.name == token.name }) else { throw TokenError.nameTaken(token.name) }
        tokens.append(token)
        try write(tokens)
    }

    /// Takes a token away; from now on it is refused.
    package func revoke(_ name: String, at now: Timestamp) throws {
        let lock = try lock(at: now)
        defer { withExtendedLifetime(lock) {} }
        let tokens = try tokens()
        guard tokens.contains(where: { $0.name == name }) else {
            throw TokenError.unknownName(name, known: tokens.map(\.name))
        }
        try write(tokens.filter { $0.name != name })
    }

    /// One process at a time reads, changes and writes the file: else a token that one revokes would come back by what
    /// the other read before.
    private func lock(at now: Timestamp) throws -> FileLock {
        let holder = LockHolder.current(command: "dagroster token", since: now.wholeSeconds.description)
        switch try FileLock.lock("\(folder)/tokens.lock", as: holder, seconds: Self.patience) {
        case .acquired(let lock): return lock
        case .held(let other): throw TokenError.busy(other.map { "\($0)" } ?? "another process")
        }
    }

    private func write(_ tokens: [Token]) throws {
        // A tree of an earlier version, or one that was unpacked, may have it open.
        try DurableFile.makePrivate(folder: folder)
        try DurableFile.apply([DurableFile.Change(path: path, bytes: TokenFile.bytes(of: tokens), isPrivate: true)])
    }
}
