internal import SCIM
package import YAML

/// A user's file: the record as YAML, and back.
package enum UserFile {
    /// The canonical bytes of a user's file.
    package static func bytes(of user: User) -> [UInt8] {
        let fields = RecordFile.fields(id: user.id, attributes: user.attributes, created: user.created, lists: [])
        return Writer.bytes(of: fields, comment: RecordFile.comment)
    }

    /// A user with the places of what is theirs alone.
    package struct Contents: Hashable, Sendable {
        package var user: User
        package var places: RecordPlaces
        /// Made where the file is read, which several threads do.
        package var hashes: UserHashes

        init(_ user: User, _ places: RecordPlaces, _ hashes: UserHashes? = nil) {
            self.user = user
            self.places = places
            self.hashes = hashes ?? UserHashes(user)
        }
    }

    /// Reads a user's file.
    ///
    /// Only `id` and `userName` must be there; what cannot be read as a user is an error that
    /// names its place, and then there is no user.
    package static func read(_ bytes: [UInt8], file: String) -> (user: User?, diagnostics: [Diagnostic]) {
        let (contents, diagnostics) = bytes.withUnsafeBufferPointer { read($0, file: file) }
        return (contents?.user, diagnostics)
    }

    /// The same for bytes that are somebody else's.
    package static func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        file: String
    ) -> (contents: Contents?, diagnostics: [Diagnostic]) {
        if let contents = CanonicalUser.read(bytes) { return (contents, []) }
        if let record = CanonicalRecord.user(bytes) { return (Contents(record), []) }
        return readByNodes(bytes, file: file)
    }

    /// The same for a file in whatever form.
    static func readByNodes(
        _ bytes: UnsafeBufferPointer<UInt8>,
        file: String
    ) -> (contents: Contents?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file: file)
        let contents = RecordFile.root(of: bytes, &reader).flatMap { record(in: $0, &reader) }
        return (reader.hasErrors ? nil : contents, reader.diagnostics)
    }

    private static func record(in root: Node, _ reader: inout DocumentReader) -> Contents? {
        guard var record = RecordHead(root, what: "a user", nameKey: "userName", &reader) else { return nil }
        for entry in record.rest {
            guard let attribute = AttributeReader(type: .user).attribute(entry, &reader) else { continue }
            record.attributes[attribute.name] = attribute.value
        }
        let user = User(id: record.id, created: record.created, attributes: record.attributes)
        return Contents(user, record.places)
    }
}

extension UserFile.Contents {
    init(_ record: CanonicalRecord) {
        let (id, created, attributes) = (record.id, record.created, record.attributes)
        let isWhole = record.isOrdered && attributes.members.contains { $0.name == "active" }
        let user =
            isWhole
            ? User(id: id, created: created, canonical: attributes)
            : User(id: id, created: created, attributes: attributes)
        self.init(user, record.places)
    }
}
