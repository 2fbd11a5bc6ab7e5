package import Access

/// A place where a person's access counts by itself: a scope, or one code location of a deployment.
package enum AccessPoint: Hashable, Sendable, Comparable {
    case organization
    case deployment(String)
    case location(deployment: String, String)
    case allBranchDeployments
    case branchDeployments(of: String)

    /// Where a grant at a scope counts first.
    package init(_ scope: Scope) {
        switch scope {
        case .organization: self = .organization
        case .deployment(let name): self = .deployment(name)
        case .allBranchDeployments: self = .allBranchDeployments
        case .branchDeployments(of: let base): self = .branchDeployments(of: base)
        }
    }
}

extension AccessPoint: CustomStringConvertible {
    /// `organization`, `prod`, `prod/finance`, `branches`, `branches of prod`.
    package var description: String {
        switch self {
        case .organization: "organization"
        case .deployment(let name): name
        case .location(let deployment, let location): "\(deployment)/\(location)"
        case .allBranchDeployments: "branches"
        case .branchDeployments(of: let base): "branches of \(base)"
        }
    }
}

extension Grant {
    /// The points that the grant names.
    package var points: [AccessPoint] {
        var points = [AccessPoint(scope)]
        if case .deployment(let name) = scope {
            points += locations.keys.map { AccessPoint.location(deployment: name, $0) }
        }
        return points
    }

    /// The role that the grant gives at a point, and the location that it names for it; nil: none there.
    ///
    /// An organisation admin is admin of every deployment and branch deployment; a deployment's role counts on all of
    /// its locations; the role on all branch deployments counts on those of each base (facts: Dagster+ combines by the
    /// most permissive one).
    func role(at point: AccessPoint) -> (role: Role, location: String?)? {
        switch (scope, point) {
        case (.organization, .organization): (role, nil)
        case (.organization, _): role == .admin ? (.admin, nil) : nil
        case (.deployment(let own), .deployment(let name)): own == name ? (role, nil) : nil
        case (.deployment(let own), .location(let name, let location)):
            own == name ? override(on: location) : nil
        case (.allBranchDeployments, .allBranchDeployments), (.allBranchDeployments, .branchDeployments): (role, nil)
        case (.branchDeployments(of: let own), .branchDeployments(of: let base)): own == base ? (role, nil) : nil
        default: nil
        }
    }

    /// A location's own role where it adds something; a weaker one has no effect.
    private func override(on location: String) -> (role: Role, location: String?) {
        guard let override = locations[location], !role.isAtLeast(override) else { return (role, nil) }
        return (override, location)
    }
}
