internal import Access
internal import YAML

// The deployments, locations and roles that grants name: the target must have them, or have had them.
extension Draft {
    /// Takes over what the tree states, without what the target has lost, and says what it never had.
    mutating func readStatedGrants() -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for (key, user) in input.wanted.users {
            guard let grants = user.grants else { continue }
            state(grants, for: .user(key), &diagnostics)
        }
        for (name, team) in input.wanted.teams {
            guard let grants = team.grants else { continue }
            state(grants, for: .team(name), &diagnostics)
        }
        return diagnostics.sorted()
    }

    private mutating func state(
        _ grants: [Scope: WantedGrant],
        for principal: Principal,
        _ diagnostics: inout [Diagnostic]
    ) {
        var stated: [Scope: StatedGrant] = [:]
        for (scope, wanted) in grants {
            guard checkDeployment(wanted, principal, &diagnostics), checkRoles(wanted, &diagnostics) else {
                frozen.insert(GrantKey(principal: principal, scope: scope))
                continue
            }
            var grant = wanted.grant
            for location in grant.locations.keys.sorted() {
                checkLocation(location, of: &grant, wanted, principal, &diagnostics)
            }
            stated[scope] = StatedGrant(
                grant: grant,
                because: input.snapshotName.map { "snapshot \($0)" } ?? wanted.origin,
                file: wanted.file,
                reason: wanted.reason,
                expires: wanted.rule.expires
            )
        }
        self.stated[principal] = stated
    }

    private mutating func checkDeployment(
        _ wanted: WantedGrant,
        _ principal: Principal,
        _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        guard let name = wanted.grant.scope.deploymentName, live.deployments[name] == nil else { return true }
        if input.record?.deployments[name] != nil {
            let change = Change.putGrant(principal, wanted.grant, replacing: nil)
            hold(change, .deploymentDisappeared(name), reasons: [wanted.origin])
        } else {
            diagnostics.append(
                unknown("deployment", name, among: live.deployments.keys, wanted, at: wanted.rule.scopePlace)
            )
        }
        return false
    }

    private func checkRoles(_ wanted: WantedGrant, _ diagnostics: inout [Diagnostic]) -> Bool {
        for role in wanted.grant.roles {
            guard case .custom(let name) = role, live.roles[name] == nil, input.wanted.roles[name] == nil else {
                continue
            }
            let known = Role.builtIn.map(\.name) + live.roles.keys + input.wanted.roles.keys
            diagnostics.append(unknown("role", name, among: known, wanted, at: wanted.place(of: role)))
            return false
        }
        return true
    }

    /// A location that disappeared keeps what the target still holds there; the rest of the grant is applied.
    private mutating func checkLocation(
        _ location: String,
        of grant: inout Grant,
        _ wanted: WantedGrant,
        _ principal: Principal,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard case .deployment(let deployment) = grant.scope, let role = grant.locations[location],
            let locations = live.deployments[deployment]?.locations, !locations.contains(location)
        else { return }
        guard input.record?.deployments[deployment]?.locations?.contains(location) == true else {
            let place = wanted.rule.locationPlaces[location] ?? wanted.rule.place
            let owner = "deployment \"\(deployment)\" of target \"\(input.target)\""
            let error = unknown("location", location, among: locations, of: owner, wanted, at: place)
            return diagnostics.append(error)
        }
        let current = live.grants(of: principal)?[grant.scope]?.locations[location]
        grant.locations[location] = current
        guard current != role else { return }
        let subject = HeldItem.Subject.override(principal, deployment: deployment, location: location, role: role)
        held.append(HeldItem(subject, cause: .locationDisappeared(location), reasons: [wanted.origin]))
    }

    private func unknown(
        _ what: String,
        _ name: String,
        among known: some Collection<String>,
        of owner: String? = nil,
        _ wanted: WantedGrant,
        at place: Place
    ) -> Diagnostic {
        let known = Set(known).sorted()
        let suggestion = Suggestion.closest(to: name, among: known).map { "did you mean \"\($0)\"?" }
        let list = known.isEmpty ? "it has none" : "it has \(known.map { "\"\($0)\"" }.joined(separator: ", "))"
        return Diagnostic(
            file: wanted.file,
            place: place,
            message: "\(owner ?? "target \"\(input.target)\"") has no \(what) \"\(name)\"",
            hint: suggestion ?? list
        )
    }
}

extension WantedGrant {
    /// Where a role of the grant is written, as nearly as the reader kept it.
    fileprivate func place(of role: Role) -> Place {
        guard grant.role != role else { return rule.rolePlace }
        let location = grant.locations.filter { $0.value == role }.keys.min()
        return location.flatMap { rule.locationPlaces[$0] } ?? rule.place
    }
}
