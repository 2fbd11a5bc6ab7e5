/// Who holds a grant at a target: a person or a team.
package enum Principal: Hashable, Sendable {
    /// A person, by key.
    case user(String)
    /// A team, by name.
    case team(String)
}

extension Principal {
    /// The person's key or the team's name.
    package var name: String {
        switch self {
        case .user(let name), .team(let name): name
        }
    }
}

extension Principal: Comparable {
    /// People before teams, each by name.
    package static func < (left: Principal, right: Principal) -> Bool {
        switch (left, right) {
        case (.user(let left), .user(let right)), (.team(let left), .team(let right)): left < right
        case (.user, .team): true
        case (.team, .user): false
        }
    }
}

extension Principal: CustomStringConvertible {
    /// `user:ada@example.com` or `team:Data Platform`, as items' ids state it.
    package var description: String {
        switch self {
        case .user(let key): "user:\(key)"
        case .team(let name): "team:\(name)"
        }
    }
}
