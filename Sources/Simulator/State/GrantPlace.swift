/// Where a grant counts, by the ids of the simulated organisation; a principal has at most one grant a place.
enum GrantPlace: Hashable, Sendable {
    case organization
    case deployment(Int)
    case allBranchDeployments
    case branchDeployments(base: Int)
}

extension GrantPlace {
    /// The scope as Dagster+ names it; branch deployments of one base have that of all, and an id.
    var scopeName: String {
        switch self {
        case .organization: "ORGANIZATION"
        case .deployment: "DEPLOYMENT"
        case .allBranchDeployments, .branchDeployments: "ALL_BRANCH_DEPLOYMENTS"
        }
    }

    var deploymentID: Int? {
        switch self {
        case .deployment(let id), .branchDeployments(let id): id
        case .organization, .allBranchDeployments: nil
        }
    }
}

extension GrantPlace: Comparable {
    static func < (left: GrantPlace, right: GrantPlace) -> Bool { left.order < right.order }

    private var order: (Int, Int) {
        switch self {
        case .organization: (0, 0)
        case .deployment(let id): (1, id)
        case .allBranchDeployments: (2, 0)
        case .branchDeployments(let id): (3, id)
        }
    }
}
