internal import Access
internal import Reconcile
internal import SCIM

/// The ids behind names, and what a change must send back as it was: what the last reading found.
struct Directory: Sendable {
    /// People by key.
    var people: [String: Person] = [:]
    /// Team ids by name.
    var teams: [String: String] = [:]
    var deployments: [String: Int] = [:]
    var roles: [String: RoleID] = [:]
    /// The roles that owners of definitions get, which nothing here manages.
    var ownerRoles: [Place: OwnerRole] = [:]

    struct Person: Sendable {
        var id: Int
        /// As the organisation spells it.
        var email: String
    }

    struct RoleID: Sendable {
        var id: String
        /// Permissions that this program does not know.
        var others: [String]
    }

    struct Place: Hashable, Sendable {
        var principal: Principal
        var scope: Scope
    }

    struct OwnerRole: Hashable, Sendable {
        var grant: String
        var customRoleID: String?
    }
}

extension Directory.OwnerRole {
    /// As `GrantInput` takes it.
    var value: Value {
        var object: Object = ["grant": .string(grant)]
        if let customRoleID { object["customRoleId"] = .string(customRoleID) }
        return .object(object)
    }
}
