internal import Roster
internal import Tree
internal import YAML

// The form of the file: a list of tokens by name.
extension TokenFile {
    static func bytes(of tokens: [Token]) -> [UInt8] {
        let list = tokens.sorted { $0.name < $1.name }.map { Value.map(fields(of: $0)) }
        let comment = "Tokens of provisioning clients, as hashes. Written by dagroster token."
        return Writer.bytes(of: .map([Field("tokens", .list(list))]), comment: comment)
    }

    private static func fields(of token: Token) -> [Field] {
        var fields = [Field("name", .text(token.name))]
        switch token.proof {
        case .bearer(let digest): fields.append(Field("sha256", .text(digest.hexadecimal)))
        case .clientSecret(let digest): fields.append(Field("clientSecretSHA256", .text(digest.hexadecimal)))
        case .entra(let identity):
            let entra = [
                Field("tenant", .text(identity.tenant)), Field("audience", .text(identity.audience)),
                Field("subject", .text(identity.subject)), Field("authority", .text(identity.authority)),
            ]
            fields.append(Field("entra", .map(entra)))
        }
        if token.access != .write { fields.append(Field("access", .text(token.access.rawValue))) }
        fields.append(Field("created", .timestamp(token.created.description)))
        if let expires = token.expires { fields.append(Field("expires", .timestamp(expires.description))) }
        return fields
    }

    static func parse(_ bytes: [UInt8], file: String) throws -> [Token] {
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
        let keys = ["name", "sha256", "clientSecretSHA256", "entra", "access", "created", "expires"]
        guard let fields = reader.fields(of: node, what: "a token", known: keys) else { return nil }
        let name = fields["name"].flatMap { reader.text($0.value, what: "\"name\"")?.value }
        let created = fields["created"].flatMap { instant($0, &reader) }
        let proofs = [
            digest(fields["sha256"], &reader).map(Token.Proof.bearer),
            digest(fields["clientSecretSHA256"], &reader).map(Token.Proof.clientSecret),
            fields["entra"].flatMap { identity($0, &reader) }.map(Token.Proof.entra),
        ].compactMap(\.self)
        guard let name, let created, let proof = proofs.first, proofs.count == 1 else {
            let expected = "\"name\", \"created\" and one of \"sha256\", \"clientSecretSHA256\" and \"entra\""
            reader.error("a token needs \(expected)", at: node.place)
            return nil
        }
        var access = Token.Access.write
        if let entry = fields["access"] {
            guard let known = reader.choice(entry.value, what: "\"access\"", Token.Access.self) else { return nil }
            access = known
        }
        let expires = fields["expires"].flatMap { instant($0, &reader) }
        return Token(name: name, proof: proof, created: created, expires: expires, access: access)
    }

    private static func digest(_ entry: Entry?, _ reader: inout DocumentReader) -> TokenDigest? {
        entry.flatMap { reader.scalar($0.value, what: "\"\($0.key)\"")?.value }
            .flatMap(TokenDigest.init(hexadecimal:))
    }

    private static func identity(_ entry: Entry, _ reader: inout DocumentReader) -> EntraIdentity? {
        let keys = ["tenant", "audience", "subject", "authority"]
        guard let fields = reader.fields(of: entry.value, what: "\"entra\"", known: keys) else { return nil }
        let values = keys.map { key in fields[key].flatMap { reader.text($0.value, what: "\"\(key)\"")?.value } ?? "" }
        let identity = EntraIdentity(
            tenant: values[0],
            audience: values[1],
            subject: values[2],
            authority: values[3]
        )
        if identity == nil {
            reader.error(
                "\"entra\" needs a tenant, an audience, a subject and a known authority",
                at: entry.value.place
            )
        }
        return identity
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
