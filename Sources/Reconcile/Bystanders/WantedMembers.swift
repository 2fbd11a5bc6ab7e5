internal import Access
internal import Roster
internal import Tree
internal import YAML

/// The people whom groups bring into each team, by number: as ``Resolution`` has it, but for whom files name or app
/// roles bring, who are no bystanders anyway.
struct WantedMembers {
    struct Team {
        /// Whether every name that leads to it means what it meant at the last apply, and nothing about it is special.
        var isCertain = true
        /// The numbers of its groups.
        var groups: [Int] = []
        /// In rising order.
        var people: [Int32] = []
        var binding: Binding?
    }

    let search: BystanderSearch

    init(_ search: BystanderSearch) { self.search = search }

    private var roll: Roll { search.roll }

    /// By name: those that files name, and one for each other group where the settings want them.
    var teams: [String: Team] {
        var teams: [String: Team] = [:]
        var bound: Set<NameKey> = []
        for binding in search.access.bindings {
            guard case .team(let name) = binding.principal, bound.insert(NameKey(name)).inserted else { continue }
            teams[name] = team(name, binding)
        }
        guard search.policy.teams == .all else { return teams }
        let former = Set(search.access.bindings.flatMap { $0.previously.map { NameKey($0.value) } })
        for (number, group) in roll.groups.enumerated() where !bound.contains(NameKey(group.displayName)) {
            var team = Team(groups: [number], people: people(of: [number]))
            team.isCertain = !former.contains(NameKey(group.displayName)) && teams[group.displayName] == nil
            teams[group.displayName] = team
        }
        return teams
    }

    private func team(_ name: String, _ binding: Binding) -> Team {
        var team = Team(binding: binding)
        let hasOthers = !binding.users.isEmpty || !binding.appRoles.isEmpty
        var names = binding.groups?.map(\.value) ?? [name]
        let isKnown = roll.group(named: name) != nil || search.record.names.groups[NameKey(name)] != nil
        if binding.groups == nil, hasOthers, !isKnown { names = [] }
        var further: [Int] = []
        for name in names {
            let holder = roll.group(named: name)
            let before = search.record.names.groups[NameKey(name)]
            guard let holder, before == nil || before == roll.groups[holder].id else {
                team.isCertain = false
                further += [holder, before.flatMap { roll.group(id: $0) }].compactMap { $0 }
                continue
            }
            if !team.groups.contains(holder) { team.groups.append(holder) }
        }
        team.people = people(of: team.groups + further)
        return team
    }

    /// The active people of groups and of those within them.
    private func people(of groups: [Int]) -> [Int32] {
        let all = groups.reduce(into: Set<Int>()) { $0.formUnion(roll.groups(within: $1)) }
        let people = all.count == 1 ? roll.groups[all.first ?? 0].people : joined(all)
        return people.filter { roll.flags(of: Int($0)).contains(.active) }
    }

    private func joined(_ groups: Set<Int>) -> [Int32] {
        groups.reduce(into: Set<Int32>()) { $0.formUnion(roll.groups[$1].people) }.sorted()
    }
}
