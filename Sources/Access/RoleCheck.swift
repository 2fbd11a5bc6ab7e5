internal import YAML

/// Decides whether the roles that a binding gives exist, can be held where they are given, and add something there.
struct RoleCheck {
    /// Nil when the file of custom roles cannot be read, which is one error and not one for each grant.
    let roles: [String: CustomRole]?

    /// What is wrong with the grants of a binding.
    func diagnostics(for binding: Binding) -> [Diagnostic] {
        (binding.grants ?? []).flatMap { rule in
            let own = check(rule.grant.role, at: rule.grant.scope, place: rule.rolePlace, in: binding)
            let overrides = rule.grant.locations.sorted { $0.key < $1.key }.flatMap { name, role in
                check(name, role, of: rule, in: binding)
            }
            return (own.map { [$0] } ?? []) + overrides
        }
    }

    private func check(_ location: String, _ role: Role, of rule: GrantRule, in binding: Binding) -> [Diagnostic] {
        let place = rule.locationPlaces[location] ?? rule.place
        if let error = check(role, at: rule.grant.scope, place: place, in: binding) { return [error] }
        guard rule.grant.role.isAtLeast(role) else { return [] }
        return [
            binding.warning(
                "\"\(role)\" for location \"\(location)\" adds nothing to \"\(rule.grant.role)\" "
                    + "for \(rule.grant.scope)",
                at: place,
                hint: "an override can only raise"
            )
        ]
    }

    private func check(_ role: Role, at scope: Scope, place: Place, in binding: Binding) -> Diagnostic? {
        guard case .custom(let name) = role else {
            guard scope == .organization, role != .admin else { return nil }
            return binding.error(
                "role \"\(role)\" cannot be held on \(scope)",
                at: place,
                hint: "write admin, or a custom role whose scope is organization"
            )
        }
        guard let roles else { return nil }
        guard let custom = roles[name] else {
            let names = self.names(at: scope, roles)
            return binding.error(
                "role \"\(name)\" is neither a Dagster+ role nor in \(AccessFiles.rolesFile)",
                at: place,
                hint: Suggestion.closest(to: name, among: names).map { "did you mean \"\($0)\"?" }
                    ?? "roles for \(scope): \(names.joined(separator: ", "))"
            )
        }
        guard custom.scope != scope.customRoleScope else { return nil }
        return binding.error(
            "role \"\(name)\" cannot be held on \(scope): its scope is \(custom.scope.rawValue)",
            at: place
        )
    }

    /// The roles that can be held at a scope: no other one is a help.
    private func names(at scope: Scope, _ roles: [String: CustomRole]) -> [String] {
        let builtIn = scope == .organization ? [Role.admin] : Role.builtIn
        return builtIn.map(\.name) + roles.filter { $0.value.scope == scope.customRoleScope }.keys.sorted()
    }
}
