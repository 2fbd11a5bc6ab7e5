internal import Roster
internal import YAML

/// Reads `access/roles.yaml`: the organisation's own roles.
enum RolesFile {
    private static let keys = ["scope", "description", "icon", "permissions"]

    /// The roles by name; nil when the file does not even tell the names.
    static func read(_ bytes: [UInt8], _ reader: inout DocumentReader) -> [String: CustomRole]? {
        guard let root = reader.root(bytes),
            let fields = reader.fields(of: root, what: "the roles file", known: ["roles"])
        else { return nil }
        guard let roles = fields["roles"] else {
            reader.error("the file has no \"roles\"", at: root.place)
            return nil
        }
        guard let entries = reader.entries(of: roles.value, what: "\"roles\"") else { return nil }
        var result: [String: CustomRole] = [:]
        var names: [NameKey: String] = [:]
        for entry in entries {
            if let first = names.updateValue(entry.key, forKey: NameKey(entry.key)) {
                let message = "role \"\(entry.key)\" and role \"\(first)\" differ only in letter case"
                reader.error(message, at: entry.keyPlace)
                continue
            }
            // A role that cannot be read still has a name, so that grants of it are not errors, too.
            result[entry.key] = role(entry, &reader)
        }
        return result
    }

    private static func role(_ entry: Entry, _ reader: inout DocumentReader) -> CustomRole {
        var role = CustomRole(name: entry.key, scope: .deployment, place: entry.keyPlace)
        if entry.key.isEmpty || Role.builtIn.contains(where: { NameKey($0.name) == NameKey(entry.key) }) {
            reader.error(
                entry.key.isEmpty ? "a role without a name" : "\"\(entry.key)\" is the name of a built-in role",
                at: entry.keyPlace
            )
        }
        guard let fields = reader.fields(of: entry.value, what: "a role", known: keys) else { return role }
        if let scope = required("scope", in: fields, of: entry, &reader) {
            role.scope = self.scope(scope.value, &reader) ?? .deployment
        }
        role.description = fields["description"].flatMap { reader.text($0.value, what: "\"description\"")?.value }
        role.icon = fields["icon"].flatMap { reader.text($0.value, what: "\"icon\"")?.value }
        if let permissions = required("permissions", in: fields, of: entry, &reader) {
            role.permissions = self.permissions(permissions.value, &reader)
        }
        return role
    }

    private static func required(
        _ key: String,
        in fields: Fields,
        of role: Entry,
        _ reader: inout DocumentReader
    ) -> Entry? {
        if fields[key] == nil { reader.error("role \"\(role.key)\" has no \"\(key)\"", at: role.keyPlace) }
        return fields[key]
    }

    private static func scope(_ node: Node, _ reader: inout DocumentReader) -> CustomRole.Scope? {
        guard let text = reader.text(node, what: "\"scope\"") else { return nil }
        if let scope = CustomRole.Scope(rawValue: text.value) { return scope }
        let names = CustomRole.Scope.allCases.map(\.rawValue)
        reader.error(
            "\"\(text.value)\" is not the scope of a role",
            at: text.place,
            hint: Suggestion.closest(to: text.value, among: names).map { "did you mean \"\($0)\"?" }
                ?? "a role's scope is deployment or organization"
        )
        return nil
    }

    private static func permissions(_ node: Node, _ reader: inout DocumentReader) -> Set<Permission> {
        var result: Set<Permission> = []
        for text in reader.texts(node, what: "\"permissions\"") ?? [] {
            guard let permission = Permission(rawValue: text.value) else {
                let names = Permission.allCases.map(\.rawValue)
                reader.error(
                    "\"\(text.value)\" is not a Dagster+ permission",
                    at: text.place,
                    hint: Suggestion.closest(to: text.value, among: names).map { "did you mean \"\($0)\"?" }
                )
                continue
            }
            if !result.insert(permission).inserted {
                reader.warn("\"\(text.value)\" stands twice in \"permissions\"", at: text.place)
            }
        }
        return result
    }
}
