internal import Access
internal import Roster
internal import YAML

/// Makes the record that an apply leaves: of what is there now, the part that the tree asked for.
struct NextRecord {
    let prepared: Prepared
    let live: Organization
    let results: [ItemResult]
    /// Whether everything that was planned was done and seen.
    let isComplete: Bool
    /// The last record, with the renames that were done.
    private let base: TargetRecord?
    private let renames: [PrincipalRename]

    init(_ prepared: Prepared, live: Organization, results: [ItemResult], isComplete: Bool) {
        self.prepared = prepared
        self.live = live
        self.results = results
        self.isComplete = isComplete
        renames = results.filter { $0.outcome == .applied }.compactMap { PrincipalRename($0.item.change) }
        base = renames.reduce(into: prepared.input.record) { $0?.rename($1) }
    }

    /// The record, at a time that the caller states.
    func record(time: String) -> TargetRecord {
        let input = prepared.input
        var record = TargetRecord(
            target: input.target,
            commit: followsTree && isComplete ? input.commit : base?.commit,
            attempted: !followsTree ? base?.attempted : isComplete ? nil : input.commit,
            time: time,
            users: users,
            teams: teams,
            roles: live.roles.filter { input.wanted.roles[$0.key] != nil || base?.roles[$0.key] != nil },
            invitations: invitations(at: time),
            newcomers: newcomers,
            deployments: deployments,
            names: names,
            notAdopted: Set(prepared.plan.held.filter { $0.cause == .notAdopted }.map(\.id)),
            vanished: vanished(at: time),
            limits: isComplete ? input.limits : input.limits.stricter(base?.limits),
            protected: protected,
            overrides: prepared.plan.guards.compactMap(\.override)
        )
        // Whoever is kept although the tree has them no more is known by name as long as that.
        record.names.add(record.usersNames)
        return record
    }
}

extension NextRecord {
    /// A snapshot that is restored is the state of no commit.
    private var followsTree: Bool { prepared.input.snapshotName == nil }

    /// What was missed for the first time counts from now.
    private func vanished(at time: String) -> [ItemID: Timestamp] {
        let missed = prepared.plan.held.filter { if case .vanished = $0.cause { true } else { false } }
        let now = Timestamp(time) ?? prepared.input.now
        return Dictionary(missed.map { ($0.id, base?.vanished[$0.id] ?? now) }, uniquingKeysWith: min)
    }

    /// Whom this run or one before invited, as long as they are wanted, or the invitation still counts.
    private func invitations(at time: String) -> [String: Timestamp] {
        guard live.conditions.invitesPeople else { return [:] }
        let now = Timestamp(time) ?? prepared.input.now
        var invitations = base?.invitations ?? [:]
        for result in results where result.outcome == .applied {
            switch result.item.change {
            case .addUser(let key, email: _): invitations[key] = now
            case .removeUser(let key): invitations[key] = nil
            default: break
            }
        }
        let end = now.milliseconds - Draft.invitationDays * 86_400_000
        return invitations.filter { key, sent in
            live.users[key] == nil && (prepared.input.wanted.users[key] != nil || sent.milliseconds > end)
        }
    }

    /// Whoever came by an invitation since the plan was made, or keeps what was to be taken away.
    private var newcomers: Set<String> {
        guard prepared.input.removesNewUserGrants, live.conditions.invitesPeople else { return [] }
        let invited = results.compactMap { result -> String? in
            guard result.outcome == .applied, case .addUser(let key, email: _) = result.item.change else { return nil }
            return key
        }
        let kept = results.filter { $0.outcome != .applied }.compactMap { result -> String? in
            guard case .dropGrant(.user(let key), _) = result.item.change else { return nil }
            return key
        }
        let known = (base?.newcomers ?? []).union(base?.invitations.keys.map { $0 } ?? []).union(invited)
        return known.filter { key in
            live.users[key] != nil && (prepared.input.live.users[key] == nil || kept.contains(key))
        }
    }

    /// Whom the tree protects, with those teams that it names by a former name.
    private var protected: ProtectedNames {
        let wanted = prepared.input.protected
        let known = (base?.protected ?? ProtectedNames()).union(wanted).following(renames)
        guard isComplete else { return known }
        let renamed = known.renamedTeams.filter { wanted.teams.contains($0.value) && live.teams[$0.key] != nil }
        return ProtectedNames(users: wanted.users, teams: wanted.teams, renamedTeams: renamed)
    }

