/// What one person may do anywhere in the organisation, and every path that leads to it.
///
/// The most permissive of their own grants and their teams' counts, at each of organisation, deployment, code location
/// and branch deployments. An organisation admin is admin everywhere. A location has at least what its deployment has;
/// a deployment gives nothing on branch deployments.
package struct EffectiveAccess: Hashable, Sendable {
    /// Where a question is asked.
    package enum Level: Hashable, Sendable, Comparable {
        case organization
        case deployment(String)
        case location(String, of: String)
        /// The branch deployments of a base.
        case branchDeployments(of: String)
    }

    /// One grant that gives a role at a level.
    package struct Reason: Hashable, Sendable {
        /// The role that this grant gives at the level.
        package var role: Role
        /// The grant, with the way to it.
        package var held: HeldGrant
    }

    /// Every grant that the person holds.
    package let held: [HeldGrant]

    /// The access that some grants give together.
    package init(_ held: [HeldGrant]) { self.held = held }

    /// The role that results at a level.
    package func role(at level: Level) -> EffectiveRole { EffectiveRole(reasons(at: level).map(\.role)) }

    /// Every path that leads to a role at a level, the strongest built-in role first.
    package func reasons(at level: Level) -> [Reason] {
        let reasons = held.flatMap { held in
            Self.roles(of: held.grant, at: level).map { Reason(role: $0, held: held) }
        }
        return reasons.enumerated()
            .sorted { ($1.element.role.rank ?? -1, $0.offset) < ($0.element.role.rank ?? -1, $1.offset) }
            .map(\.element)
    }

    /// The levels that any grant names: those for which an answer is not the same as for any other.
    package var levels: [Level] {
        let named = held.flatMap { held -> [Level] in
            switch held.grant.scope {
            case .organization: [.organization]
            case .deployment(let name):
                [.deployment(name)] + held.grant.locations.keys.map { .location($0, of: name) }
            case .branchDeployments(of: let base): [.branchDeployments(of: base)]
            case .allBranchDeployments: []
            }
        }
        return Set(named).sorted()
    }

    private static func roles(of grant: Grant, at level: Level) -> [Role] {
        switch (grant.scope, level) {
        case (.organization, .organization): [grant.role]
        case (.organization, _): grant.role == .admin ? [.admin] : []
        case (.deployment(let name), .deployment(let asked)): name == asked ? [grant.role] : []
        case (.deployment(let name), .location(let location, of: let asked)):
            name == asked ? [grant.role] + (grant.locations[location].map { [$0] } ?? []) : []
        case (.allBranchDeployments, .branchDeployments): [grant.role]
        case (.branchDeployments(of: let base), .branchDeployments(of: let asked)): base == asked ? [grant.role] : []
        default: []
        }
    }
}

extension Wanted {
    /// What a person is to be able to do.
    package func effectiveAccess(of key: String) -> EffectiveAccess { EffectiveAccess(held(by: key)) }
}
