internal import SCIM

extension Nodes {
    /// The deployments that are not only branches, by id.
    var deployments: [Node] { state.deployments.values.sorted { $0.id < $1.id }.map { deployment($0) } }

    func deployment(_ deployment: Deployment) -> Node {
        Node("DagsterCloudDeployment") { field in
            switch field {
            case "organizationId": .integer(SimulatedState.organizationID)
            case "organizationName": .text(state.name)
            case "organizationStatus": .text("ACTIVE")
            case "deploymentId": .integer(deployment.id)
            case "deploymentName": .text(deployment.name)
            case "deploymentStatus": .text(deployment.isPendingDeletion ? "PENDING_DELETION" : "ACTIVE")
            case "deploymentType": .text("PRODUCTION")
            case "workspaceEntries": .nodes(workspaceEntries(deployment))
            case "isBranchDeployment": .bool(false)
            case "agentType": enumeration("HYBRID")
            case "parentDeployment": .null
            case "canHaveBranchDeployments", "canEditDeploymentSettings", "canEditDeploymentPermissions",
                "canDeleteDeployment", "canAccessDeployment":
                .bool(true)
            default: nil
            }
        }
    }

    func workspaceEntries(_ deployment: Deployment) -> [Node] {
        deployment.locations.sorted().map { name in
            Node("WorkspaceEntry") { field in
                switch field {
                case "locationName": .text(name)
                case "serializedDeploymentMetadata": .text("{}")
                case "metadataTimestamp", "dataUpdatedTimestamp", "sandboxSavedTimestamp": .null
                case "hasOutdatedData", "hasLoadError": .bool(false)
                case "canEditCodeLocationPermissions": .bool(true)
                default: nil
                }
            }
        }
    }

    func workspace(_ deployment: Deployment) -> Node {
        Node("WorkspaceQuery") { $0 == "workspaceEntries" ? .nodes(workspaceEntries(deployment)) : nil }
    }

    /// Locations as the command line of Dagster+ lists them.
    func locationsAsDocument(_ deployment: Deployment) -> Node {
        let locations = deployment.locations.sorted().map { Value.object(["location_name": .string($0)]) }
        return Node("LocationsAsDocument") { $0 == "document" ? .leaf(["locations": .array(locations)]) : nil }
    }

    func organization(isReadable: Bool) -> Node {
        Node("DagsterCloudOrganization") { field in
            switch field {
            case "id": .integer(SimulatedState.organizationID)
            case "publicId", "name": .text(state.name)
            case "status": .text("ACTIVE")
            case "usersOrError": .node(isReadable ? userList : Problem.unauthorized.node)
            default: nil
            }
        }
    }

    private var userList: Node {
        Node("DagsterCloudUserList") { $0 == "users" ? .nodes(listed(withOwner: true).map(user)) : nil }
    }

    func customRole(_ role: OwnRole) -> Node {
        Node("CustomRole") { field in
            switch field {
            case "id": .text(role.id)
            case "name": .text(role.name)
            case "description": .text(role.description)
            case "iconName": .text(role.icon)
            case "permissions": .list(role.permissions.map(enumeration))
            case "deploymentScope": .text(role.isOrganizational ? "ORGANIZATION" : "DEPLOYMENT")
            default: nil
            }
        }
    }

    var customRoles: [Node] { state.roles.values.sorted { $0.number < $1.number }.map(customRole) }

    func serviceUser(_ serviceUser: ServiceUser) -> Node {
        let identity = Node("ServiceUser") { field in
            switch field {
            case "id": .text(serviceUser.id)
            case "name": .text(serviceUser.name)
            case "description": .text(serviceUser.description)
            case "organizationId": .integer(SimulatedState.organizationID)
            default: nil
            }
        }
        return Node("ServiceUserWithScopedPermissionGrants") { field in
            switch field {
            case "id": .text(serviceUser.id)
            case "serviceUser": .node(identity)
            case "licensedRole": .null
            default: grants(serviceUser.grants, field)
            }
        }
    }

    var serviceUsers: [Node] { state.serviceUsers.values.sorted { $0.number < $1.number }.map(serviceUser) }
}
