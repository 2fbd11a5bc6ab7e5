internal import SCIM
package import YAML

/// Where a record's file states what no other record may have.
package struct RecordPlaces: Hashable, Sendable {
    /// Where the id stands.
    package var id: Place
    /// Where the userName or displayName stands.
    package var name: Place
}

/// What every record's file must say, and the entries that are left to read.
struct RecordHead {
    var id: String
    var created: String?
    var attributes: Object
    var places: RecordPlaces
    var rest: [Entry]

    /// Reads `id`, the name and `created`; an error is noted where one of the first two is missing or empty.
    init?(_ root: Node, what: String, nameKey: String, _ reader: inout DocumentReader) {
        guard case .mapping(let entries) = root.content else {
            reader.error("expected \(what), that is keys such as \"id\" and \"\(nameKey)\"", at: root.place)
            return nil
        }
        let id = Self.required("id", in: entries, of: root, what: what, &reader)
        let name = Self.required(nameKey, in: entries, of: root, what: what, &reader)
        created = entries.first { $0.key == "created" }
            .flatMap { reader.timestamp($0.value, what: "\"created\"")?.value }
        guard let id, let name else { return nil }
        self.id = id.value
        attributes = [nameKey: .string(name.value)]
        places = RecordPlaces(id: id.place, name: name.place)
        rest = entries.filter { !["id", nameKey, "created"].contains($0.key) }
    }

    private static func required(
        _ key: String,
        in entries: [Entry],
        of root: Node,
        what: String,
        _ reader: inout DocumentReader
    ) -> Located<String>? {
        guard let entry = entries.first(where: { $0.key == key }) else {
            reader.error("\(what) without \"\(key)\"", at: root.place)
            return nil
        }
        guard let text = reader.text(entry.value, what: "\"\(key)\"") else { return nil }
        guard !text.value.isEmpty else {
            reader.error("\"\(key)\" is empty", at: text.place)
            return nil
        }
        return text
    }
}
