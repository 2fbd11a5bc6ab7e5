extension SDL {
    /// Users, teams and service users.
    static let people = """
        # Users, teams and service users

        type DagsterCloudUser {
          id: ID!
          userId: Int!
          email: String!
          name: String
          firstName: String
          lastName: String
          picture: String
          isScimProvisioned: Boolean!
        }

        type DagsterCloudUserList { users: [DagsterCloudUser!]! }

        type UserCount {
          count: Int!
          userType: PermissionGrant!
        }

        type DagsterCloudUserWithScopedPermissionGrants implements ScopedPermissionGrantInterface {
          organizationPermissionGrant: DagsterCloudScopedPermissionGrant
          allBranchDeploymentsPermissionGrant: DagsterCloudScopedPermissionGrant
          perBaseBranchDeploymentsPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          deploymentPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          licensedRole: PermissionGrant
          id: String!
          user: DagsterCloudUser!
        }

        type DagsterCloudUsersWithScopedPermissionGrants {
          users: [DagsterCloudUserWithScopedPermissionGrants!]!
          userCountsByHighestLevel: [UserCount!]!
        }

        type AddUserToOrganizationSuccess {
          email: String!
          userWithGrants: DagsterCloudUserWithScopedPermissionGrants!
        }

        union AddUserToOrganizationMutationResult =
          | AddUserToOrganizationSuccess
          | PythonError
          | UnauthorizedError
          | UserLimitError

        type RemoveUserFromOrganizationSuccess { email: String! }

        union RemoveUserFromOrganizationMutationResult =
          | RemoveUserFromOrganizationSuccess
          | PythonError
          | UnauthorizedError
          | CantRemoveAllAdminsError

        type DagsterCloudTeam {
          id: String!
          name: String!
          members: [DagsterCloudUser!]!
        }

        type DagsterCloudTeamPermissions {
          id: String!
          team: DagsterCloudTeam!
          organizationPermissionGrant: DagsterCloudScopedPermissionGrant
          allBranchDeploymentsPermissionGrant: DagsterCloudScopedPermissionGrant
          perBaseBranchDeploymentsPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          deploymentPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
        }

        type CreateOrUpdateTeamSuccess { team: DagsterCloudTeam! }
        union CreateOrUpdateTeamMutationResult = CreateOrUpdateTeamSuccess | PythonError | UnauthorizedError
        union RenameTeamResult = DagsterCloudTeam | PythonError | UnauthorizedError
        type DeleteTeamSuccess { teamId: String! }
        union DeleteTeamMutationResult = DeleteTeamSuccess | PythonError | UnauthorizedError
        type AddMemberToTeamSuccess { team: DagsterCloudTeam! }
        union AddMemberToTeamMutationResult = AddMemberToTeamSuccess | PythonError | UnauthorizedError | UserLimitError
        type RemoveMemberFromTeamSuccess { team: DagsterCloudTeam! }
        union RemoveMemberFromTeamMutationResult = RemoveMemberFromTeamSuccess | PythonError | UnauthorizedError
        type CreateOrUpdateTeamPermissionSuccess { teamPermissions: DagsterCloudTeamPermissions! }

        union CreateOrUpdateTeamPermissionMutationResult =
          | CreateOrUpdateTeamPermissionSuccess
          | PythonError
          | UnauthorizedError
          | UserLimitError

        type RemoveTeamPermissionSuccess { teamPermissions: DagsterCloudTeamPermissions! }

        union RemoveTeamPermissionMutationResult =
          | RemoveTeamPermissionSuccess
          | PythonError
          | UnauthorizedError
          | CantRemoveAllAdminsError

        type ServiceUser {
          id: String!
          name: String!
          description: String
          organizationId: Int!
        }

        type ServiceUserWithScopedPermissionGrants implements ScopedPermissionGrantInterface {
          organizationPermissionGrant: DagsterCloudScopedPermissionGrant
          allBranchDeploymentsPermissionGrant: DagsterCloudScopedPermissionGrant
          perBaseBranchDeploymentsPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          deploymentPermissionGrants: [DagsterCloudScopedPermissionGrant!]!
          licensedRole: PermissionGrant
          id: String!
          serviceUser: ServiceUser!
        }

        type ServiceUsersWithScopedPermissionGrants { serviceUsers: [ServiceUserWithScopedPermissionGrants!]! }

        union CreateServiceUserResult =
          | ServiceUserWithScopedPermissionGrants
          | ServiceUserNameConflictError
          | UnauthorizedError
          | PythonError

        type DeleteServiceUserSuccess { success: Boolean! }

        union DeleteServiceUserResult =
          | DeleteServiceUserSuccess
          | ServiceUserNotFoundError
          | UnauthorizedError
          | PythonError

        """
}
