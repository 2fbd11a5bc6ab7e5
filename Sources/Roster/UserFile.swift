internal import SCIM
package import YAML

/// A user's file: the record as YAML, and back.
package enum UserFile {
    /// The canonical bytes of a user's file.
    package static func bytes(of user: User) -> [UInt8] {
        let fields = RecordFile.fields(id: user.id, attributes: user.attributes, created: user.created, lists: [])
        return Writer.bytes(of: fields, comment: RecordFile.comment)
    }

    /// Reads a user's file.
    ///
    /// Only `id` and `userName` must be there; what cannot be read as a user is an error that
    /// names its place, and then there is no user.
    package static func read(_ bytes: [UInt8], file: String) -> (user: User?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file: file)
        let user = reader.root(bytes).flatMap { record(in: $0, &reader) }
        let isSound = !reader.diagnostics.contains { $0.severity == .error }
        return (isSound ? user : nil, reader.diagnostics)
    }

    private static func record(in root: Node, _ reader: inout DocumentReader) -> User? {
        guard var record = RecordHead(root, what: "a user", nameKey: "userName", &reader) else { return nil }
        for entry in record.rest {
            guard let attribute = AttributeReader(type: .user).attribute(entry, &reader) else { continue }
            record.attributes[attribute.name] = attribute.value
        }
        return User(id: record.id, created: record.created, attributes: record.attributes)
    }
}
