/// What the service behind a target must allow before a plan can be applied: no override lifts it.
package enum Precondition: Hashable, Sendable {
    /// An identity provider writes people and teams there by another way.
    case provisionedElsewhere
    /// The caller lacks a right.
    case missingRight(String)
    /// The organisation takes no changes at all.
    case status(String)
    /// The organisation's plan has no teams.
    case noTeams(plan: String)
    /// More people would be editors or admins than the plan has seats for.
    case paidSeats(needed: Int, available: Int)
    /// More people would join than leave, and there is no seat for one more.
    case seats(joining: Int, leaving: Int)
}

extension Precondition {
    /// The name in machine-readable reports.
    package var name: String {
        switch self {
        case .provisionedElsewhere: "scim_sync"
        case .missingRight: "missing_right"
        case .status: "organization_status"
        case .noTeams: "no_teams"
        case .paidSeats: "paid_seats"
        case .seats: "seats"
        }
    }

    /// What is in the way.
    package var reason: String {
        switch self {
        case .provisionedElsewhere: "Dagster+'s own SCIM sync is on, and would undo what is applied here"
        case .missingRight(let right): "the token's owner may not change people and teams: \(right) is missing"
        case .status(let status): "the organization is \(status) and takes no changes"
        case .noTeams(let plan): "the organization's plan (\(plan)) has no teams"
        case .paidSeats(let needed, let available):
            "the plan needs \(needed) seats for editors and admins, and there are \(available)"
        case .seats(let joining, let leaving):
            "\(joining) join and \(leaving) leave, and every seat of the organization is taken"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .provisionedElsewhere:
            "turn SCIM off in Dagster+ (organization settings, provisioning), "
                + "or set \"users: ignore\" and \"teams: ignore\" for this target"
        case .missingRight: "use the token of an organization admin, or of a custom role that allows it"
        case .status: "ask Dagster's support why"
        case .noTeams: "set \"teams: ignore\" for this target, or take a plan with teams"
        case .paidSeats, .seats: "remove people or lower roles in the same plan, or buy seats"
        }
    }
}

extension Precondition: CustomStringConvertible {
    /// What is in the way, that nothing was applied, and what to do.
    package var description: String { "\(reason); nothing was applied\nhint: \(hint)" }
}
