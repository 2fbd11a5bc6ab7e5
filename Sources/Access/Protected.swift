package import YAML

/// Whom no plan may remove or lower: `access/protected.yaml`.
package struct Protected: Hashable, Sendable {
    /// UserNames.
    package var users: [Located<String>]
    /// Team names.
    package var teams: [Located<String>]

    /// Joins both lists.
    package init(users: [Located<String>] = [], teams: [Located<String>] = []) {
        self.users = users
        self.teams = teams
    }
}
