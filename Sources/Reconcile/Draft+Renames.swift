internal import Access
internal import Roster

// Teams keep their identity when their name changes: through `previously`, or through the ids of their groups.
extension Draft {
    /// Plans the new names of teams that the target has under another one.
    mutating func planRenames() {
        guard input.policy.teams != .ignore else { return }
        var oldNames: [String: String] = [:]
        let byGroups = recordedNamesByGroups()
        let byFoldedName = Dictionary(live.teams.keys.map { (NameKey($0), $0) }, uniquingKeysWith: min)
        for team in input.wanted.teams.values {
            let old = predecessor(of: team, byGroups: byGroups) ?? respelled(team, among: byFoldedName)
            if let old { oldNames[team.name] = old }
        }
        guard !oldNames.isEmpty else { return }
        for (old, new) in Renames.order(oldNames, isTaken: { live.teams[$0] != nil }) { rename(old, to: new) }
    }

    /// The team's former name at the target, if it has one.
    private func predecessor(of team: WantedTeam, byGroups: [[String]: [String]]) -> String? {
        if team.binding != nil {
            guard live.teams[team.name] == nil else { return nil }
            return team.previously.first { live.teams[$0] != nil && input.wanted.teams[$0] == nil }
        }
        guard !team.groupIDs.isEmpty, record?.teams[team.name]?.groups != team.groupIDs else { return nil }
        let names = (byGroups[team.groupIDs] ?? []).filter { $0 != team.name && live.teams[$0] != nil && !isItself($0) }
        return names.count == 1 ? names.first : nil
    }

    /// Whether a recorded team is still wanted as what it was.
    private func isItself(_ name: String) -> Bool {
        guard let wanted = input.wanted.teams[name] else { return false }
        return wanted.binding != nil || wanted.groupIDs == record?.teams[name]?.groups
    }

    private func recordedNamesByGroups() -> [[String]: [String]] {
        var names: [[String]: [String]] = [:]
        for (name, team) in record?.teams ?? [:] where !team.groups.isEmpty {
            names[team.groups, default: []].append(name)
        }
        return names
    }

    /// A team whose name at the target differs only in letter case is that team.
    private func respelled(_ team: WantedTeam, among names: [NameKey: String]) -> String? {
        guard live.teams[team.name] == nil, let old = names[NameKey(team.name)] else { return nil }
        return input.wanted.teams[old] == nil ? old : nil
    }

    private mutating func rename(_ old: String, to new: String) {
        guard let team = input.wanted.teams[new] else { return }
        let change = Change.renameTeam(from: old, to: new)
        let isStated = team.previously.contains(old)
        let files = isStated ? [team.binding?.file] : team.groupIDs.map { file(of: $0) }
        let reason =
            isStated
            ? "\(team.binding?.description ?? "") says that it was \"\(old)\" previously"
            : "its group is now named \"\(new)\""
        add(change, origin: commit(files), reasons: [reason], after: [freeing[.team(new)]])
        making[.team(new)] = change.id
        freeing[.team(old)] = change.id
        try? live.apply(change)
        record?.renameTeam(old, to: new)
    }
}
