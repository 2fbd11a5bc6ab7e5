/// What the tree asks of a target on one day: its people, its teams with their members, grants and roles.
///
/// People are keyed by the folded form of the e-mail address that identifies them at the target, teams by their
/// name. A deployment or location that a grant names may not exist there: only the target knows.
package struct Wanted: Hashable, Sendable {
    /// Active people by key.
    ///
    /// Under `users: ignore` these are only people whom a file under `access/` names or a team holds, and nobody is to
    /// be invited or removed.
    package var users: [String: WantedUser]
    /// Teams by name; empty under `teams: ignore`.
    package var teams: [String: WantedTeam]
    /// The organisation's own roles by name.
    package var roles: [String: CustomRole]
    /// Keys of the people who are never removed and never lowered.
    package var protectedUsers: Set<String>
    /// Names of the teams that are never removed and never lowered.
    package var protectedTeams: Set<String>
    /// Names in files that somebody else has now than at the last apply.
    package var movedNames: [MovedName]

    /// Joins what is wanted.
    package init(
        users: [String: WantedUser] = [:],
        teams: [String: WantedTeam] = [:],
        roles: [String: CustomRole] = [:],
        protectedUsers: Set<String> = [],
        protectedTeams: Set<String> = [],
        movedNames: [MovedName] = []
    ) {
        self.users = users
        self.teams = teams
        self.roles = roles
        self.protectedUsers = protectedUsers
        self.protectedTeams = protectedTeams
        self.movedNames = movedNames
    }
}
