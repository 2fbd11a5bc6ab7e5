/// Where a grant counts: the four scopes that Dagster+ knows.
package enum Scope: Hashable, Sendable, Comparable {
    /// The whole organisation, whatever its deployments.
    case organization
    /// One full deployment, by name.
    case deployment(String)
    /// Every branch deployment of the organisation.
    case allBranchDeployments
    /// The branch deployments whose base is the named full deployment.
    case branchDeployments(of: String)
}

extension Scope {
    /// The full deployment that the scope names, on its own or as the base of branch deployments.
    package var deploymentName: String? {
        switch self {
        case .deployment(let name), .branchDeployments(of: let name): name
        case .organization, .allBranchDeployments: nil
        }
    }

    /// The kind of custom role that can be held here.
    package var customRoleScope: CustomRole.Scope { self == .organization ? .organization : .deployment }
}

extension Scope: CustomStringConvertible {
    /// The scope in words: `the organization`, `deployment "prod"`, `all branch deployments`.
    package var description: String {
        switch self {
        case .organization: "the organization"
        case .deployment(let name): "deployment \"\(name)\""
        case .allBranchDeployments: "all branch deployments"
        case .branchDeployments(of: let base): "branch deployments of \"\(base)\""
        }
    }
}
