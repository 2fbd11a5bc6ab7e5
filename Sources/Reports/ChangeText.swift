internal import Access
internal import Reconcile

/// Names the object of a change, and what it is before and after.
enum ChangeText {
    static func text(of change: Change) -> String { "\(change.itemClass.rawValue)  \(object(of: change).neutralized)" }

    static func text(of subject: HeldItem.Subject) -> String {
        switch subject {
        case .change(let change):
            let verb = change.action == .remove ? "remove " : ""
            return verb + text(of: change)
        case .override(let principal, let deployment, let location, let role):
            return "grant  \(name(of: principal)): \(deployment)/\(location): \(role)".neutralized
        case .name(let moved):
            return "\(moved.kind)  \(moved.name): named for \(moved.binding) in \(moved.place)".neutralized
        }
    }

    private static func object(of change: Change) -> String {
        switch change {
        case .createRole(let role), .deleteRole(let role): role.name
        case .updateRole(from: let old, to: let new): "\(new.name): \(difference(old, new))"
        case .addUser(key: _, let email): email
        case .removeUser(let key): key
        case .rekeyUser(from: let old, to: _, let email): "\(old) -> \(email)"
        case .createTeam(let name), .deleteTeam(let name): name
        case .renameTeam(from: let old, to: let new): "\(old) -> \(new)"
        case .addMember(let team, let user), .removeMember(let team, let user): "\(team): \(user)"
        case .putGrant(let principal, let grant, replacing: nil):
            "\(name(of: principal)): \(AccessPoint(grant.scope)): \(text(of: grant))"
        case .putGrant(let principal, let grant, replacing: let old?):
            "\(name(of: principal)): \(AccessPoint(grant.scope)): \(text(of: old)) -> \(text(of: grant))"
        case .dropGrant(let principal, let grant):
            "\(name(of: principal)): \(AccessPoint(grant.scope)): \(text(of: grant))"
        }
    }

    /// `viewer, finance editor`.
    static func text(of grant: Grant) -> String {
        let overrides = grant.locations.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return ([grant.role.name] + overrides).joined(separator: ", ")
    }

    private static func name(of principal: Principal) -> String {
        switch principal {
        case .user(let key): "user \(key)"
        case .team(let name): "team \(name)"
        }
    }

    private static func difference(_ old: CustomRole, _ new: CustomRole) -> String {
        let gained = new.permissions.subtracting(old.permissions).sorted().map { "+\($0)" }
        let lost = old.permissions.subtracting(new.permissions).sorted().map { "-\($0)" }
        let isSameOtherwise = (old.scope, old.description, old.icon) == (new.scope, new.description, new.icon)
        return (lost + gained + (isSameOtherwise ? [] : ["description"])).joined(separator: " ")
    }

    /// A name as one argument for a shell.
    static func quoted(_ name: String) -> String {
        let name = name.neutralized
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "@._-:/+".utf8.contains(byte)
        }
        if isPlain { return name }
        return "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
