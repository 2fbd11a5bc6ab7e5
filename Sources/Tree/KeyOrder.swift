/// The order of keys in each kind of file that people write, as `fmt` brings it about.
enum KeyOrder {
    /// The order of the keys in the map at a path; nil where people choose keys and their order.
    static func keys(ofFile file: String, at path: [String]) -> [String]? {
        switch file {
        case TreeLocation.settingsFile: settings(path)
        case "access/roles.yaml": roles(path)
        case "access/protected.yaml": path.isEmpty ? ["users", "teams"] : nil
        default: binding(path)
        }
    }

    private static func binding(_ path: [String]) -> [String]? {
        switch path {
        case []: ["team", "user", "previously", "groups", "users", "appRoles", "owner", "reason", "grants"]
        case ["grants"]: ["organization", "deployment", "branchDeployments", "role", "locations", "expires"]
        default: nil
        }
    }

    private static func roles(_ path: [String]) -> [String]? {
        path.count == 2 && path[0] == "roles" ? ["scope", "description", "icon", "permissions"] : nil
    }

    private static func settings(_ path: [String]) -> [String]? {
        switch path {
        case []: ["version", "layout", "scim", "git", "identity", "targets", "guards"]
        case ["scim"]: ["strict", "store"]
        case ["git"]: ["commit", "branch", "window", "maxWindow", "push"]
        case ["git", "push"]: ["remote", "window", "durable"]
        case ["guards"]: ["removals", "group", "minAdmins", "grace"]
        case ["guards", "removals"]: ["percent", "count", "floor"]
        case ["guards", "group"]: ["percent", "floor"]
        default:
            path.count == 2 && path[0] == "targets"
                ? ["kind", "organization", "path", "url", "token", "newUserGrants", "users", "teams"] : nil
        }
    }
}
