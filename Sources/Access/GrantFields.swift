package import YAML

/// The one form that a list of grants has in files, under `access/` and in a target that is a file.
package enum GrantFields {
    /// The keys of one grant.
    private enum Key {
        static let organization = "organization"
        static let deployment = "deployment"
        static let branchDeployments = "branchDeployments"
        static let role = "role"
        static let locations = "locations"
        static let expires = "expires"
        /// What `branchDeployments` says when it means those of every base.
        static let all = "all"
    }

    /// Reads a list of grants; what is no grant, or a second one for its scope, is an error and left out.
    ///
    /// Whether a role exists is not decided here: a name that is not built in is a custom role's. Only where expiry is
    /// allowed may a grant say `expires`; a target holds grants without. The grants come in the order of the file; nil
    /// means that the node is no list.
    package static func read(
        _ node: Node,
        allowsExpiry: Bool,
        _ reader: inout DocumentReader
    ) -> [GrantRule]? {
        guard let nodes = reader.list(node, what: "\"grants\"") else { return nil }
        var rules: [GrantRule] = []
        var places: [Scope: Place] = [:]
        for node in nodes {
            guard let rule = grant(node, allowsExpiry: allowsExpiry, &reader) else { continue }
            if let first = places[rule.grant.scope] {
                reader.error(
                    "a second grant for \(rule.grant.scope); the first one is in line \(first.line)",
                    at: rule.scopePlace,
                    hint: "leave the one that is meant"
                )
            } else {
                places[rule.grant.scope] = rule.scopePlace
                rules.append(rule)
            }
        }
        return rules
    }

    private static func grant(
        _ node: Node,
        allowsExpiry: Bool,
        _ reader: inout DocumentReader
    ) -> GrantRule? {
        let scopeKeys = [Key.organization, Key.deployment, Key.branchDeployments]
        let known = scopeKeys + [Key.role, Key.locations] + (allowsExpiry ? [Key.expires] : [])
        guard let fields = reader.fields(of: node, what: "a grant", known: known) else { return nil }
        let scopes = scopeKeys.compactMap { fields[$0] }.sorted { $0.keyPlace < $1.keyPlace }
        guard let scope = scopes.first, scopes.count == 1 else {
            reader.error(
                scopes.isEmpty ? "a grant without a scope" : "a grant with \(scopes.count) scopes",
                at: scopes.dropFirst().first?.keyPlace ?? node.place,
                hint: "a grant has one of organization, deployment and branchDeployments"
            )
            return nil
        }
        guard var rule = scoped(by: scope, fields, at: node.place, &reader) else { return nil }
        if let locations = fields[Key.locations] { read(locations, into: &rule, &reader) }
        if let expires = fields[Key.expires] {
            guard let date = date(expires.value, &reader) else { return nil }
            rule.expires = date
            rule.expiresPlace = expires.value.place
        }
        return rule
    }

    /// A grant with its scope and role.
    private static func scoped(
        by entry: Entry,
        _ fields: Fields,
        at place: Place,
        _ reader: inout DocumentReader
    ) -> GrantRule? {
        guard let name = name(entry.value, what: "\"\(entry.key)\"", &reader) else { return nil }
        if entry.key == Key.organization {
            if let role = fields[Key.role] {
                reader.error(
                    "\"role\" beside \"organization\"",
                    at: role.keyPlace,
                    hint: "the role stands under organization itself: \"organization: admin\""
                )
                return nil
            }
            let grant = Grant(scope: .organization, role: Role(name: name.value))
            return GrantRule(grant: grant, place: place, rolePlace: name.place, scopePlace: entry.keyPlace)
        }
        guard let role = fields[Key.role] else {
            reader.error("a grant without \"role\"", at: place)
            return nil
        }
        guard let roleName = Self.name(role.value, what: "\"role\"", &reader) else { return nil }
        let grant = Grant(scope: scope(entry.key, name.value), role: Role(name: roleName.value))
        return GrantRule(grant: grant, place: place, rolePlace: roleName.place, scopePlace: name.place)
    }

    private static func scope(_ key: String, _ name: String) -> Scope {
        if key == Key.deployment { return .deployment(name) }
        return name == Key.all ? .allBranchDeployments : .branchDeployments(of: name)
    }

    private static func read(_ entry: Entry, into rule: inout GrantRule, _ reader: inout DocumentReader) {
        guard case .deployment = rule.grant.scope else {
            reader.error(
                "\"locations\" in a grant for \(rule.grant.scope)",
                at: entry.keyPlace,
                hint: "only a deployment has locations"
            )
            return
        }
        for location in reader.entries(of: entry.value, what: "\"locations\"") ?? [] {
            guard let role = name(location.value, what: "a location's role", &reader) else { continue }
            rule.grant.locations[location.key] = Role(name: role.value)
            rule.locationPlaces[location.key] = location.keyPlace
        }
    }

    private static func date(_ node: Node, _ reader: inout DocumentReader) -> CalendarDate? {
        guard let text = reader.scalar(node, what: "\"expires\"") else { return nil }
        if let date = CalendarDate(text.value) { return date }
        reader.error(
            "\"expires\" is \"\(text.value)\", which is no day of the calendar",
            at: text.place,
            hint: "write a day such as 2027-01-31"
        )
        return nil
    }

    private static func name(_ node: Node, what: String, _ reader: inout DocumentReader) -> Located<String>? {
        guard let text = reader.text(node, what: what) else { return nil }
        guard !text.value.isEmpty else {
            reader.error("\(what) is empty", at: text.place)
            return nil
        }
        return text
    }
}

extension GrantFields {
    /// The canonical form of grants as a target holds them: by scope.
    package static func value(of grants: some Sequence<Grant>) -> Value {
        .list(grants.sorted { $0.scope < $1.scope }.map { value(of: $0, expires: nil) })
    }

    /// The canonical form of grants with their last days: by scope.
    package static func value(of rules: some Sequence<GrantRule>) -> Value {
        .list(rules.sorted { $0.grant.scope < $1.grant.scope }.map { value(of: $0.grant, expires: $0.expires) })
    }

    private static func value(of grant: Grant, expires: CalendarDate?) -> Value {
        var fields: [Field] =
            switch grant.scope {
            case .organization: [Field(Key.organization, .text(grant.role.name))]
            case .deployment(let name): [Field(Key.deployment, .text(name)), Field(Key.role, .text(grant.role.name))]
            case .allBranchDeployments:
                [Field(Key.branchDeployments, .text(Key.all)), Field(Key.role, .text(grant.role.name))]
            case .branchDeployments(of: let base):
                [Field(Key.branchDeployments, .text(base)), Field(Key.role, .text(grant.role.name))]
            }
        if !grant.locations.isEmpty {
            let locations = grant.locations.sorted { $0.key < $1.key }.map { Field($0.key, .text($0.value.name)) }
            fields.append(Field(Key.locations, .map(locations)))
        }
        if let expires { fields.append(Field(Key.expires, .timestamp(expires.description))) }
        return .map(fields)
    }
}
