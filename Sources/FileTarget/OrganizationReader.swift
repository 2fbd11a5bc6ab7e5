internal import Access
internal import Reconcile
internal import YAML

/// Reads an organisation from its file, and checks that it is one.
struct OrganizationReader {
    private var reader: DocumentReader
    private var result = Organization()
    /// Whether the file says who is a member; else the teams do.
    private var statesUsers = false

    init(file: String) { reader = DocumentReader(file: file) }

    var diagnostics: [Diagnostic] { reader.diagnostics.sorted() }

    var hasErrors: Bool { reader.hasErrors }

    mutating func organization(_ bytes: [UInt8]) -> Organization? {
        reader.root(bytes, limit: Reader.wholeLimit).flatMap { organization($0) }
    }

    mutating func organization(_ root: Node) -> Organization? {
        guard let fields = reader.fields(of: root, what: "the organization", known: OrganizationFile.keys)
        else { return nil }
        if let name = fields["organization"] {
            result.name = reader.text(name.value, what: "\"organization\"")?.value
        }
        if let deployments = fields["deployments"] {
            readDeployments(deployments)
        } else {
            let hint = "write \"deployments: {}\" for an organization without any"
            reader.error("no \"deployments\" in the organization", at: root.place, hint: hint)
        }
        if let roles = fields["roles"] {
            result.roles = CustomRoleFields.read(roles.value, &reader).mapValues(\.withoutPlace)
        }
        statesUsers = fields["users"] != nil
        if let users = fields["users"] { readUsers(users) }
        if let teams = fields["teams"] { readTeams(teams) }
        return result
    }

    private mutating func readDeployments(_ field: Entry) {
        for entry in reader.entries(of: field.value, what: "\"deployments\"") ?? [] {
            let fields = reader.fields(of: entry.value, what: "a deployment", known: ["locations"])
            let locations = fields?["locations"].flatMap { reader.texts($0.value, what: "\"locations\"") } ?? []
            result.deployments[entry.key] = DeploymentState(locations: Set(locations.map(\.value)))
        }
    }

    private mutating func readUsers(_ field: Entry) {
        for entry in reader.entries(of: field.value, what: "\"users\"") ?? [] {
            let key = ResolutionPolicy.Identity.key(ofEmail: entry.key)
            if let other = result.users[key] {
                reader.error("user \"\(entry.key)\" stands here twice, first as \"\(other.email)\"", at: entry.keyPlace)
                continue
            }
            guard let fields = reader.fields(of: entry.value, what: "a user", known: ["grants"]) else { continue }
            result.users[key] = UserState(email: entry.key, grants: grants(fields["grants"]))
        }
    }

    private mutating func readTeams(_ field: Entry) {
        for entry in reader.entries(of: field.value, what: "\"teams\"") ?? [] {
            let fields = reader.fields(of: entry.value, what: "a team", known: ["members", "grants"])
            guard let fields else { continue }
            result.teams[entry.key] = TeamState(members: members(fields["members"]), grants: grants(fields["grants"]))
        }
    }

    private mutating func members(_ field: Entry?) -> Set<String> {
        guard let field else { return [] }
        var members: Set<String> = []
        for name in reader.texts(field.value, what: "\"members\"") ?? [] {
            let key = ResolutionPolicy.Identity.key(ofEmail: name.value)
            if result.users[key] == nil {
                guard !statesUsers else {
                    refuseMember(name)
                    continue
                }
                result.users[key] = UserState(email: name.value)
            }
            members.insert(key)
        }
        return members
    }

    private mutating func refuseMember(_ name: Located<String>) {
        let closest = Suggestion.closest(to: name.value, among: result.users.values.map(\.email).sorted())
        let hint = closest.map { "did you mean \"\($0)\"?" } ?? "a team's members are listed under \"users\", too"
        reader.error("member \"\(name.value)\" is not one of the users", at: name.place, hint: hint)
    }

    private mutating func grants(_ field: Entry?) -> [Scope: Grant] {
        guard let field, let rules = GrantFields.read(field.value, allowsExpiry: false, &reader) else { return [:] }
        var grants: [Scope: Grant] = [:]
        for rule in rules {
            check(rule)
            grants[rule.grant.scope] = rule.grant
        }
        return grants
    }

    private mutating func check(_ rule: GrantRule) {
        if let name = rule.grant.scope.deploymentName, result.deployments[name] == nil {
            let closest = Suggestion.closest(to: name, among: result.deployments.keys.sorted())
            let hint = closest.map { "did you mean \"\($0)\"?" }
            reader.error("the organization has no deployment \"\(name)\"", at: rule.scopePlace, hint: hint)
        }
        for case .custom(let name) in rule.grant.roles where result.roles[name] == nil {
            let names = Role.builtIn.map(\.name) + result.roles.keys.sorted()
            let hint = Suggestion.closest(to: name, among: names).map { "did you mean \"\($0)\"?" }
            reader.error(
                "role \"\(name)\" is neither a Dagster+ role nor one of the organization's",
                at: rule.rolePlace,
                hint: hint ?? "known roles: \(names.joined(separator: ", "))"
            )
        }
    }
}
