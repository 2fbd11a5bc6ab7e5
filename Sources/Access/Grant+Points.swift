// What a grant gives where: the one place that says how Dagster+'s scopes reach into one another.
extension Grant {
    /// The points that the grant names.
    package var points: [AccessPoint] {
        var points = [AccessPoint(scope)]
        if case .deployment(let name) = scope {
            points += locations.keys.map { AccessPoint.location(deployment: name, $0) }
        }
        return points
    }

    /// Hands over each role that the grant gives at a point, with the location that it names for it; none: nothing.
    ///
    /// An organisation admin is admin of every deployment and branch deployment; a deployment's role counts on all of
    /// its locations, and an override there only adds; the role on all branch deployments counts on those of each base;
    /// a deployment gives nothing on branch deployments.
    package func giveRoles(at point: AccessPoint, to take: (_ role: Role, _ location: String?) -> Void) {
        switch (scope, point) {
        case (.organization, .organization): take(role, nil)
        case (.organization, _): if role == .admin { take(.admin, nil) }
        case (.deployment(let own), .deployment(let name)): if own == name { take(role, nil) }
        case (.deployment(let own), .location(let name, let location)):
            guard own == name else { return }
            take(role, nil)
            if let override = locations[location], !role.isAtLeast(override) { take(override, location) }
        case (.allBranchDeployments, .allBranchDeployments), (.allBranchDeployments, .branchDeployments):
            take(role, nil)
        case (.branchDeployments(of: let own), .branchDeployments(of: let base)): if own == base { take(role, nil) }
        default: return
        }
    }

    /// What the grant alone gives at a point.
    package func effectiveRole(at point: AccessPoint) -> EffectiveRole {
        var result = EffectiveRole()
        giveRoles(at: point) { role, _ in result.add(role) }
        return result
    }
}
