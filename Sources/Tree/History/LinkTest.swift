internal import Access
internal import Roster
internal import YAML

/// What one content of a file says about a link of a path; a file that cannot be read says nothing.
struct LinkTest {
    let bytes: [UInt8]
    let path: String

    /// Nil for what is no person's record.
    var isActive: Bool? { user?.isActive }

    func holdsAppRole(_ value: String) -> Bool { user?.roles.contains(value) == true }

    /// The record's userName or displayName.
    var name: String? {
        guard case .record(let kind) = TreeLocation(path: path, layout: nil) else { return nil }
        switch kind {
        case .user: return user?.userName
        case .group:
            if let name = CanonicalLines(bytes).value(of: "displayName") { return name }
            return group?.group.displayName
        }
    }

    func listsMember(_ name: String) -> Bool {
        if let answer = CanonicalLines(bytes).list("members", has: name) { return answer }
        return group?.members.contains { NameKey($0.value) == NameKey(name) } == true
    }

    func listsGroup(_ name: String) -> Bool {
        group?.groups.contains { NameKey($0.value) == NameKey(name) } == true
    }

    func lists(_ names: Set<NameKey>) -> Bool {
        binding?.users.contains { names.contains(NameKey($0.value)) } == true
    }

    /// By name, or as the group of the team's name.
    func takesGroup(_ names: Set<NameKey>) -> Bool {
        guard let binding else { return false }
        guard let groups = binding.groups else { return names.contains(NameKey(binding.principal.name)) }
        return groups.contains { names.contains(NameKey($0.value)) }
    }

    func takesAppRole(_ value: String) -> Bool { binding?.appRoles.contains { $0.value == value } == true }

    func gives(_ role: Role, at scope: Scope, location: String?, on day: CalendarDate) -> Bool {
        binding?.grants?.contains { rule in
            guard rule.grant.scope == scope, rule.counts(on: day) else { return false }
            if rule.grant.role.isAtLeast(role) { return true }
            return location.flatMap { rule.grant.locations[$0] }?.isAtLeast(role) == true
        } == true
    }

    func defines(_ role: CustomRole) -> Bool {
        let before = access.roles[role.name]
        return before?.scope == role.scope && before?.permissions.isSuperset(of: role.permissions) == true
    }
}

extension LinkTest {
    private var user: User? { UserFile.read(bytes, file: path).user }

    private var group: GroupFile.Contents? { GroupFile.read(bytes, file: path).contents }

    private var access: AccessFiles { AccessFiles.read([(path: path, bytes: bytes)]).access }

    private var binding: Binding? { access.bindings.first }
}
