internal import Access

/// The name of a change within a plan: the same object has the same one in every plan, whatever else is planned.
package struct ItemID: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

extension ItemID: Comparable {
    package static func < (left: ItemID, right: ItemID) -> Bool { left.text < right.text }
}

extension ItemID: CustomStringConvertible {
    package var description: String { text }
}

extension Change {
    /// The change's name; what gives and what takes the same thing have different ones.
    package var id: ItemID { ItemID(path.map(ItemID.escaped).joined(separator: "/")) }

    private var path: [String] {
        switch self {
        case .createRole(let role): ["role", role.name, "create"]
        case .updateRole(from: let role, to: _): ["role", role.name, "update"]
        case .deleteRole(let role): ["role", role.name, "remove"]
        case .addUser(let key, email: _): ["user", key, "create"]
        case .removeUser(let key): ["user", key, "remove"]
        case .rekeyUser(from: let old, to: _, email: _): ["user", old, "rename"]
        case .createTeam(let name): ["team", name, "create"]
        case .renameTeam(from: let old, to: _): ["team", old, "rename"]
        case .deleteTeam(let name): ["team", name, "remove"]
        case .addMember(let team, let user): ["membership", team, user, "create"]
        case .removeMember(let team, let user): ["membership", team, user, "remove"]
        case .putGrant(let principal, let grant, replacing: _): Self.path(principal, grant.scope) + ["put"]
        case .dropGrant(let principal, let grant): Self.path(principal, grant.scope) + ["remove"]
        }
    }

    private static func path(_ principal: Principal, _ scope: Scope) -> [String] {
        ["grant", principal.description, scope.key]
    }
}

extension ItemID {
    /// Names are anybody's: a slash in one must not make it look like two.
    static func escaped(_ part: String) -> String {
        var escaped = ""
        for character in part.unicodeScalars {
            switch character {
            case "%": escaped += "%25"
            case "/": escaped += "%2F"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// The name of the same change after its principal, or its member, got another name.
    func renaming(_ old: Principal, to new: Principal) -> ItemID {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 2 else { return self }
        let position: Int
        switch (parts[0], old) {
        case ("grant", _): position = 1
        case ("membership", .team), ("team", .team), ("user", .user): position = 1
        case ("membership", .user): position = 2
        default: return self
        }
        let isGrant = parts[0] == "grant"
        guard parts[position] == Self.escaped(isGrant ? old.description : old.name) else { return self }
        parts[position] = Self.escaped(isGrant ? new.description : new.name)
        return ItemID(parts.joined(separator: "/"))
    }
}

extension Scope {
    /// The scope as ids and JSON name it: `organization`, `deployment:prod`, `branches`, `branches:prod`.
    package var key: String {
        switch self {
        case .organization: "organization"
        case .deployment(let name): "deployment:\(name)"
        case .allBranchDeployments: "branches"
        case .branchDeployments(of: let base): "branches:\(base)"
        }
    }
}
