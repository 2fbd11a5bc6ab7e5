internal import Access

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
