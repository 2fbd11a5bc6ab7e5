internal import Access

/// What a second reading of the target says about an apply.
package enum Verification: Hashable, Sendable {
    /// Nothing was applied, so that there was nothing to look at.
    case notNeeded
    /// Everything that was applied is there.
    case confirmed
    /// These items were accepted and are not there.
    case missing([ItemID])
    /// The target could not be read again, for this reason.
    case unreadable(String)
}

extension Verification {
    /// Compares what was applied with what is there now.
    init(of results: [ItemResult], in live: Organization) {
        let applied = results.filter { $0.outcome == .applied }.map(\.item)
        // A grant that was raised first and lowered later is there in its last form.
        let last = Dictionary(applied.map { ($0.change.id, $0) }, uniquingKeysWith: { $1 })
        let missing = last.values.filter { !live.shows($0.change) && !live.awaits($0.change) }.map(\.id).sorted()
        self = applied.isEmpty ? .notNeeded : missing.isEmpty ? .confirmed : .missing(missing)
    }
}

extension Organization {
    /// Whether a change was an invitation that its person has yet to accept.
    package func awaits(_ change: Change) -> Bool {
        guard conditions.invitesPeople, case .addUser(let key, email: _) = change else { return false }
        return users[key] == nil
    }

    /// Whether the organisation is as a change leaves it.
    package func shows(_ change: Change) -> Bool {
        switch change {
        case .createRole(let role), .updateRole(from: _, to: let role): roles[role.name] == role.withoutPlace
        case .deleteRole(let role): roles[role.name] == nil
        case .addUser(let key, email: _), .rekeyUser(from: _, to: let key, email: _): users[key] != nil
        case .removeUser(let key): users[key] == nil
        // A former name may have another owner by now.
        case .createTeam(let name), .renameTeam(from: _, to: let name): teams[name] != nil
        case .deleteTeam(let name): teams[name] == nil
        case .addMember(let team, let user): teams[team]?.members.contains(user) == true
        case .removeMember(let team, let user): teams[team]?.members.contains(user) != true
        case .putGrant(let principal, let grant, replacing: _): grants(of: principal)?[grant.scope] == grant
        case .dropGrant(let principal, let grant): grants(of: principal)?[grant.scope] == nil
        }
    }
}
