package import Roster

/// How much of the tree a target gets: `users`, `teams` and `identity` of the settings.
package struct ResolutionPolicy: Hashable, Sendable {
    /// Which people are members of the organisation because of the tree.
    package enum Users: String, Hashable, Sendable, CaseIterable {
        /// Every active user.
        case all
        /// Active users who hold a grant, themselves or through a team.
        case granted
        /// Nobody: who is a member is decided elsewhere.
        case ignore
    }

    /// Which teams exist because of the tree.
    package enum Teams: String, Hashable, Sendable, CaseIterable {
        /// One for every provisioned group, and those that files name.
        case all
        /// Those that files name.
        case bound
        /// None: teams are managed elsewhere.
        case ignore
    }

    /// Which attribute identifies a person at the target.
    package enum Identity: String, Hashable, Sendable, CaseIterable {
        /// The userName itself.
        case userName
        /// The address of type `work`.
        case workEmail = #"emails[type eq "work"].value"#
    }

    /// Which people are members.
    package var users: Users
    /// Which teams exist.
    package var teams: Teams
    /// How people are known at the target.
    package var identity: Identity

    /// A policy; by default the target gets everything.
    package init(users: Users = .all, teams: Teams = .all, identity: Identity = .userName) {
        self.users = users
        self.teams = teams
        self.identity = identity
    }
}

extension ResolutionPolicy.Identity {
    /// The address that identifies a user at the target; nil when the record has none.
    package func email(of user: User) -> String? {
        switch self {
        case .userName: user.userName
        case .workEmail: user.email(ofType: "work")
        }
    }

    /// The key of a user in ``Wanted``; nil when the record has no address.
    package func key(of user: User) -> String? { email(of: user).map(Self.key(ofEmail:)) }

    /// The key of an address: what differs only in letter case is one person.
    package static func key(ofEmail email: String) -> String { NameKey(email).folded }
}
