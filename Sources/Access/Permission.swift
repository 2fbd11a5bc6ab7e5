/// What a custom role can allow, by Dagster+'s own names (`CustomRolePermission` of its GraphQL schema).
package enum Permission: String, Hashable, Sendable, CaseIterable {
    case editInsightsMetrics = "EDIT_INSIGHTS_METRICS"
    case editUsersAndTeams = "EDIT_USERS_AND_TEAMS"
    case editCustomRoles = "EDIT_CUSTOM_ROLES"
    case manageSSOAndSCIM = "MANAGE_SSO_AND_SCIM"
    case readAndEditAgentTokens = "READ_AND_EDIT_AGENT_TOKENS"
    case readAndEditAllUserTokens = "READ_AND_EDIT_ALL_USER_TOKENS"
    case manageServiceUsers = "MANAGE_SERVICE_USERS"
    case manageBilling = "MANAGE_BILLING"
    case manageFullDeployments = "MANAGE_FULL_DEPLOYMENTS"
    case readAuditLog = "READ_AUDIT_LOG"
    case editCodeLocations = "EDIT_CODE_LOCATIONS"
    case redeployCodeLocations = "REDEPLOY_CODE_LOCATIONS"
    case editAlerts = "EDIT_ALERTS"
    case toggleSchedules = "TOGGLE_SCHEDULES"
    case toggleSensors = "TOGGLE_SENSORS"
    case editSensorCursors = "EDIT_SENSOR_CURSORS"
    case editDeploymentSettings = "EDIT_DEPLOYMENT_SETTINGS"
    case editDeploymentPermissions = "EDIT_DEPLOYMENT_PERMISSIONS"
    case editDynamicPartitions = "EDIT_DYNAMIC_PARTITIONS"
    case startAndStopRuns = "START_AND_STOP_RUNS"
    case deleteRuns = "DELETE_RUNS"
    case wipeAssets = "WIPE_ASSETS"
    case readSecretValues = "READ_SECRET_VALUES"
    case editSecrets = "EDIT_SECRETS"
    case reportAssetEvents = "REPORT_ASSET_EVENTS"
    case editConcurrencyLimits = "EDIT_CONCURRENCY_LIMITS"
    case editAllCatalogViews = "EDIT_ALL_CATALOG_VIEWS"
    case editOtherUsersCatalogViews = "EDIT_OTHER_USERS_CATALOG_VIEWS"
    case manageBranchDeployments = "MANAGE_BRANCH_DEPLOYMENTS"
    case editExternalAssetConnections = "EDIT_EXTERNAL_ASSET_CONNECTIONS"
    case editIssues = "EDIT_ISSUES"
    case editAppManagedComponents = "EDIT_APP_MANAGED_COMPONENTS"
    case editAppManagedRepoBinding = "EDIT_APP_MANAGED_REPO_BINDING"
    case refreshComponentState = "REFRESH_COMPONENT_STATE"
}

extension Permission: Comparable {
    /// By name.
    package static func < (left: Permission, right: Permission) -> Bool { left.rawValue < right.rawValue }
}

extension Permission: CustomStringConvertible {
    /// The permission's name in Dagster+.
    package var description: String { rawValue }
}
