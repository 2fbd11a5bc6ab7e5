extension SDL {
    /// Grants: a role at a scope, and on code locations.
    static let grants = """
        # Grants: a role at a scope, and on code locations

        type PermissionRoleHandle {
          grant: PermissionGrant!
          customRoleId: String
        }

        type LocationScopedGrant {
          locationName: String!
          grant: PermissionGrant!
          customRoleId: String
        }

        input LocationScopedGrantInput {
          locationName: String!
          grant: PermissionGrant!
          customRoleId: String
        }

        input GrantInput {
          grant: PermissionGrant!
          customRoleId: String
        }

        type DagsterCloudScopedPermissionGrant {
          id: Int!
          organizationId: Int!
          deploymentId: Int
          grant: PermissionGrant!
          customRoleId: String
          locationGrants: [LocationScopedGrant!]!
          deploymentScope: PermissionDeploymentScope!
          ownerDefinitionsRoleHandle: PermissionRoleHandle
        }

        interface ScopedPermissionGrantInterface {
          organizationPermissionGrant: DagsterCloudScopedPermissionGrant
          allBranchDeploymentsPermissionGrant: DagsterCloudScopedPermissionGrant
          perBaseBranchDeploymentsPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          deploymentPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          licensedRole: PermissionGrant
        }

        type DagsterCloudScopedPermissionGrants {
          organizationPermissionGrant: DagsterCloudScopedPermissionGrant
          allBranchDeploymentsPermissionGrant: DagsterCloudScopedPermissionGrant
          perBaseBranchDeploymentsPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          deploymentPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
        }

        input CreateOrUpdateCloudUserPermissionsInput {
          email: String!
          deploymentId: Int
          grant: PermissionGrant!
          customRoleId: String
          locationGrants: [LocationScopedGrantInput]
          deploymentScope: PermissionDeploymentScope!
          ownerDefinitionsRole: GrantInput
        }

        input RemoveUserPermissionsInput {
          email: String!
          deploymentId: Int
          deploymentScope: PermissionDeploymentScope!
        }

        input CreateOrUpdateServiceUserPermissionsInput {
          serviceUserId: String!
          deploymentId: Int
          grant: PermissionGrant!
          customRoleId: String
          locationGrants: [LocationScopedGrantInput]
          deploymentScope: PermissionDeploymentScope!
          ownerDefinitionsRole: GrantInput
        }

        input RemoveServiceUserPermissionsInput {
          serviceUserId: String!
          deploymentId: Int
          deploymentScope: PermissionDeploymentScope!
        }

        """
}
