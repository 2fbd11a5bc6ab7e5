/// A role at a scope, as a target holds it; a principal has at most one grant a scope.
package struct Grant: Hashable, Sendable {
    /// Where it counts.
    package var scope: Scope
    /// What it gives there.
    package var role: Role
    /// Higher roles on single code locations of a deployment, by location name; empty at every other scope.
    package var locations: [String: Role]

    /// A grant of a role at a scope.
    package init(scope: Scope, role: Role, locations: [String: Role] = [:]) {
        self.scope = scope
        self.role = role
        self.locations = locations
    }
}
