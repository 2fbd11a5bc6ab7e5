internal import Access
internal import YAML

// The organisation's own roles: made and changed first, removed when nobody holds them any more.
extension Draft {
    mutating func planRoles() {
        for (name, wanted) in input.wanted.roles {
            let role = wanted.withoutPlace
            let recorded = record?.roles[name]
            let origin = recorded == role ? Origin.drift : commit([AccessFiles.rolesFile])
            let reasons = [wanted.place.map { "\(AccessFiles.rolesFile):\($0)" } ?? AccessFiles.rolesFile]
            if let current = live.roles[name] {
                guard current != role else { continue }
                add(.updateRole(from: current, to: role), origin: origin, reasons: reasons)
            } else {
                add(.createRole(role), origin: origin, reasons: reasons)
            }
        }
        for (name, role) in live.roles where input.wanted.roles[name] == nil {
            if record?.roles[name] != nil {
                let reason = "\(AccessFiles.rolesFile) does not have it any more"
                add(.deleteRole(role), origin: commit([AccessFiles.rolesFile]), reasons: [reason], vanished: true)
            } else if input.adoption.takes(role: name) {
                add(.deleteRole(role), origin: .adoption, reasons: ["the tree does not name this role"])
            } else {
                unmanaged.roles.append(name)
            }
        }
    }

    /// Errors for roles that are to get another scope, which Dagster+ fixes when a role is made.
    func scopeDiagnostics() -> [Diagnostic] {
        input.wanted.roles.values.compactMap { role in
            guard let current = live.roles[role.name], current.scope != role.scope else { return nil }
            let message =
                "the scope of role \"\(role.name)\" is \(current.scope.rawValue) at target \"\(input.target)\", "
                + "and cannot be changed to \(role.scope.rawValue)"
            let hint = "write \(current.scope.rawValue), or make a role of another name"
            return Diagnostic(file: AccessFiles.rolesFile, place: role.place, message: message, hint: hint)
        }.sorted()
    }

    /// Leaves roles alone that somebody still holds when everything else is done, and waits for those who stop.
    mutating func orderRoleRemovals(after: Organization) {
        var kept: [PlanItem] = []
        for item in items {
            guard case .deleteRole(let role) = item.change else {
                kept.append(item)
                continue
            }
            if let holder = after.holder(ofRole: role.name) {
                held.append(HeldItem(.change(item.change), cause: .roleInUse(by: holder), reasons: item.reasons))
            } else {
                var item = item
                item.dependencies += items.filter { $0.change.releases(role.name) }.map(\.id)
                item.dependencies.sort()
                kept.append(item)
            }
        }
        items = kept
    }
}

extension Change {
    /// Whether somebody holds a custom role before this change, and not after it.
    fileprivate func releases(_ role: String) -> Bool {
        switch self {
        case .dropGrant(_, let grant): grant.roles.contains(.custom(role))
        case .putGrant(_, let grant, replacing: let old?):
            old.roles.contains(.custom(role)) && !grant.roles.contains(.custom(role))
        default: false
        }
    }
}
