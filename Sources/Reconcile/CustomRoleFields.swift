package import Access
package import YAML

/// The form that custom roles have in files: that of `access/roles.yaml`, in a target that is a file and in a record.
package enum CustomRoleFields {
    private static let keys = ["scope", "description", "icon", "permissions"]

    /// The canonical form of roles by name.
    package static func value(of roles: [String: CustomRole]) -> Value {
        .map(
            roles.sorted { $0.key < $1.key }.map { name, role in
                var fields = [Field("scope", .text(role.scope.rawValue))]
                if let description = role.description { fields.append(Field("description", .text(description))) }
                if let icon = role.icon { fields.append(Field("icon", .text(icon))) }
                let permissions = role.permissions.sorted().map(\.rawValue)
                fields.append(Field("permissions", .texts(permissions)))
                return Field(name, .map(fields))
            }
        )
    }

    /// Reads roles by name; what is wrong becomes diagnostics.
    package static func read(_ node: Node, _ reader: inout DocumentReader) -> [String: CustomRole] {
        var roles: [String: CustomRole] = [:]
        for entry in reader.entries(of: node, what: "\"roles\"") ?? [] {
            guard let fields = reader.fields(of: entry.value, what: "a role", known: keys) else { continue }
            guard let scope = scope(fields["scope"], of: entry, &reader) else { continue }
            roles[entry.key] = CustomRole(
                name: entry.key,
                scope: scope,
                description: fields["description"].flatMap { reader.text($0.value, what: "\"description\"")?.value },
                icon: fields["icon"].flatMap { reader.text($0.value, what: "\"icon\"")?.value },
                permissions: permissions(fields["permissions"], &reader)
            )
        }
        return roles
    }

    private static func scope(
        _ field: Entry?,
        of role: Entry,
        _ reader: inout DocumentReader
    ) -> CustomRole.Scope? {
        guard let field else {
            reader.error("role \"\(role.key)\" has no \"scope\"", at: role.keyPlace)
            return nil
        }
        guard let text = reader.text(field.value, what: "\"scope\"") else { return nil }
        guard let scope = CustomRole.Scope(rawValue: text.value) else {
            let names = CustomRole.Scope.allCases.map(\.rawValue).joined(separator: " or ")
            reader.error("unknown scope \"\(text.value)\"", at: text.place, hint: "a role's scope is \(names)")
            return nil
        }
        return scope
    }

    private static func permissions(_ field: Entry?, _ reader: inout DocumentReader) -> Set<Permission> {
        guard let field else { return [] }
        var permissions: Set<Permission> = []
        for text in reader.texts(field.value, what: "\"permissions\"") ?? [] {
            if let permission = Permission(rawValue: text.value) {
                permissions.insert(permission)
            } else {
                let closest = Suggestion.closest(to: text.value, among: Permission.allCases.map(\.rawValue))
                let hint = closest.map { "did you mean \"\($0)\"?" }
                reader.error("unknown permission \"\(text.value)\"", at: text.place, hint: hint)
            }
        }
        return permissions
    }
}
