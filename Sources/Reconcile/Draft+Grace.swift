internal import Access
internal import Roster
internal import Tree
internal import YAML

// Two-phase removal: what vanished without anybody asking for it is kept for a while, so that a source that flickers
// removes nobody. Whoever is inactive, or was deleted through SCIM, goes at once.
extension Draft {
    /// Why something that vanished is kept for now; nil when it may go.
    func grace(of id: ItemID) -> HeldItem.Cause? {
        let limits = input.limits.stricter(input.record?.limits)
        // Only commits tell a deletion by the identity provider from a file that is missing.
        guard limits.grace > 0, input.commit != nil, input.snapshotName == nil else { return nil }
        guard let since = input.record?.vanished[id] else { return .vanished(until: nil) }
        let until = Timestamp(milliseconds: since.milliseconds + limits.grace * 1000)
        return input.now < until ? .vanished(until: until) : nil
    }

    /// Whether a person who is not wanted any more vanished: neither inactive, nor somebody else by now, nor deleted
    /// through SCIM.
    func hasVanished(personWithID id: String?, key: String) -> Bool {
        guard let id else { return false }
        guard let user = input.directory.user(id: id) else {
            return !input.provenance.provisioned.contains(file(of: id))
        }
        return user.isActive && input.policy.identity.key(of: user) == key
    }

    /// Whether a membership that the tree gave vanished: neither the person nor a group was changed through SCIM.
    func hasVanished(_ user: String, from team: WantedTeam) -> Bool {
        let id = record?.users[user]?.id ?? input.wanted.users[user]?.userID
        if let id, let person = input.directory.user(id: id), !person.isActive { return false }
        let groups = groups(behind: team.groupIDs + (record?.teams[team.name]?.groups ?? []))
        return !([id] + groups).contains { input.provenance.provisioned.contains(file(of: $0)) }
    }

    /// Whether a team that nobody names any more vanished: no group of it was deleted through SCIM.
    func hasVanished(teamOf groups: [String]) -> Bool {
        !groups.contains { input.provenance.provisioned.contains(file(of: $0)) }
    }

    /// The ids of groups, with those that are nested in them.
    private func groups(behind ids: [String]) -> [String] {
        var found: Set<String> = []
        var open = ids
        while let id = open.popLast() {
            guard found.insert(id).inserted, let group = input.directory.group(id: id) else { continue }
            open += group.groups
        }
        return found.sorted()
    }

    /// A note where the settings ask for a grace that cannot be given.
    var graceNotes: [Diagnostic] {
        guard input.limits.grace > 0, input.commit == nil else { return [] }
        let message =
            "\"guards.grace\" keeps nothing here: without a commit, a deletion through SCIM cannot be told from a file "
            + "that vanished"
        return [
            Diagnostic(severity: .warning, file: TreeLocation.settingsFile, place: nil, message: message)
        ]
    }
}
