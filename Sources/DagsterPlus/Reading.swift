internal import Access
internal import Reconcile
internal import SCIM

/// Turns answers into an organisation and the ids behind it; an answer without something that the schema promises makes
/// the whole reading fail.
struct Reading {
    private(set) var organization = Organization()
    private(set) var directory = Directory()
    private var deploymentNames: [Int: String] = [:]
    private var roleNames: [String: String] = [:]

    /// Roles and deployments come first: grants name both by their ids.
    mutating func takeRoles(_ data: Object) throws {
        for role in data["customRoles"]?.array ?? [] {
            let fields = try role.fields("custom role")
            let id = try fields.string("id", of: "custom role")
            let name = try fields.string("name", of: "custom role")
            let words = (fields["permissions"]?.array ?? []).compactMap(\.string)
            let description = fields["description"]?.string ?? ""
            let icon = fields["iconName"]?.string ?? ""
            roleNames[id] = name
            directory.roles[name] = Directory.RoleID(id: id, others: words.filter { Permission(rawValue: $0) == nil })
            organization.roles[name] = CustomRole(
                name: name,
                scope: fields["deploymentScope"]?.string == "ORGANIZATION" ? .organization : .deployment,
                description: description.isEmpty ? nil : description,
                icon: icon.isEmpty ? nil : icon,
                permissions: Set(words.compactMap(Permission.init(rawValue:)))
            )
        }
        guard let service = data["serviceUsersOrError"] else { return }
        let users = try Self.member(service, "ServiceUsersWithScopedPermissionGrants", "service users")
        organization.serviceUsers = try users.list("serviceUsers", of: "service users").map { user in
            let fields = try user.fields("service user")["serviceUser"]
            return try (fields ?? .null).fields("service user").string("name", of: "service user")
        }.sorted()
    }

    mutating func takeDeployments(_ data: Object) throws {
        for deployment in try data.list("fullDeployments", of: "answer") {
            let fields = try deployment.fields("deployment")
            guard fields["deploymentStatus"]?.string != "PENDING_DELETION", fields["deploymentType"]?.string != "BRANCH"
            else { continue }
            let name = try fields.string("deploymentName", of: "deployment")
            let id = try fields.integer("deploymentId", of: "deployment")
            deploymentNames[id] = name
            directory.deployments[name] = id
            organization.deployments[name] = DeploymentState(locations: nil)
        }
    }

    mutating func takeLocations(_ data: Object, of deployment: String) throws {
        let workspace = try (data["workspace"] ?? .null).fields("workspace")
        let names = try workspace.list("workspaceEntries", of: "workspace").map {
            try $0.fields("code location").string("locationName", of: "code location")
        }
        organization.deployments[deployment]?.locations = Set(names)
    }

    /// Whoever is in one of the two lists is a member; the only one without grants of an own is the owner.
    mutating func takePeople(_ data: Object) throws {
        let granted = try Self.member(
            data["usersOrError"] ?? .null,
            "DagsterCloudUsersWithScopedPermissionGrants",
            "people"
        )
        for user in try granted.list("users", of: "people") {
            let fields = try user.fields("person")
            let key = try take(person: fields["user"] ?? .null)
            let grants = try grants(fields, of: .user(key))
            organization.users[key]?.grants = grants
        }
        let list = try (data["organization"] ?? .null).fields("organization")["usersOrError"] ?? .null
        var others: [String] = []
        for user in try Self.member(list, "DagsterCloudUserList", "people").list("users", of: "people") {
            let known = organization.users.count
            let key = try take(person: user)
            if organization.users.count > known { others.append(key) }
        }
        guard let owner = others.first, others.count == 1 else { return }
        organization.owner = owner
        organization.users[owner]?.grants = [.organization: Grant(scope: .organization, role: .admin)]
    }

    mutating func takeTeams(_ data: Object) throws {
        for element in try data.list("teamPermissions", of: "answer") {
            let fields = try element.fields("team")
            let team = try (fields["team"] ?? .null).fields("team")
            let name = try team.string("name", of: "team")
            guard organization.teams[name] == nil else {
                throw TargetError.unreadable(
                    "there are two teams \"\(name)\"\nhint: give one of them another name in Dagster+"
                )
            }
            directory.teams[name] = try team.string("id", of: "team")
            // Somebody who is only in a team's list is a member of the organisation all the same.
            let members = try team.list("members", of: "team").map { try take(person: $0) }
            organization.teams[name] = TeamState(members: Set(members), grants: try grants(fields, of: .team(name)))
        }
    }

