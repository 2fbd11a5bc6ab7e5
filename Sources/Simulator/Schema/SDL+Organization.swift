extension SDL {
    /// The organisation, its deployments, custom roles, tokens and audit log.
    static let organization = """
        # The organisation, its deployments, custom roles, tokens and audit log

        type CustomRole {
          id: String!
          name: String!
          description: String!
          iconName: String!
          permissions: [CustomRolePermission!]!
          deploymentScope: CustomRoleDeploymentScope!
        }

        type CreateOrUpdateCustomRoleSuccess { customRole: CustomRole! }
        union CreateOrUpdateCustomRoleMutationResult = CreateOrUpdateCustomRoleSuccess | PythonError | UnauthorizedError
        type DeleteCustomRoleSuccess { customRoleId: String! }

        union DeleteCustomRoleMutationResult =
          | DeleteCustomRoleSuccess
          | PythonError
          | UnauthorizedError
          | CustomRoleInUseError

        type SetScimSyncEnabledSuccess { enabled: Boolean! }
        union SetScimSyncEnabledResult = SetScimSyncEnabledSuccess | PythonError | UnauthorizedError

        type WorkspaceEntry {
          locationName: String!
          serializedDeploymentMetadata: String!
          metadataTimestamp: Float
          dataUpdatedTimestamp: Float
          hasOutdatedData: Boolean!
          hasLoadError: Boolean!
          canEditCodeLocationPermissions: Boolean!
          sandboxSavedTimestamp: Float
        }

        type WorkspaceQuery { workspaceEntries: [WorkspaceEntry!]! }
        type LocationsAsDocument { document: GenericScalar }

        type DagsterCloudDeployment {
          organizationId: Int!
          organizationName: String!
          organizationStatus: OrganizationStatus!
          deploymentId: Int!
          deploymentName: String!
          deploymentStatus: DeploymentStatus!
          deploymentType: DagsterCloudDeploymentType!
          workspaceEntries(agentQueues: [String]): [WorkspaceEntry!]!
          isBranchDeployment: Boolean!
          agentType: DeploymentAgentType!
          parentDeployment: DagsterCloudDeployment
          canHaveBranchDeployments: Boolean!
          canEditDeploymentSettings: Boolean!
          canEditDeploymentPermissions: Boolean!
          canDeleteDeployment: Boolean!
          canAccessDeployment: Boolean!
        }

        type BranchDeploymentsConnection { nodes: [DagsterCloudDeployment!]! }

        type DagsterCloudOrganization {
          id: Int!
          publicId: String!
          name: String!
          status: OrganizationStatus!
          usersOrError: DagsterCloudUserListOrError!
        }

        type DagsterCloudPermission {
          permission: String!
          value: Boolean!
          disabledReason: String
        }

        type DagsterCloudFeatureGate {
          key: FeatureGateKey!
          value: GenericScalar
        }

        type DagsterCloudIdentity {
          viewer: DagsterCloudUser
          currentDeployment: DagsterCloudDeployment
          permissions: [DagsterCloudPermission!]!
          featureGates: [DagsterCloudFeatureGate!]!
        }

        type DagsterCloudApiToken {
          id: ID!
          token: String!
          tokenType: DagsterCloudApiTokenType!
          createdBy: DagsterCloudUser
          createTimestamp: Float
          revoked: Boolean!
          revokedBy: DagsterCloudUser
          revokeTimestamp: Float
          description: String
        }

        type DagsterCloudApiTokens { tokens: [DagsterCloudApiToken!]! }

        type AuditLogEntry {
          id: String!
          eventType: AuditLogEventType!
          authorUserEmail: String
          authorAgentTokenId: String
          eventMetadata: GenericScalar
          timestamp: Float!
          deploymentName: String
          branchDeploymentName: String
        }

        input AuditLogFilters {
          beforeDatetime: Float
          afterDatetime: Float
          eventTypes: [AuditLogEventType!]
          deploymentNames: [String!]
          userEmails: [String!]
          isBranchDeployment: Boolean
        }

        type AuditLogQuery {
          enabled: Boolean!
          auditLogEntries(limit: Int, cursor: String, filters: AuditLogFilters): [AuditLogEntry!]
        }

        """
}
