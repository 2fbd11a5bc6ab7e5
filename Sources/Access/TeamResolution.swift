internal import HashTreeCollections
internal import Roster
internal import YAML

/// Decides which teams there are to be, and who is in them because of what.
struct TeamResolution {
    let people: People
    let today: CalendarDate
    /// Ids of the active users who hold an app role.
    private let holders: [String: [String]]
    /// Ids of groups that give no team of their own, because a file gives them one.
    private var claimed: Set<String> = []

    init(people: People, today: CalendarDate) {
        self.people = people
        self.today = today
        var holders: [String: [String]] = [:]
        for id in people.idsByKey.values {
            for role in Set(people.directory.user(id: id)?.roles ?? []) { holders[role, default: []].append(id) }
        }
        self.holders = holders
    }

    /// The teams by name: those that files name, and under `all` one for each provisioned group that has none yet.
    mutating func teams(
        _ access: AccessFiles,
        _ policy: ResolutionPolicy.Teams,
        _ names: inout NameLookup
    ) -> [String: WantedTeam] {
        var teams: [String: WantedTeam] = [:]
        var bound: Set<NameKey> = []
        for binding in access.bindings {
            guard case .team(let name) = binding.principal, bound.insert(NameKey(name)).inserted else { continue }
            teams[name] = team(name, binding, &names)
        }
        guard policy == .all else { return teams }
        let former = formerNames(access)
        for id in people.directory.groupIDs where !claimed.contains(id) {
            guard let group = people.directory.group(id: id), !bound.contains(NameKey(group.displayName))
            else { continue }
            if let binding = former[NameKey(group.displayName)] {
                noteFormer(group, binding, teams, &names)
            } else {
                teams[group.displayName] = team(of: group)
            }
        }
        return teams
    }

    private func team(of group: Group) -> WantedTeam {
        var members = MemberCollection(people: people)
        members.add(group)
        return WantedTeam(name: group.displayName, groupIDs: [group.id], members: members.sources)
    }

    private mutating func team(_ name: String, _ binding: Binding, _ names: inout NameLookup) -> WantedTeam {
        let groups = groups(of: name, binding, &names)
        var members = MemberCollection(people: people)
        for group in groups { members.add(group) }
        for user in binding.users {
            guard let found = names.user(user, in: binding) else { continue }
            var place = binding.bindingPlace
            place.place = user.place
            members.add(userID: found.id, because: .listed(place))
        }
        for role in binding.appRoles { add(role, to: &members, binding, &names) }
        return WantedTeam(
            name: name,
            previously: binding.previously.map(\.value),
            groupIDs: groups.map(\.id),
            members: members.sources,
            binding: binding.bindingPlace,
            grants: binding.wantedGrants(today: today)
        )
    }

    /// The groups that a file names, or the one of the team's name, which is not missed where the file has other
    /// sources of members.
    private mutating func groups(of name: String, _ binding: Binding, _ names: inout NameLookup) -> [Group] {
        let hasOthers = !binding.users.isEmpty || !binding.appRoles.isEmpty
        let listed = binding.groups ?? [Located(name, at: binding.place)]
        if binding.groups == nil, hasOthers, !names.hasKnownGroup(name) { return [] }
        let hint = binding.groups == nil ? "name the team's groups under \"groups\"; \"groups: []\" means none" : nil
        var found: [Group] = []
        for entry in listed {
            guard let group = names.group(entry, in: binding, hint: hint),
                !found.contains(where: { $0.id == group.id })
            else { continue }
            found.append(group)
            // Renamed at the identity provider, it is still the group of this team's name, and not of a new team.
            if NameKey(entry.value) == NameKey(name) { claimed.insert(group.id) }
        }
        return found
    }

    private func add(
        _ role: Located<String>,
        to members: inout MemberCollection,
        _ binding: Binding,
        _ names: inout NameLookup
    ) {
        guard let ids = holders[role.value] else {
            let suggestion = Suggestion.closest(to: role.value, among: holders.keys.sorted())
            names.note(
                binding.warning(
                    "nobody holds the app role \"\(role.value)\"",
                    at: role.place,
                    hint: suggestion.map { "did you mean \"\($0)\"?" }
                )
            )
            return
        }
        for id in ids { members.add(userID: id, because: .appRole(role.value)) }
    }

    private func formerNames(_ access: AccessFiles) -> [NameKey: Binding] {
        let pairs = access.bindings.flatMap { binding in
            binding.previously.map { (NameKey($0.value), binding) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// A group whose name a renamed team once had gives no team: it would take the team's name from it.
    private func noteFormer(
        _ group: Group,
        _ binding: Binding,
        _ teams: [String: WantedTeam],
        _ names: inout NameLookup
    ) {
        guard teams[binding.principal.name]?.groupIDs.contains(group.id) != true else { return }
        let place = binding.previously.first { NameKey($0.value) == NameKey(group.displayName) }?.place
        names.note(
            binding.warning(
                "group \"\(group.displayName)\" gives no team, because that is a former name of \(binding.principal)",
                at: place,
                hint: "add the group to \"groups\", or remove its name from \"previously\""
            )
        )
    }
}