    /// The key of a person, who is a member from now on.
    private mutating func take(person: Value) throws -> String {
        let fields = try person.fields("person")
        let email = try fields.string("email", of: "person")
        let key = ResolutionPolicy.Identity.key(ofEmail: email)
        directory.people[key] = Directory.Person(id: try fields.integer("userId", of: "person"), email: email)
        if organization.users[key] == nil { organization.users[key] = UserState(email: email) }
        return key
    }
}

// Grants.
extension Reading {
    private mutating func grants(_ fields: Object, of principal: Principal) throws -> [Scope: Grant] {
        var grants: [Scope: Grant] = [:]
        func take(_ value: Value?, _ scope: Scope?, _ reading: inout Reading) throws {
            guard let scope, let value, value != .null else { return }
            grants[scope] = try reading.grant(value, at: scope, of: principal)
        }
        try take(fields["organizationPermissionGrant"], .organization, &self)
        try take(fields["allBranchDeploymentsPermissionGrant"], .allBranchDeployments, &self)
        for value in fields["perBaseBranchDeploymentsPermissionGrants"]?.array ?? [] {
            try take(value, try deployment(value).map { .branchDeployments(of: $0) }, &self)
        }
        for value in try fields.list("deploymentPermissionGrants", of: "\(principal)") {
            try take(value, try deployment(value).map { .deployment($0) }, &self)
        }
        return grants
    }

    /// The deployment of a grant; nil for one that is about to go, or that this token does not see.
    private func deployment(_ grant: Value) throws -> String? {
        deploymentNames[try grant.fields("grant").integer("deploymentId", of: "grant")]
    }

    private mutating func grant(_ value: Value, at scope: Scope, of principal: Principal) throws -> Grant {
        let fields = try value.fields("grant")
        var grant = Grant(scope: scope, role: try role(fields))
        for location in fields["locationGrants"]?.array ?? [] {
            let fields = try location.fields("location grant")
            grant.locations[try fields.string("locationName", of: "location grant")] = try role(fields)
        }
        if let owner = fields["ownerDefinitionsRoleHandle"]?.object {
            directory.ownerRoles[Directory.Place(principal: principal, scope: scope)] = Directory.OwnerRole(
                grant: try owner.string("grant", of: "owner's role"),
                customRoleID: owner["customRoleId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            )
        }
        return grant
    }

    /// A role by word or id; what this program does not know keeps the organisation's own word, to be shown and left.
    private mutating func role(_ fields: Object) throws -> Role {
        let word = try fields.string("grant", of: "grant")
        if let role = RoleNames.role(for: word) { return role }
        if word == RoleNames.custom, let id = fields["customRoleId"]?.string {
            if let name = roleNames[id] { return .custom(name) }
            organization.unknownRoles.insert(id)
            return .custom(id)
        }
        organization.unknownRoles.insert(word)
        return .custom(word)
    }
}

extension Reading {
    /// The member of a union that was asked for; an error member is thrown with its message.
    static func member(_ value: Value, _ type: String, _ what: String) throws -> Object {
        let fields = try value.fields(what)
        let found = try fields.string("__typename", of: what)
        guard found != type else { return fields }
        throw APIError.refused(type: found, message: fields["message"]?.string ?? "without a message")
    }
}

extension Value {
    /// The members of an object that the schema promises.
    func fields(_ what: String) throws -> Object {
        guard let object else { throw APIError.incomplete(what) }
        return object
    }
}

extension Object {
    func string(_ name: String, of what: String) throws -> String {
        guard let string = self[name]?.string else { throw APIError.incomplete("\"\(name)\" of a \(what)") }
        return string
    }

    func integer(_ name: String, of what: String) throws -> Int {
        guard let integer = self[name]?.integer else { throw APIError.incomplete("\"\(name)\" of a \(what)") }
        return integer
    }

    func list(_ name: String, of what: String) throws -> [Value] {
        guard let list = self[name]?.array else { throw APIError.incomplete("\"\(name)\" of the \(what)") }
        return list
    }
}
