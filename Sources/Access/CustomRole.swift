package import YAML

/// An organisation's own role as `access/roles.yaml` describes it.
package struct CustomRole: Hashable, Sendable {
    /// Where a custom role can be held; Dagster+ fixes it when the role is made.
    package enum Scope: String, Hashable, Sendable, CaseIterable {
        /// On a deployment, a code location or branch deployments.
        case deployment
        /// On the organisation.
        case organization
    }

    /// The name that grants refer to it by.
    package var name: String
    /// Where it can be held.
    package var scope: Scope
    /// What it is for, shown in Dagster+.
    package var description: String?
    /// The name of the icon that Dagster+ shows.
    package var icon: String?
    /// All that it allows.
    package var permissions: Set<Permission>
    /// Where the role's name is written; nil for a role that comes from a target.
    package var place: Place?

    /// A role with what is left out absent.
    package init(
        name: String,
        scope: Scope,
        description: String? = nil,
        icon: String? = nil,
        permissions: Set<Permission> = [],
        place: Place? = nil
    ) {
        self.name = name
        self.scope = scope
        self.description = description
        self.icon = icon
        self.permissions = permissions
        self.place = place
    }
}
