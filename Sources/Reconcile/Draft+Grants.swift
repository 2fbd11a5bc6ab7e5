internal import Access

// What principals hold: exactly what is stated, wherever grants stand in the tree or stood in the record.
extension Draft {
    mutating func planGrants() {
        for key in Set(live.users.keys).union(input.wanted.users.keys) where !leaving.contains(key) {
            guard !staying.contains(key) else { continue }
            planGrants(of: .user(key))
        }
        guard input.policy.teams != .ignore else { return }
        for name in input.wanted.teams.keys { planGrants(of: .team(name)) }
    }

    private mutating func planGrants(of principal: Principal) {
        let current = live.grants(of: principal) ?? [:]
        let recorded = record?.grants(of: principal)
        guard stated[principal] != nil || recorded != nil else { return leaveAlone(current, of: principal) }
        let stated = stated[principal] ?? [:]
        for (scope, wanted) in stated where wanted.grant != current[scope] {
            put(wanted, for: principal, replacing: current[scope], recorded: recorded?[scope])
        }
        for (scope, grant) in current where stated[scope] == nil {
            guard !frozen.contains(GrantKey(principal: principal, scope: scope)) else { continue }
            guard !isUnknown(grant) else {
                unmanaged.grants.append(UnmanagedGrant(holder: principal, grant: grant))
                continue
            }
            drop(grant, of: principal, recorded: recorded?[scope])
        }
    }

    /// Whether a grant gives what this program has no word for.
    private func isUnknown(_ grant: Grant) -> Bool {
        !live.unknownRoles.isEmpty && grant.roles.contains { live.unknownRoles.contains($0.name) }
    }

    private mutating func leaveAlone(_ grants: [Scope: Grant], of principal: Principal) {
        if areNewUserGrants(of: principal) { return removeNewUserGrants(grants, of: principal) }
        guard !grants.isEmpty, record?.knows(principal) == true || isWanted(principal) else { return }
        unmanaged.grants += grants.values.map { UnmanagedGrant(holder: principal, grant: $0) }
    }

    private mutating func removeNewUserGrants(_ grants: [Scope: Grant], of principal: Principal) {
        let reason = "Dagster+ gives it to new people; newUserGrants: remove"
        for grant in grants.values where !isUnknown(grant) {
            add(.dropGrant(principal, grant), origin: commit([]), reasons: [reason])
        }
    }

    private func isWanted(_ principal: Principal) -> Bool {
        switch principal {
        case .user(let key): input.wanted.users[key] != nil
        case .team(let name): input.wanted.teams[name] != nil
        }
    }

    private mutating func put(
        _ wanted: StatedGrant,
        for principal: Principal,
        replacing current: Grant?,
        recorded: RecordedGrant?
    ) {
        let change = Change.putGrant(principal, wanted.grant, replacing: current)
        var reasons = [wanted.because]
        if let reason = wanted.reason { reasons.append(reason) }
        if let expires = wanted.expires { reasons.append("until \(expires)") }
        if case .user(let key) = principal, live.users[key] == nil, making[principal] == nil {
            if invited(key) != nil { return hold(change, .awaits(key), reasons: reasons) }
            return hold(change, .notInOrganization(key), reasons: reasons)
        }
        let origin = recorded?.grant == wanted.grant ? Origin.drift : commit([wanted.file])
        let dependencies = [making[principal]] + wanted.grant.roles.map { Change.creation(of: $0, in: input) }
        // A grant that gives more here and less there is raised first and lowered later, so that nobody falls between.
        if let current, wanted.grant.isLower(than: current), current.isLower(than: wanted.grant),
            let raised = current.joined(with: wanted.grant)
        {
            let first = Change.putGrant(principal, raised, replacing: current)
            let id = ItemID(change.id.text + "/raise")
            add(first, id: id, origin: origin, reasons: reasons, after: dependencies)
            let last = Change.putGrant(principal, wanted.grant, replacing: raised)
            add(last, origin: origin, reasons: reasons, after: dependencies + [id])
        } else {
            add(change, origin: origin, reasons: reasons, after: dependencies)
        }
    }

    private mutating func drop(_ grant: Grant, of principal: Principal, recorded: RecordedGrant?) {
        let change = Change.dropGrant(principal, grant)
        guard let recorded else {
            let reason = "no file gives it"
            guard !mustAdopt(change.id, of: principal) else {
                return hold(change, .notAdopted, reasons: [reason])
            }
            let origin = extraOrigin(change.id, of: principal)
            add(change, origin: origin, reasons: [reason], after: [making[principal]])
            return
        }
        if let last = recorded.expires, last < input.today {
            let reason = "its last day was \(last)" + (recorded.because.map { " (\($0))" } ?? "")
            add(change, origin: .expiry(last), reasons: [reason], after: [making[principal]])
            return
        }
        let reason = recorded.because.map { "\($0) gave it, and does so no more" } ?? "no file gives it any more"
        let file = recorded.because.flatMap(Self.file)
        add(
            change,
            origin: commit([file]),
            reasons: [input.snapshotName.map { "is not in snapshot \($0)" } ?? reason],
            after: [making[principal]],
            // A file that says "grants: []" states that there are none.
            vanished: stated[principal]?.isEmpty != true
        )
    }

    /// The path in `access/data-platform.yaml:10:5`.
    private static func file(_ because: String) -> String? {
        let parts = because.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 2 ? parts.dropLast(2).joined(separator: ":") : because
    }
}

extension Change {
    /// The item that makes a custom role in this plan, if one does.
    fileprivate static func creation(of role: Role, in input: PlanInput) -> ItemID? {
        guard case .custom(let name) = role, input.live.roles[name] == nil, let wanted = input.wanted.roles[name] else {
            return nil
        }
        return Change.createRole(wanted).id
    }
}
