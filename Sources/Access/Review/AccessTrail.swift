/// One way in which a person comes to a role at a point, with everything that it depends on.
package struct AccessTrail: Hashable, Sendable {
    /// The role that this way gives at the point.
    package var role: Role
    /// The location whose override gives it, where one does.
    package var location: String?
    /// Whether it counts here only because an organisation admin is admin everywhere.
    package var isImplied: Bool
    /// The grant, and whether the person or a team holds it.
    package var held: HeldGrant
    /// What makes the person a member of that team; nil for a grant of their own.
    package var source: MemberSource?
    /// All of these must be so, in the order from the person to the role.
    package var links: [PathLink]
    /// The commit since which each link is so without a break; nil: not looked for, or in no commit yet.
    package var since: [PathLink: CommitNote] = [:]
    /// The commit with which the last of them came to be so: it opened the way.
    package var opened: CommitNote?
}

extension AccessTrail {
    /// `team "Data Platform" (group "Data Platform")` or `directly`.
    package var through: String {
        guard case .team(let name, _) = held.path else { return HeldGrant.Path.direct.description }
        return HeldGrant.Path.team(name, because: source.map { [$0] } ?? []).description
    }
}
