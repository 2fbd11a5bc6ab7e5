/// What one person may do anywhere in the organisation, and every path that leads to it.
///
/// The most permissive of their own grants and their teams' counts, at each of organisation, deployment, code location
/// and branch deployments. An organisation admin is admin everywhere. A location has at least what its deployment has;
/// a deployment gives nothing on branch deployments. Somebody inactive, or unknown, holds nothing.
package struct EffectiveAccess: Hashable, Sendable {
    /// One grant that gives a role at a point: a path that leads there.
    package struct Reason: Hashable, Sendable {
        /// The role that this grant gives at the point.
        package var role: Role
        /// The location that the grant names for it, where it is an override that adds something.
        package var location: String?
        /// The grant, with the way to it: the person's own, or a team's with everything that makes them its member.
        package var held: HeldGrant
        /// Whether the role counts here only because an organisation admin is admin everywhere.
        package var isImplied: Bool
    }

    /// Every grant that the person holds.
    package let held: [HeldGrant]

    /// The access that some grants give together.
    package init(_ held: [HeldGrant]) { self.held = held }

    /// The role that results at a point.
    package func role(at point: AccessPoint) -> EffectiveRole {
        var result = EffectiveRole()
        for held in held { held.grant.giveRoles(at: point) { role, _ in result.add(role) } }
        return result
    }

    /// Every path that leads to a role at a point, the strongest built-in role first, custom roles last.
    package func reasons(at point: AccessPoint) -> [Reason] {
        var reasons: [Reason] = []
        for held in held {
            let isImplied = held.grant.scope == .organization && point != .organization
            held.grant.giveRoles(at: point) { role, location in
                reasons.append(Reason(role: role, location: location, held: held, isImplied: isImplied))
            }
        }
        return reasons.enumerated()
            .sorted { ($1.element.role.rank ?? -1, $0.offset) < ($0.element.role.rank ?? -1, $1.offset) }
            .map(\.element)
    }

    /// The points that any grant names: those for which an answer is not the same as for any other.
    package var points: [AccessPoint] { Set(held.flatMap(\.grant.points)).sorted() }
}

extension Wanted {
    /// What a person is to be able to do; for many people pass their part of ``teamsByMember``, made once.
    package func effectiveAccess(of key: String, teams: [String]? = nil) -> EffectiveAccess {
        EffectiveAccess(held(by: key, teams: teams))
    }
}
