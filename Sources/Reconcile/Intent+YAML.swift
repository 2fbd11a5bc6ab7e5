internal import Access
internal import YAML

extension Intent {
    /// The intent as a part of a record.
    var value: Value {
        var fields: [Field] = []
        fields.add("users", map(users) { key, user in user.value(key: key) })
        fields.add("teams", map(teams) { _, team in team.value })
        fields.add("roles", roles.isEmpty ? nil : CustomRoleFields.value(of: roles))
        fields.add("renames", renames.isEmpty ? nil : .list(renames.map(\.value)))
        fields.add("people", .integer(peopleLeft))
        fields.add("teamCount", .integer(teamsLeft))
        return .map(fields)
    }
}

extension PrincipalRename {
    fileprivate var value: Value {
        let kind = if case .user = from { "user" } else { "team" }
        return .map([Field(kind, .text(from.name)), Field("to", .text(to.name))])
    }
}

/// Reads the intent of a record.
enum IntentReader {
    static func read(_ node: Node, _ reader: inout DocumentReader) -> Intent? {
        let keys = ["users", "teams", "roles", "renames", "people", "teamCount"]
        guard let fields = reader.fields(of: node, what: "\"intent\"", known: keys) else { return nil }
        var intent = Intent()
        for entry in RecordReader.entries(fields["users"], &reader) {
            intent.users[entry.key] = RecordReader.user(entry, &reader)
        }
        for entry in RecordReader.entries(fields["teams"], &reader) {
            intent.teams[entry.key] = RecordReader.team(entry.value, &reader)
        }
        if let roles = fields["roles"] { intent.roles = CustomRoleFields.read(roles.value, &reader) }
        if let list = fields["renames"].flatMap({ reader.list($0.value, what: "\"renames\"") }) {
            intent.renames = list.compactMap { rename($0, &reader) }
        }
        intent.peopleLeft = fields["people"].flatMap { reader.integer($0.value, what: "\"people\"")?.value } ?? 0
        intent.teamsLeft = fields["teamCount"].flatMap { reader.integer($0.value, what: "\"teamCount\"")?.value } ?? 0
        return intent
    }

    private static func rename(_ node: Node, _ reader: inout DocumentReader) -> PrincipalRename? {
        guard let fields = reader.fields(of: node, what: "a rename", known: ["user", "team", "to"]),
            let new = RecordReader.text(fields["to"], &reader)
        else { return nil }
        if let old = RecordReader.text(fields["user"], &reader) {
            return PrincipalRename(from: .user(old), to: .user(new))
        }
        return RecordReader.text(fields["team"], &reader).map { PrincipalRename(from: .team($0), to: .team(new)) }
    }
}
