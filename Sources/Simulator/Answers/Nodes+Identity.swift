internal import Access
internal import SCIM

extension Nodes {
    /// Who calls, and what he may do.
    func identity(of caller: Caller, person: Person?, in deployment: Deployment?) -> Node {
        Node("DagsterCloudIdentity") { field in
            switch field {
            case "viewer": .node(person.map(user))
            case "currentDeployment": .node(deployment.map { self.deployment($0) })
            case "permissions": .nodes(permissions(of: caller))
            case "featureGates": .nodes(featureGates)
            default: nil
            }
        }
    }

    private func permissions(of caller: Caller) -> [Node] {
        Permission.allCases.map { permission in
            Node("DagsterCloudPermission") { field in
                switch field {
                case "permission": .text(permission.rawValue)
                case "value": .bool(caller.administers)
                case "disabledReason": caller.administers ? .null : .text("Disabled by your administrator")
                default: nil
                }
            }
        }
    }

    private var featureGates: [Node] {
        let keys = [
            "ENABLE_ORG_SETTINGS_TEAMS_PAGE", "CUSTOM_RBAC_ENABLED", "ENABLE_SCIM_PROVISIONING_PAGE",
            "ENABLE_AUDIT_LOG_ACCESS", "ENABLE_SERVICE_USERS",
        ]
        let perBase = "ENABLE_PER_BASE_BRANCH_DEPLOYMENT_PERMISSIONS"
        let gates = keys.map { ($0, state.planHasTeams) } + [(perBase, switches.perBaseGate == .open)]
        return gates.map { key, isOpen in
            Node("DagsterCloudFeatureGate") { field in
                switch field {
                case "key": .text(key)
                case "value": .bool(isOpen)
                default: nil
                }
            }
        }
    }

    /// The audit log, the newest line first.
    func auditLog(isReadable: Bool) -> Node {
        Node(
            "AuditLogQuery",
            calling: { field, arguments in
                switch field {
                case "enabled": .bool(state.planHasTeams)
                case "auditLogEntries": isReadable ? .nodes(entries(arguments)) : .null
                default: nil
                }
            }
        )
    }

    private func entries(_ arguments: Arguments) -> [Node] {
        let filters = arguments.object("filters")
        let types = filters["eventTypes"]?.array?.compactMap(\.string)
        let emails = filters["userEmails"]?.array?.compactMap(\.string)
        let before = arguments["cursor"]?.string.flatMap { Int($0) }
        let wanted = state.auditLog.reversed().filter { entry in
            (types?.contains(entry.event) ?? true) && (emails?.contains(entry.author ?? "") ?? true)
                && (before.map { entry.number < $0 } ?? true)
        }
        return wanted.prefix(max(0, arguments.integer("limit") ?? wanted.count)).map(auditEntry)
    }

    private func auditEntry(_ entry: AuditEntry) -> Node {
        Node("AuditLogEntry") { field in
            switch field {
            case "id": .text(String(entry.number))
            case "eventType": enumeration(entry.event)
            case "authorUserEmail": .text(entry.author)
            case "authorAgentTokenId", "deploymentName", "branchDeploymentName": .null
            case "eventMetadata": .leaf(["subject": .string(entry.subject)])
            case "timestamp": .leaf(.decimal(entry.time))
            default: nil
            }
        }
    }
}
