internal import Access
internal import Reconcile
internal import YAML

/// Turns an organisation into the value that its file holds.
struct OrganizationWriter {
    let organization: Organization

    init(_ organization: Organization) { self.organization = organization }

    var value: Value {
        var fields: [Field] = []
        if let name = organization.name { fields.append(Field("organization", .text(name))) }
        fields.append(Field("deployments", map(organization.deployments, deployment)))
        if !organization.users.isEmpty { fields.append(Field("users", users)) }
        if !organization.teams.isEmpty { fields.append(Field("teams", map(organization.teams, team))) }
        if !organization.roles.isEmpty {
            fields.append(Field("roles", CustomRoleFields.value(of: organization.roles)))
        }
        return .map(fields)
    }

    private var users: Value {
        let users = organization.users.sorted { $0.key < $1.key }.map { _, user in
            Field(user.email, user.grants.isEmpty ? .map([]) : .map([grants(user.grants)]))
        }
        return .map(users)
    }

    private func deployment(_ deployment: DeploymentState) -> Value {
        let locations = (deployment.locations ?? []).sorted()
        return locations.isEmpty ? .map([]) : .map([Field("locations", .texts(locations))])
    }

    private func team(_ team: TeamState) -> Value {
        var fields: [Field] = []
        let members = team.members.sorted().map { organization.users[$0]?.email ?? $0 }
        if !members.isEmpty { fields.append(Field("members", .texts(members))) }
        if !team.grants.isEmpty { fields.append(grants(team.grants)) }
        return .map(fields)
    }

    private func grants(_ grants: [Scope: Grant]) -> Field {
        Field("grants", GrantFields.value(of: grants.values))
    }

    private func map<Element>(_ elements: [String: Element], _ value: (Element) -> Value) -> Value {
        .map(elements.sorted { $0.key < $1.key }.map { Field($0.key, value($0.value)) })
    }
}
