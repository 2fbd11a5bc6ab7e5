/// A full deployment.
struct Deployment: Sendable {
    let id: Int
    var name: String
    var locations: Set<String>
    var isPendingDeletion = false
}

/// A person of the organisation.
struct Person: Sendable {
    let id: Int
    var email: String
    var grants: [GrantPlace: WireGrant] = [:]
    var isSCIMProvisioned = false
    /// Invited, and not there yet.
    var isPending = false
}

/// A team of people.
struct Team: Sendable {
    let number: Int
    var name: String
    var members: Set<Int> = []
    var grants: [GrantPlace: WireGrant] = [:]

    var id: String { "team-\(number)" }
}

/// A program that has an account of its own.
struct ServiceUser: Sendable {
    let number: Int
    var name: String
    var description: String?
    var grants: [GrantPlace: WireGrant] = [:]

    var id: String { "service-user-\(number)" }
}

/// An organisation's own role.
struct OwnRole: Sendable {
    let number: Int
    var name: String
    var description: String
    var icon: String
    var isOrganizational: Bool
    /// Values of `CustomRolePermission`.
    var permissions: [String]

    var id: String { "role-\(number)" }
}

/// A line of the audit log.
struct AuditEntry: Sendable {
    let number: Int
    var event: String
    var author: String?
    var subject: String
    /// Seconds since 1970.
    var time: Double
}
