internal import SCIM

extension MutationRoot {
    mutating func createRole(_ input: Arguments) throws(Problem) -> Node {
        try requireTeams()
        try checkName(input)
        let role = OwnRole(
            number: state.newNumber(),
            name: input.text("name"),
            description: input.text("description"),
            icon: input.text("iconName"),
            isOrganizational: input.text("customRoleDeploymentScope") == "ORGANIZATION",
            permissions: Self.permissions(input)
        )
        state.roles[role.id] = role
        return answer(role)
    }

    mutating func updateRole(_ input: Arguments) throws(Problem) -> Node {
        try requireTeams()
        let id = input.text("customRoleId")
        guard var role = state.roles[id] else { throw .python("Custom role \(id) not found") }
        try checkName(input, but: id)
        role.name = input.text("name")
        role.description = input.text("description")
        role.icon = input.text("iconName")
        role.permissions = Self.permissions(input)
        state.roles[id] = role
        return answer(role)
    }

    mutating func deleteRole(_ id: String) throws(Problem) -> Node {
        try requireTeams()
        guard state.roles[id] != nil else { throw .python("Custom role \(id) not found") }
        guard !state.isHeld(id) else { throw .roleInUse }
        state.roles[id] = nil
        return Node("DeleteCustomRoleSuccess") { $0 == "customRoleId" ? .text(id) : nil }
    }

    private func checkName(_ input: Arguments, but id: String? = nil) throws(Problem) {
        let name = input.text("name")
        guard !name.isEmpty else { throw .python("Custom role name cannot be empty") }
        if let other = state.role(named: name), other.id != id { throw .python("Custom role \(name) already exists") }
    }

    private static func permissions(_ input: Arguments) -> [String] {
        Set(input["customRolePermissions"]?.array?.compactMap(\.string) ?? []).sorted()
    }

    private func answer(_ role: OwnRole) -> Node {
        let node = nodes.customRole(role)
        return Node("CreateOrUpdateCustomRoleSuccess") { $0 == "customRole" ? .node(node) : nil }
    }
}
