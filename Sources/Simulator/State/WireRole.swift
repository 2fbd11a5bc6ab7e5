/// A role as Dagster+ states it: a grade, and the id of a custom role when the grade is `CUSTOM`.
struct WireRole: Hashable, Sendable {
    /// A value of `PermissionGrant`.
    var grant: String
    var customRoleID: String?

    init(_ grant: String, customRoleID: String? = nil) {
        self.grant = grant
        self.customRoleID = customRoleID.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension WireRole {
    /// The grades from least to most; `AGENT` and `CUSTOM` stand beside them.
    static let grades = ["CATALOG_VIEWER", "VIEWER", "LAUNCHER", "EDITOR", "ADMIN"]

    var rank: Int? { Self.grades.firstIndex(of: grant) }

    /// Whether who holds the role takes one of the seats that are paid for.
    var takesSeat: Bool { grant == "EDITOR" || grant == "ADMIN" }
}

/// What a principal holds at one place.
struct WireGrant: Hashable, Sendable {
    /// Another one after every write.
    var id: Int
    var role: WireRole
    /// Roles on code locations, by name, which need not exist.
    var locations: [String: WireRole] = [:]
    /// What the principal gets on definitions that it owns.
    var ownerDefinitionsRole: WireRole?
}

extension WireGrant {
    /// The role at the place, those on locations, and that on definitions of its own.
    var roles: [WireRole] { [role] + locations.values + (ownerDefinitionsRole.map { [$0] } ?? []) }
}
