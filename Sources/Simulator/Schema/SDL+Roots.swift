extension SDL {
    /// Where operations begin.
    static let roots = """
        # The part of Dagster+'s GraphQL schema that is about who may do what.

        schema {
          query: CloudQuery
          mutation: CloudMutation
        }

        scalar GenericScalar

        type CloudQuery {
          version: String!
          workspace: WorkspaceQuery
          locationsAsDocument: LocationsAsDocument
          identity: DagsterCloudIdentity!
          organization: DagsterCloudOrganization!
          deployments: [DagsterCloudDeployment!]!
          currentDeployment: DagsterCloudDeployment!
          deploymentByName(name: String!): DeploymentOrError!
          fullDeployments: [DagsterCloudDeployment!]!
          branchDeployments(limit: Int!, pullRequestStatus: PullRequestStatus): BranchDeploymentsConnection!
          usersOrError: DagsterCloudUsersWithScopedPermissionGrantsOrError!
          teamPermissions: [DagsterCloudTeamPermissions!]!
          customRoles: [CustomRole!]!
          customRoleOrError(customRoleId: String!): CustomRoleOrError
          apiTokensOrError(tokenType: DagsterCloudApiTokenType!): ApiTokensOrError!
          planType: DagsterCloudPlanType!
          planAllowsAddingMoreUsers: Boolean!
          userCountsByHighestLevel: [UserCount!]!
          auditLog: AuditLogQuery
          scimSyncEnabled: Boolean!
          serviceUsersOrError: ServiceUsersWithScopedPermissionGrantsOrError!
          serviceUser(serviceUserId: String!): ServiceUserWithScopedPermissionGrantsOrError
        }

        type CloudMutation {
          createOrUpdateUserPermissions(
            userPermission: CreateOrUpdateCloudUserPermissionsInput!
          ): DagsterCloudUserWithScopedPermissionGrantsOrError!
          removeUserPermissions(
            userPermission: RemoveUserPermissionsInput!
          ): DagsterCloudUserWithScopedPermissionGrantsOrError!
          addUserToOrganization(email: String): AddUserToOrganizationMutationResult!
          removeUserFromOrganization(email: String): RemoveUserFromOrganizationMutationResult!
          createServiceUser(description: String, name: String!): CreateServiceUserResult!
          deleteServiceUser(serviceUserId: String!): DeleteServiceUserResult!
          createOrUpdateServiceUserPermissions(
            serviceUserPermission: CreateOrUpdateServiceUserPermissionsInput!
          ): ServiceUserWithScopedPermissionGrantsOrError!
          removeServiceUserPermissions(
            serviceUserPermission: RemoveServiceUserPermissionsInput!
          ): ServiceUserWithScopedPermissionGrantsOrError!
          createOrUpdateTeam(name: String!): CreateOrUpdateTeamMutationResult!
          renameTeam(name: String!, teamId: String!): RenameTeamResult!
          deleteTeam(teamId: String!): DeleteTeamMutationResult!
          createCustomRole(
            customRoleDeploymentScope: CustomRoleDeploymentScope!
            customRolePermissions: [CustomRolePermission!]!
            description: String!
            iconName: String!
            name: String!
          ): CreateOrUpdateCustomRoleMutationResult!
          updateCustomRole(
            customRoleId: String!
            customRolePermissions: [CustomRolePermission!]!
            description: String!
            iconName: String!
            name: String!
          ): CreateOrUpdateCustomRoleMutationResult!
          deleteCustomRole(customRoleId: String!): DeleteCustomRoleMutationResult!
          addMemberToTeam(memberId: Int!, teamId: String!): AddMemberToTeamMutationResult!
          removeMemberFromTeam(memberId: Int!, teamId: String!): RemoveMemberFromTeamMutationResult!
          createOrUpdateTeamPermission(
            customRoleId: String
            deploymentId: Int
            deploymentScope: PermissionDeploymentScope!
            grant: PermissionGrant!
            locationGrants: [LocationScopedGrantInput]
            ownerDefinitionsRole: GrantInput
            teamId: String!
          ): CreateOrUpdateTeamPermissionMutationResult!
          removeTeamPermission(
            deploymentId: Int
            deploymentScope: PermissionDeploymentScope!
            teamId: String!
          ): RemoveTeamPermissionMutationResult!
          setScimSyncEnabled(enabled: Boolean): SetScimSyncEnabledResult!
        }

        """
}
