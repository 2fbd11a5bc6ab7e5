/// Who calls the simulated organisation, as its token says.
///
/// Dagster+ has one kind of token for each.
package enum Caller: String, Sendable, Equatable, CaseIterable {
    case organizationAdmin = "org-admin"
    case deploymentAdmin = "deployment-admin"
    case editor
    case viewer
    case serviceUser = "service-user"
    case agent
    case scim

    /// Whether the caller may change everything: an organisation's administrator alone.
    package var administers: Bool { self == .organizationAdmin }

    /// Whether the caller may see people, teams and roles, as everybody may who has an account.
    package var reads: Bool {
        switch self {
        case .organizationAdmin, .deploymentAdmin, .editor, .viewer, .serviceUser: true
        case .agent, .scim: false
        }
    }

    /// Whether the caller may add people, and say what teams may do on deployments.
    package var administersDeployments: Bool { administers || self == .deploymentAdmin }

    /// Whether GraphQL answers the caller at all; a token for SCIM is for nothing else.
    package var speaksGraphQL: Bool { self != .scim }
}
