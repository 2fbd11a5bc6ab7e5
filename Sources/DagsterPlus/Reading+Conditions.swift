internal import Access
internal import Reconcile
internal import SCIM

/// What the organisation says about itself and about whoever asks.
struct About: Sendable {
    var name: String
    /// `ACTIVE`, or why nothing may be changed.
    var status: String
    /// The e-mail address of the token's owner; nil for a token that is no person's.
    var caller: String?
    /// Whether what is named may be done, by the organisation's own words.
    var permissions: [String: Bool]
    var plan: String
    var gates: [String: Value]
    var admitsMorePeople: Bool
    var isSCIMSyncOn: Bool

    init(_ data: Object) throws {
        let organization = try (data["organization"] ?? .null).fields("organization")
        name = try organization.string("name", of: "organization")
        status = organization["status"]?.string ?? "ACTIVE"
        let identity = try (data["identity"] ?? .null).fields("identity")
        caller = identity["viewer"]?.object?["email"]?.string
        permissions = [:]
        for element in identity["permissions"]?.array ?? [] {
            guard let name = element.object?["permission"]?.string, let value = element.object?["value"]?.bool
            else { continue }
            permissions[name.lowercased()] = value
        }
        gates = [:]
        for element in identity["featureGates"]?.array ?? [] {
            guard let key = element.object?["key"]?.string else { continue }
            gates[key] = element.object?["value"] ?? .null
        }
        plan = data["planType"]?.string ?? "UNKNOWN"
        admitsMorePeople = data["planAllowsAddingMoreUsers"]?.bool ?? true
        guard let sync = data["scimSyncEnabled"]?.bool else { throw APIError.incomplete("\"scimSyncEnabled\"") }
        isSCIMSyncOn = sync
    }
}

extension About {
    /// Whether the plan has teams: the gate says so where there is one, else the plan's name.
    var hasTeams: Bool {
        if let gate = gates["ENABLE_ORG_SETTINGS_TEAMS_PAGE"]?.bool { return gate }
        return !["SOLO", "TEAM", "TEAM_V2"].contains(plan)
    }

    /// How many editors, admins and organisation admins the plan pays for, where it says so.
    var paidSeats: Int? { gates["EDITOR_ADMIN_LIMIT"]?.integer }

    /// What the organisation's service asks of a plan.
    func conditions(in organization: Organization) -> Conditions {
        Conditions(
            isProvisionedElsewhere: isSCIMSyncOn,
            hasTeams: hasTeams,
            missingRight: missingRight(in: organization),
            status: status == "ACTIVE" ? nil : status,
            plan: plan,
            paidSeats: paidSeats,
            admitsMorePeople: admitsMorePeople,
            invitesPeople: true,
            keepsAddresses: true
        )
    }

    /// The right that the token lacks, if that can be told beforehand.
    ///
    /// The words for rights are not documented, so that only a plain "no" to one that is known counts. Else a person
    /// who is listed must be organisation admin, or hold a custom role that allows it.
    func missingRight(in organization: Organization) -> String? {
        let needed = Permission.editUsersAndTeams.rawValue
        if permissions[needed.lowercased()] == false { return needed }
        guard let caller else { return nil }
        let key = ResolutionPolicy.Identity.key(ofEmail: caller)
        guard let user = organization.users[key], organization.owner != key else { return nil }
        let teams = organization.teams.values.filter { $0.members.contains(key) }
        let roles = ([user.grants] + teams.map(\.grants)).compactMap { $0[.organization]?.role }
        let allows = roles.contains { role in
            guard case .custom(let name) = role else { return role == .admin }
            let unknown = organization.roles[name] == nil
            return unknown || organization.roles[name]?.permissions.contains(.editUsersAndTeams) == true
        }
        return allows ? nil : needed
    }
}
