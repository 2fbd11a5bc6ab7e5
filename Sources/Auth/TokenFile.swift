package import Roster
internal import Tree
internal import YAML

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
    package func create(_ name: String, at now: Timestamp, expires: Timestamp?) throws -> Secret {
        guard Token.isName(name) else { throw TokenError.badName(name) }
        let lock = try lock(at: now)
        defer { withExtendedLifetime(lock) {} }
        var tokens = try tokens()
        guard !tokens.contains(where: { $0.name == name }) else { throw TokenError.nameTaken(name) }
        let secret = Secret.random()
        tokens.append(Token(name: name, digest: secret.digest, created: now.wholeSeconds, expires: expires))
        try write(tokens)
        return secret
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
        let list = tokens.sorted { $0.name < $1.name }.map { token in
            var fields = [
                Field("name", .text(token.name)),
                Field("sha256", .text(token.digest.hexadecimal)),
                Field("created", .timestamp(token.created.description)),
            ]
            if let expires = token.expires { fields.append(Field("expires", .timestamp(expires.description))) }
            return Value.map(fields)
        }
        let comment = "Tokens of provisioning clients, as hashes. Written by dagroster token."
        let bytes = Writer.bytes(of: .map([Field("tokens", .list(list))]), comment: comment)
        // A tree of an earlier version, or one that was unpacked, may have it open.
        try DurableFile.makePrivate(folder: folder)
        try DurableFile.apply([DurableFile.Change(path: path, bytes: bytes, isPrivate: true)])
    }

    private static func parse(_ bytes: [UInt8], file: String) throws -> [Token] {
        var reader = DocumentReader(file: file)
        let tokens = reader.root(bytes)
            .flatMap { reader.fields(of: $0, what: "the tokens", known: ["tokens"]) }
            .flatMap { $0["tokens"] }
            .flatMap { reader.list($0.value, what: "\"tokens\"") }?
            .compactMap { token($0, &reader) }
        if let error = reader.diagnostics.first(where: { $0.severity == .error }) {
            throw TokenError.unreadable(error.description)
        }
        return (tokens ?? []).sorted { $0.name < $1.name }
    }

    private static func token(_ node: Node, _ reader: inout DocumentReader) -> Token? {
        guard
            let fields = reader.fields(of: node, what: "a token", known: ["name", "sha256", "created", "expires"])
        else { return nil }
        let name = fields["name"].flatMap { reader.text($0.value, what: "\"name\"")?.value }
        let digest = fields["sha256"].flatMap { reader.scalar($0.value, what: "\"sha256\"")?.value }
            .flatMap(TokenDigest.init(hexadecimal:))
        let created = fields["created"].flatMap { instant($0, &reader) }
        guard let name, let digest, let created else {
            reader.error("a token needs \"name\", \"sha256\" and \"created\"", at: node.place)
            return nil
        }
        let expires = fields["expires"].flatMap { instant($0, &reader) }
        return Token(name: name, digest: digest, created: created, expires: expires)
    }

    private static func instant(_ entry: Entry, _ reader: inout DocumentReader) -> Timestamp? {
        guard let text = reader.timestamp(entry.value, what: "\"\(entry.key)\"") else { return nil }
        guard let timestamp = Timestamp(text.value) else {
            reader.error("\"\(text.value)\" is not an instant in UTC", at: text.place)
            return nil
        }
        return timestamp
    }
}
