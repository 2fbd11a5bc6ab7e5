/// A place where a person's access counts by itself: a scope, or one code location of a deployment.
package enum AccessPoint: Hashable, Sendable, Comparable {
    case organization
    case deployment(String)
    case location(deployment: String, String)
    /// Every branch deployment, whatever its base.
    case allBranchDeployments
    /// The branch deployments of one base.
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

extension AccessPoint {
    /// The organisation, each deployment with its locations behind it, then branch deployments: the order to read in.
    package static func inReadingOrder(_ points: some Sequence<AccessPoint>) -> [AccessPoint] {
        points.sorted { $0.readingKey < $1.readingKey }
    }

    private var readingKey: (Int, String, String) {
        switch self {
        case .organization: (0, "", "")
        case .deployment(let name): (1, name, "")
        case .location(let deployment, let location): (1, deployment, " " + location)
        case .allBranchDeployments: (2, "", "")
        case .branchDeployments(of: let base): (3, base, "")
        }
    }
}
