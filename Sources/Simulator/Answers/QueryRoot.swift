/// Answers what is read.
struct QueryRoot: Root {
    let nodes: Nodes
    let caller: Caller
    /// The person who calls, if it is one.
    let person: Person?
    /// The deployment to whose address the request went.
    let deployment: Deployment?
    let schema: Schema

    private var state: SimulatedState { nodes.state }

    func resolve(_ field: String, _ arguments: Arguments) throws(GraphQLError) -> Resolved? {
        switch field {
        case "version": .text("simulated")
        case "workspace": .node(deployment.map(nodes.workspace))
        case "locationsAsDocument": .node(deployment.map(nodes.locationsAsDocument))
        case "identity": .node(nodes.identity(of: caller, person: person, in: deployment))
        case "organization": .node(nodes.organization(isReadable: caller.reads))
        case "currentDeployment": try .node(current())
        case "deployments", "fullDeployments": .nodes(nodes.deployments)
        case "deploymentByName": .node(deployment(named: arguments.text("name")))
        case "branchDeployments": .node(Node("BranchDeploymentsConnection") { $0 == "nodes" ? .list([]) : nil })
        case "planType": nodes.enumeration(state.plan)
        case "planAllowsAddingMoreUsers": .bool(state.hasFreeSeat)
        case "scimSyncEnabled": .bool(state.isSCIMSyncOn)
        case "auditLog": .node(nodes.auditLog(isReadable: caller.administers))
        case "__schema": .node(Introspection(schema).root)
        case "__type": .node(Introspection(schema).type(arguments.text("name")))
        default: try resolveMembers(field, arguments)
        }
    }

    /// The lists of people, teams, roles and service users.
    private func resolveMembers(_ field: String, _ arguments: Arguments) throws(GraphQLError) -> Resolved? {
        switch field {
        case "usersOrError": .node(caller.reads ? users : Problem.unauthorized.node)
        case "userCountsByHighestLevel": try .nodes(readable { nodes.userCounts })
        case "teamPermissions": try .nodes(readable { nodes.teams })
        case "customRoles": try .nodes(readable { nodes.customRoles })
        case "customRoleOrError": .node(customRole(arguments.text("customRoleId")))
        case "serviceUsersOrError": .node(caller.administers ? serviceUsers : Problem.unauthorized.node)
        case "serviceUser": .node(serviceUser(arguments.text("serviceUserId")))
        case "apiTokensOrError": .node(apiTokens)
        default: nil
        }
    }

    /// What only readers may see, where the schema has no place for an error beside it.
    private func readable(_ nodes: () -> [Node]) throws(GraphQLError) -> [Node] {
        guard caller.reads else { throw GraphQLError(Problem.unauthorized.message, isServerFault: true) }
        return nodes()
    }

    private func current() throws(GraphQLError) -> Node {
        guard let deployment else {
            throw GraphQLError("There is no current deployment at this address", isServerFault: true)
        }
        return nodes.deployment(deployment)
    }

    private func deployment(named name: String) -> Node {
        state.deployment(named: name).map { nodes.deployment($0) } ?? Problem.deploymentNotFound(name).node
    }

    private var users: Node {
        Node("DagsterCloudUsersWithScopedPermissionGrants") { field in
            switch field {
            case "users": .nodes(nodes.listed(withOwner: false).map(nodes.userWithGrants))
            case "userCountsByHighestLevel": .nodes(nodes.userCounts)
            default: nil
            }
        }
    }

    private func customRole(_ id: String) -> Node {
        guard caller.reads else { return Problem.unauthorized.node }
        return state.roles[id].map(nodes.customRole) ?? Problem.customRoleNotFound.node
    }

    private var serviceUsers: Node {
        Node("ServiceUsersWithScopedPermissionGrants") { $0 == "serviceUsers" ? .nodes(nodes.serviceUsers) : nil }
    }

    private func serviceUser(_ id: String) -> Node {
        guard caller.administers else { return Problem.unauthorized.node }
        return state.serviceUsers[id].map(nodes.serviceUser) ?? Problem.serviceUserNotFound(id).node
    }

    /// There are none: the simulator has no SCIM of its own.
    private var apiTokens: Node {
        guard caller.administers else { return Problem.unauthorized.node }
        return Node("DagsterCloudApiTokens") { $0 == "tokens" ? .list([]) : nil }
    }
}
