extension SDL {
    /// What a mutation or a list may be instead.
    static let errors = """
        # What a mutation or a list may be instead

        interface Error { message: String! }

        type ErrorChainLink implements Error {
          message: String!
          error: PythonError!
          isExplicitLink: Boolean!
        }

        type PythonError implements Error {
          message: String!
          className: String
          stack: [String!]!
          cause: PythonError
          causes: [PythonError!]!
          errorChain: [ErrorChainLink!]!
        }

        type UnauthorizedError implements Error { message: String! }
        type UserLimitError implements Error { message: String! }
        type UserNotFoundError implements Error { message: String! }
        type CantRemoveAllAdminsError implements Error { message: String! }
        type CustomRoleInUseError implements Error { message: String! }
        type CustomRoleNotFoundError implements Error { message: String! }
        type DeploymentNotFoundError implements Error { message: String! }
        type DuplicateDeploymentError implements Error { message: String! }
        type DeploymentLimitError implements Error { message: String! }
        type DeleteFinalDeploymentError implements Error { message: String! }
        type DagsterCloudTokenNotFoundError implements Error { message: String! }

        type ServiceUserNotFoundError implements Error {
          message: String!
          serviceUserId: String!
        }

        type ServiceUserNameConflictError implements Error {
          message: String!
          existingName: String!
        }

        type ServiceTokenNotFoundError implements Error {
          message: String!
          serviceTokenId: String!
        }

        union DagsterCloudUserListOrError =
          | DagsterCloudUserList
          | CantRemoveAllAdminsError
          | UserNotFoundError
          | UnauthorizedError
          | UserLimitError
          | PythonError

        union DagsterCloudUsersWithScopedPermissionGrantsOrError =
          | DagsterCloudUsersWithScopedPermissionGrants
          | UnauthorizedError
          | PythonError

        union DagsterCloudUserWithScopedPermissionGrantsOrError =
          | DagsterCloudUserWithScopedPermissionGrants
          | CantRemoveAllAdminsError
          | UserNotFoundError
          | UnauthorizedError
          | UserLimitError
          | PythonError

        union CustomRoleOrError = CustomRole | CustomRoleNotFoundError | UnauthorizedError | PythonError
        union DeploymentOrError = DagsterCloudDeployment | DeploymentNotFoundError | PythonError | UnauthorizedError

        union ServiceUsersWithScopedPermissionGrantsOrError =
          | ServiceUsersWithScopedPermissionGrants
          | UnauthorizedError
          | PythonError

        union ServiceUserWithScopedPermissionGrantsOrError =
          | ServiceUserWithScopedPermissionGrants
          | ServiceUserNotFoundError
          | UnauthorizedError
          | PythonError

        union ApiTokensOrError = DagsterCloudApiTokens | PythonError | UnauthorizedError

        """
}
