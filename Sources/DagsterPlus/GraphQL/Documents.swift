/// Every operation that the program sends, in one place.
package enum Documents {
    /// All of them, in every form that a server may be sent.
    package static var all: [Document] {
        let lesser: [Features] = [
            .all, Features.all.subtracting(.ownerRoles), Features.all.subtracting(.perBase),
            Features.all.subtracting([.ownerRoles, .customRoles]), [],
        ]
        let forms = lesser.flatMap { features in queries(features) + grantMutations(features) }
        return (forms + plainMutations).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func queries(_ features: Features) -> [Document] {
        [setting(features), deployments, people(features), teams(features), roles(features), locations].compactMap {
            $0
        }
    }

    private static func grantMutations(_ features: Features) -> [Document] {
        [putTeamGrant(features), putUserGrant, dropTeamGrant, dropUserGrant]
    }

    private static let plainMutations = [
        inviteUser, removeUser, ensureTeam, renameTeam, deleteTeam, addMember, removeMember, createRole, updateRole,
        deleteRole,
    ]

    /// The message of whatever error there is: each of them has one.
    static let error = "... on Error { message }"
}

// What is read.
extension Documents {
    /// Who asks, what may be done, and what the organisation's plan allows.
    static func setting(_ features: Features) -> Document {
        let seats = features.contains(.seats) ? "planAllowsAddingMoreUsers" : ""
        return query(
            "RosterOrganization",
            """
            organization { name status }
            identity { viewer { userId email } permissions { permission value } featureGates { key value } }
            planType \(seats)
            scimSyncEnabled
            """
        )
    }

    static let deployments = query(
        "RosterDeployments",
        "fullDeployments { deploymentId deploymentName deploymentStatus deploymentType }"
    )

    /// Both lists of people: the owner may be missing from the one that has the grants.
    static func people(_ features: Features) -> Document {
        query(
            "RosterPeople",
            """
            organization { usersOrError { __typename ... on DagsterCloudUserList { users { userId email } } \(error) } }
            usersOrError {
              __typename
              ... on DagsterCloudUsersWithScopedPermissionGrants { users { user { userId email } \(grants(features)) } }
              \(error)
            }
            """,
            grant(features)
        )
    }

    static func teams(_ features: Features) -> Document {
        query(
            "RosterTeams",
            "teamPermissions { team { id name members { userId email } } \(grants(features)) }",
            grant(features)
        )
    }

    /// Custom roles and service users; nil for a server that has neither.
    static func roles(_ features: Features) -> Document? {
        var fields: [String] = []
        if features.contains(.customRoles) {
            fields.append("customRoles { id name description iconName permissions deploymentScope }")
        }
        if features.contains(.serviceUsers) {
            fields.append(
                """
                serviceUsersOrError {
                  __typename
                  ... on ServiceUsersWithScopedPermissionGrants { serviceUsers { serviceUser { name } } }
                  \(error)
                }
                """
            )
        }
        return fields.isEmpty ? nil : query("RosterRoles", fields.joined(separator: "\n"))
    }

    /// The code locations of the deployment at whose address it is asked.
    static let locations = query("RosterLocations", "workspace { workspaceEntries { locationName } }")

    private static func query(_ name: String, _ fields: String, _ fragment: String = "") -> Document {
        Document(kind: .query, name: name, text: "query \(name) {\n\(fields)\n}\n\(fragment)", success: nil)
    }

    private static func grants(_ features: Features) -> String {
        let perBase = features.contains(.perBase) ? "perBaseBranchDeploymentsPermissionGrants { ...RosterGrant }" : ""
        return """
            organizationPermissionGrant { ...RosterGrant }
            allBranchDeploymentsPermissionGrant { ...RosterGrant }
            \(perBase)
            deploymentPermissionGrants { ...RosterGrant }
            """
    }

    private static func grant(_ features: Features) -> String {
        let custom = features.contains(.customRoles) ? "customRoleId" : ""
        let owner = features.contains(.ownerRoles) ? "ownerDefinitionsRoleHandle { grant \(custom) }" : ""
        return """
            fragment RosterGrant on DagsterCloudScopedPermissionGrant {
              deploymentId grant \(custom) locationGrants { locationName grant \(custom) } \(owner)
            }

            """
    }
}

// What is changed.
extension Documents {
    static let inviteUser = mutation(
        "RosterInviteUser($email: String!)",
        "addUserToOrganization(email: $email)",
        "AddUserToOrganizationSuccess { email userWithGrants { user { userId email } } }"
    )

    static let removeUser = mutation(
        "RosterRemoveUser($email: String!)",
        "removeUserFromOrganization(email: $email)",
        "RemoveUserFromOrganizationSuccess { email }"
    )

    static let ensureTeam = mutation(
        "RosterEnsureTeam($name: String!)",
        "createOrUpdateTeam(name: $name)",
        "CreateOrUpdateTeamSuccess { team { id name } }"
    )

    static let renameTeam = mutation(
        "RosterRenameTeam($teamId: String!, $name: String!)",
        "renameTeam(teamId: $teamId, name: $name)",
        "DagsterCloudTeam { id name }"
    )

    static let deleteTeam = mutation(
        "RosterDeleteTeam($teamId: String!)",
        "deleteTeam(teamId: $teamId)",
        "DeleteTeamSuccess { teamId }"
    )

    static let addMember = mutation(
        "RosterAddMember($memberId: Int!, $teamId: String!)",
        "addMemberToTeam(memberId: $memberId, teamId: $teamId)",
        "AddMemberToTeamSuccess { team { id } }"
    )

    static let removeMember = mutation(
        "RosterRemoveMember($memberId: Int!, $teamId: String!)",
        "removeMemberFromTeam(memberId: $memberId, teamId: $teamId)",
        "RemoveMemberFromTeamSuccess { team { id } }"
    )

    static let putUserGrant = mutation(
        "RosterPutUserGrant($permission: CreateOrUpdateCloudUserPermissionsInput!)",
        "createOrUpdateUserPermissions(userPermission: $permission)",
        "DagsterCloudUserWithScopedPermissionGrants { id }"
    )

    static let dropUserGrant = mutation(
        "RosterDropUserGrant($permission: RemoveUserPermissionsInput!)",
        "removeUserPermissions(userPermission: $permission)",
        "DagsterCloudUserWithScopedPermissionGrants { id }"
    )

    static func putTeamGrant(_ features: Features) -> Document {
        let custom = features.contains(.customRoles)
        let owner = features.contains(.ownerRoles)
        let parameters =
            "$teamId: String!, $deploymentScope: PermissionDeploymentScope!, $grant: PermissionGrant!, "
            + "$deploymentId: Int, $locationGrants: [LocationScopedGrantInput]"
            + (custom ? ", $customRoleId: String" : "") + (owner ? ", $ownerDefinitionsRole: GrantInput" : "")
        let arguments =
            "teamId: $teamId, deploymentScope: $deploymentScope, grant: $grant, deploymentId: $deploymentId, "
            + "locationGrants: $locationGrants" + (custom ? ", customRoleId: $customRoleId" : "")
            + (owner ? ", ownerDefinitionsRole: $ownerDefinitionsRole" : "")
        return mutation(
            "RosterPutTeamGrant(\(parameters))",
            "createOrUpdateTeamPermission(\(arguments))",
            "CreateOrUpdateTeamPermissionSuccess { teamPermissions { id } }"
        )
    }

    static let dropTeamGrant = mutation(
        "RosterDropTeamGrant($teamId: String!, $deploymentScope: PermissionDeploymentScope!, $deploymentId: Int)",
        "removeTeamPermission(teamId: $teamId, deploymentScope: $deploymentScope, deploymentId: $deploymentId)",
        "RemoveTeamPermissionSuccess { teamPermissions { id } }"
    )

    static let createRole = mutation(
        "RosterCreateRole($name: String!, $description: String!, $icon: String!, "
            + "$scope: CustomRoleDeploymentScope!, $permissions: [CustomRolePermission!]!)",
        "createCustomRole(name: $name, description: $description, iconName: $icon, "
            + "customRoleDeploymentScope: $scope, customRolePermissions: $permissions)",
        "CreateOrUpdateCustomRoleSuccess { customRole { id name } }"
    )

    static let updateRole = mutation(
        "RosterUpdateRole($id: String!, $name: String!, $description: String!, $icon: String!, "
            + "$permissions: [CustomRolePermission!]!)",
        "updateCustomRole(customRoleId: $id, name: $name, description: $description, iconName: $icon, "
            + "customRolePermissions: $permissions)",
        "CreateOrUpdateCustomRoleSuccess { customRole { id name } }"
    )

    static let deleteRole = mutation(
        "RosterDeleteRole($id: String!)",
        "deleteCustomRole(customRoleId: $id)",
        "DeleteCustomRoleSuccess { customRoleId }"
    )

    /// A mutation whose answer names its type, and the message where it is an error.
    private static func mutation(_ head: String, _ call: String, _ success: String) -> Document {
        let name = String(head.prefix { $0 != "(" })
        return Document(
            kind: .mutation,
            name: name,
            text: "mutation \(head) {\n\(call) {\n__typename\n... on \(success)\n\(error)\n}\n}\n",
            success: Document.Success(
                field: String(call.prefix { $0 != "(" }),
                type: String(success.prefix { $0 != " " })
            )
        )
    }
}
