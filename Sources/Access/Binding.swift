package import YAML

/// One file under `access/`: a team or a user, where a team's members come from, and which roles it holds.
package struct Binding: Hashable, Sendable {
    /// Whom a binding is about.
    package enum Principal: Hashable, Sendable {
        /// A team, by its name in Dagster+.
        case team(String)
        /// A person, by userName.
        case user(String)
    }

    /// The file's path in the tree.
    package var file: String
    /// Whom the file is about.
    package var principal: Principal
    /// Where the principal's name is written.
    package var place: Place
    /// A team's former names: the team is renamed, not re-created.
    package var previously: [Located<String>]
    /// Names of the provisioned groups whose members the team gets; nil: the group of the team's name.
    package var groups: [Located<String>]?
    /// UserNames of further members.
    package var users: [Located<String>]
    /// Values of SCIM's `roles` whose holders are members.
    package var appRoles: [Located<String>]
    /// Who approves changes, for CODEOWNERS.
    package var owner: Located<String>?
    /// Why this access is given, in the writer's words.
    package var reason: String?
    /// The exact grants; empty: none, nil: not managed here.
    package var grants: [GrantRule]?

    /// A binding with what is left out absent.
    package init(
        file: String,
        principal: Principal,
        place: Place,
        previously: [Located<String>] = [],
        groups: [Located<String>]? = nil,
        users: [Located<String>] = [],
        appRoles: [Located<String>] = [],
        owner: Located<String>? = nil,
        reason: String? = nil,
        grants: [GrantRule]? = nil
    ) {
        self.file = file
        self.principal = principal
        self.place = place
        self.previously = previously
        self.groups = groups
        self.users = users
        self.appRoles = appRoles
        self.owner = owner
        self.reason = reason
        self.grants = grants
    }
}

extension Binding.Principal {
    /// The team's name or the person's userName.
    package var name: String {
        switch self {
        case .team(let name), .user(let name): name
        }
    }
}

extension Binding.Principal: CustomStringConvertible {
    /// `team "Data Platform"` or `user "ada@example.com"`.
    package var description: String {
        switch self {
        case .team(let name): "team \"\(name)\""
        case .user(let name): "user \"\(name)\""
        }
    }
}
