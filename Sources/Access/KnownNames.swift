package import Roster

/// The names that the tree had at the last apply, with the ids behind them, so that whom the identity provider renamed
/// is followed, and whom it deleted is told from a typing mistake.
package struct KnownNames: Hashable, Sendable {
    /// User ids by userName.
    package var users: [NameKey: String]
    /// Group ids by displayName.
    package var groups: [NameKey: String]

    /// Names with their ids; none before the first apply.
    package init(users: [NameKey: String] = [:], groups: [NameKey: String] = [:]) {
        self.users = users
        self.groups = groups
    }
}
