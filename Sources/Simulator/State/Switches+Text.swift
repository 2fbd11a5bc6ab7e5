extension Switches {
    /// Sets a switch as the command line names it, `NAME` or `NAME=VALUE`; false when it is none.
    package mutating func set(_ text: String) -> Bool {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first else { return false }
        guard parts.count == 2 else { return turnOn(name) }
        return set(name, to: parts[1])
    }

    private mutating func turnOn(_ name: String) -> Bool {
        switch name {
        case "owner-hidden-from-users": ownerIsHidden = true
        case "pending-hidden": pendingAreHidden = true
        case "mutation-response-omits-location-grants": answersOmitLocations = true
        case "new-team-default-grants": newTeamsHaveGrants = true
        case "per-base-gate-off": perBaseGate = .pythonError
        case "old-schema": schemaIsOld = true
        case "unknown-enum-values": enumsAreUnknown = true
        default: return false
        }
        return true
    }

    private mutating func set(_ name: String, to value: String) -> Bool {
        switch name {
        case "new-user-role":
            guard value == "NO_ACCESS" || WireRole.grades.contains(value) else { return false }
            newUserRole = value == "NO_ACCESS" ? nil : value
            return true
        case "scim-on-blocks-user-mutations": return Self.set(&scimBlock, value)
        case "weaker-location-override": return Self.set(&weakerOverride, value)
        case "organization-grade": return Self.set(&organizationGrade, value)
        case "per-base-gate-off": return Self.set(&perBaseGate, value)
        case "unknown-deployment": return Self.set(&unknownDeployment, value)
        default: return false
        }
    }

    private static func set<Choice: RawRepresentable<String>>(_ choice: inout Choice, _ text: String) -> Bool {
        guard let value = Choice(rawValue: text) else { return false }
        choice = value
        return true
    }

    /// All that ``set(_:)`` takes, for help.
    package static let names = [
        "owner-hidden-from-users", "pending-hidden", "mutation-response-omits-location-grants",
        "new-team-default-grants", "new-user-role=NO_ACCESS|VIEWER|…",
        "scim-on-blocks-user-mutations=unauthorized|"
            + "python-error|allow", "weaker-location-override=accept|reject", "organization-grade=accept|reject",
        "per-base-gate-off[=field-missing|python-error]", "old-schema", "unknown-enum-values",
        "unknown-deployment=not-found|redirect",
    ]
}