    private var users: [String: RecordedUser] {
        let input = prepared.input
        var users: [String: RecordedUser] = [:]
        users.reserveCapacity(live.users.count)
        for key in live.users.keys {
            let grants = grants(of: .user(key))
            if let wanted = input.wanted.users[key] {
                users[key] = RecordedUser(
                    id: wanted.userID,
                    created: input.directory.user(id: wanted.userID)?.created,
                    userName: wanted.userName,
                    isOurs: input.policy.users != .ignore || base?.users[key]?.isOurs == true,
                    grants: grants
                )
            } else if var known = base?.users[key] {
                known.grants = grants
                users[key] = known
            }
        }
        return users
    }

    private var teams: [String: RecordedTeam] {
        var teams: [String: RecordedTeam] = [:]
        for (name, state) in live.teams {
            let known = base?.teams[name]
            let wanted = prepared.input.wanted.teams[name]
            guard known != nil || wanted != nil else { continue }
            teams[name] = RecordedTeam(
                groups: wanted?.groupIDs ?? known?.groups ?? [],
                members: state.members.filter { user in
                    wanted?.members[user] != nil || known?.members.contains(user) == true
                },
                grants: grants(of: .team(name))
            )
        }
        return teams
    }

    /// The grants that a principal holds because of the tree, now or before; nil: not managed.
    private func grants(of principal: Principal) -> [Scope: RecordedGrant]? {
        let stated = prepared.stated[principal]
        let known = base?.grants(of: principal)
        guard stated != nil || known != nil else { return nil }
        var held: [Scope: RecordedGrant] = [:]
        for (scope, grant) in live.grants(of: principal) ?? [:] {
            if let wanted = stated?[scope], wanted.grant == grant {
                held[scope] = RecordedGrant(grant, because: wanted.because, expires: wanted.expires)
            } else if let known = known?[scope] {
                held[scope] = known
            }
        }
        return stated == nil && held.isEmpty ? nil : held
    }

    /// The deployments and locations that are there, and those that were and are still named.
    private var deployments: [String: DeploymentState] {
        var deployments = live.deployments
        for (name, locations) in namedLocations {
            guard let known = base?.deployments[name] else { continue }
            let kept = known.locations?.intersection(locations)
            guard let current = deployments[name] else {
                deployments[name] = DeploymentState(locations: kept)
                continue
            }
            guard let there = current.locations, let kept else { continue }
            deployments[name] = DeploymentState(locations: there.union(kept))
        }
        return deployments
    }

    /// The deployments that the tree names, with the locations that it names there.
    private var namedLocations: [String: Set<String>] {
        let wanted = prepared.input.wanted
        let grants = wanted.users.values.compactMap(\.grants) + wanted.teams.values.compactMap(\.grants)
        var named: [String: Set<String>] = [:]
        for grant in grants.lazy.flatMap(\.values).map(\.grant) {
            guard let deployment = grant.scope.deploymentName else { continue }
            named[deployment, default: []].formUnion(grant.locations.keys)
        }
        return named
    }

    /// The names in the directory, and those of records that are gone while files still name them.
    private var names: KnownNames {
        let input = prepared.input
        var names = KnownNames(
            users: Dictionary(input.directory.users.map { (NameKey($0.userName), $0.id) }, uniquingKeysWith: min),
            groups: Dictionary(input.directory.groups.map { (NameKey($0.displayName), $0.id) }, uniquingKeysWith: min)
        )
        let known = base?.names ?? KnownNames()
        // A name in a file stays that of whom it was written for, whoever has it now, until that one is taken.
        let taken = input.wanted.movedNames.filter(\.isTaken)
        let takenUsers = Set(taken.filter { $0.kind == .user }.map { NameKey($0.name) })
        let takenGroups = Set(taken.filter { $0.kind == .group }.map { NameKey($0.name) })
        for name in input.access.namedUsers.subtracting(takenUsers) {
            guard let id = known.users[name], names.users[name] == nil || input.directory.user(id: id) != nil
            else { continue }
            names.users[name] = id
        }
        for name in input.access.namedGroups.subtracting(takenGroups) {
            guard let id = known.groups[name], names.groups[name] == nil || input.directory.group(id: id) != nil
            else { continue }
            names.groups[name] = id
        }
        return names
    }
}

extension AccessFiles {
    /// The users whom files name.
    fileprivate var namedUsers: Set<NameKey> {
        let own = bindings.compactMap { if case .user(let name) = $0.principal { name } else { nil } }
        let listed = bindings.flatMap(\.users).map(\.value)
        return Set((own + listed + protected.users.map(\.value)).map(NameKey.init))
    }

    /// The groups that files name; a team without `groups` names the one of its own name.
    fileprivate var namedGroups: Set<NameKey> {
        let names = bindings.flatMap { binding in
            binding.groups.map { $0.map(\.value) } ?? [binding.principal.name]
        }
        return Set(names.map(NameKey.init))
    }
}
