/// Who calls the simulated organisation, as its token says.
///
/// Dagster+ has one kind of token for each.
package enum Caller: String, Sendable, Equatable, CaseIterable {
    case organizationAdmin = "org-admin"
    case editor
    case viewer
    case agent
    case scim

    /// Whether the caller may read and change people, teams and grants: an organisation's administrator alone.
    package var administers: Bool { self == .organizationAdmin }
}
