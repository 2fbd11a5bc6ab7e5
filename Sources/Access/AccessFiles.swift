/// Everything under `access/`, as people wrote it.
package struct AccessFiles: Hashable, Sendable {
    /// One a team or user, by file path.
    package var bindings: [Binding]
    /// The organisation's own roles, by name.
    package var roles: [String: CustomRole]
    /// Whom no plan may remove or lower.
    package var protected: Protected

    /// Joins what the files say.
    package init(
        bindings: [Binding] = [],
        roles: [String: CustomRole] = [:],
        protected: Protected = Protected()
    ) {
        self.bindings = bindings
        self.roles = roles
        self.protected = protected
    }
}

extension AccessFiles {
    /// The folder in the tree.
    package static let folder = "access"
    /// The file of custom roles.
    package static let rolesFile = "access/roles.yaml"
    /// The file of people and teams that are never removed.
    package static let protectedFile = "access/protected.yaml"
}
