internal import Access

/// A role as a page shows it: its name, with a colour that says the same.
enum RoleBadge {
    /// What somebody may do, built-in role first, each custom role beside it.
    static func html(_ role: EffectiveRole) -> String {
        guard !role.isNone else { return HTML.element("span", class: "none", "–") }
        return role.roles.map(html).joined(separator: " ")
    }

    static func html(_ role: Role) -> String {
        HTML.element("span", class: "role " + style(role), HTML.text(role.name))
    }

    /// The class that gives the colour.
    static func style(_ role: Role) -> String {
        switch role {
        case .catalogViewer: "catalog"
        case .viewer: "viewer"
        case .launcher: "launcher"
        case .editor: "editor"
        case .admin: "admin"
        case .custom: "custom"
        }
    }

    /// What a filter asks for: the built-in role's name, and `custom` where there is any custom one.
    static func keys(_ role: EffectiveRole) -> String {
        let builtIn = role.builtIn.map { [style($0)] } ?? []
        return (builtIn + (role.custom.isEmpty ? [] : ["custom"])).joined(separator: " ")
    }
}
