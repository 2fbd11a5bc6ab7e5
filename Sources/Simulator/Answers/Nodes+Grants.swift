extension Nodes {
    /// The fields that every holder of grants has.
    func grants(_ grants: [GrantPlace: WireGrant], _ field: String) -> Resolved? {
        switch field {
        case "organizationPermissionGrant": .node(grants[.organization].map { grant($0, at: .organization) })
        case "allBranchDeploymentsPermissionGrant":
            .node(grants[.allBranchDeployments].map { grant($0, at: .allBranchDeployments) })
        case "deploymentPermissionGrants":
            .nodes(listed(grants) { if case .deployment = $0 { true } else { false } })
        case "perBaseBranchDeploymentsPermissionGrants":
            .nodes(listed(grants) { if case .branchDeployments = $0 { true } else { false } })
        default: nil
        }
    }

    private func listed(_ grants: [GrantPlace: WireGrant], _ isWanted: (GrantPlace) -> Bool) -> [Node] {
        grants.filter { isWanted($0.key) }.sorted { $0.key < $1.key }.map { grant($0.value, at: $0.key) }
    }

    private func grant(_ grant: WireGrant, at place: GrantPlace) -> Node {
        Node("DagsterCloudScopedPermissionGrant") { field in
            switch field {
            case "id": .integer(grant.id)
            case "organizationId": .integer(SimulatedState.organizationID)
            case "deploymentId": .integer(place.deploymentID)
            case "grant": enumeration(grant.role.grant)
            case "customRoleId": .text(grant.role.customRoleID)
            case "locationGrants": .nodes(omitsLocations ? [] : locations(of: grant))
            case "deploymentScope": .text(place.scopeName)
            case "ownerDefinitionsRoleHandle":
                .node(grant.ownerDefinitionsRole.map { role("PermissionRoleHandle", $0) })
            default: nil
            }
        }
    }

    private func locations(of grant: WireGrant) -> [Node] {
        grant.locations.sorted { $0.key < $1.key }.map { role("LocationScopedGrant", $0.value, location: $0.key) }
    }

    private func role(_ type: String, _ role: WireRole, location: String? = nil) -> Node {
        Node(type) { field in
            switch field {
            case "locationName": .text(location)
            case "grant": enumeration(role.grant)
            case "customRoleId": .text(role.customRoleID)
            default: nil
            }
        }
    }
}
