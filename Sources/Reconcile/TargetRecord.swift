package import Access
package import Roster

/// What dagroster holds in a target: the base of the three-way comparison, written after every apply.
///
/// It is a record of what was done, never a re-evaluation of an old tree, so that expired grants and half-finished
/// runs are still ours.
package struct TargetRecord: Hashable, Sendable {
    package var target: String
    /// The tree's commit that the target follows; it moves only when an apply succeeded in everything.
    package var commit: String?
    /// A later commit whose apply failed in part, or has not ended: its removals may be done, so that no older one may be applied.
    package var attempted: String?
    /// What an apply was about to make that has not said yet how it ended; nil: the last one has.
    package var intent: Intent?
    /// When it was written, RFC 3339.
    package var time: String?
    /// People by key.
    package var users: [String: RecordedUser]
    /// Teams by name.
    package var teams: [String: RecordedTeam]
    /// Custom roles by name.
    package var roles: [String: CustomRole]
    /// Whom an apply invited and the target does not list yet, with when.
    package var invitations: [String: Timestamp]
    /// Who accepted an invitation, and may still hold what the service itself gives to new people.
    package var newcomers: Set<String>
    /// The deployments and locations that the target had, so that one that disappeared is told from a typing mistake.
    package var deployments: [String: DeploymentState]
    /// The names that the tree had, with the ids behind them.
    package var names: KnownNames
    /// Removals that were held back on the first sight of an object, until `--adopt` takes them.
    package var notAdopted: Set<ItemID>
    /// What vanished from the tree and is kept for now, with when it was first missed.
    package var vanished: [ItemID: Timestamp]
    package var limits: GuardLimits?
    package var protected: ProtectedNames
    /// The guards that were overridden at the last apply, with the reasons given.
    package var overrides: [GuardOverride]

    package init(
        target: String,
        commit: String? = nil,
        attempted: String? = nil,
        intent: Intent? = nil,
        time: String? = nil,
        users: [String: RecordedUser] = [:],
        teams: [String: RecordedTeam] = [:],
        roles: [String: CustomRole] = [:],
        invitations: [String: Timestamp] = [:],
        newcomers: Set<String> = [],
        deployments: [String: DeploymentState] = [:],
        names: KnownNames = KnownNames(),
        notAdopted: Set<ItemID> = [],
        vanished: [ItemID: Timestamp] = [:],
        limits: GuardLimits? = nil,
        protected: ProtectedNames = ProtectedNames(),
        overrides: [GuardOverride] = []
    ) {
        self.target = target
        self.commit = commit
        self.attempted = attempted
        self.intent = intent
        self.time = time
        self.users = users
        self.teams = teams
        self.roles = roles
        self.invitations = invitations
        self.newcomers = newcomers
        self.deployments = deployments
        self.names = names
        self.notAdopted = notAdopted
        self.vanished = vanished
        self.limits = limits
        self.protected = protected
        self.overrides = overrides
    }
}

/// A person as the last apply left them.
package struct RecordedUser: Hashable, Sendable {
    /// The provisioned record's id.
    package var id: String
    /// The provisioned record's `created`.
    package var created: String?
    package var userName: String
    /// False for somebody who is only known, because `users: ignore` says that others decide who is a member.
    package var isOurs: Bool
    /// What the person holds alone because of the tree; nil: not managed.
    package var grants: [Scope: RecordedGrant]?

    package init(
        id: String,
        created: String? = nil,
        userName: String,
        isOurs: Bool = true,
        grants: [Scope: RecordedGrant]? = nil
    ) {
        self.id = id
        self.created = created
        self.userName = userName
        self.isOurs = isOurs
        self.grants = grants
    }
}

/// A team as the last apply left it.
package struct RecordedTeam: Hashable, Sendable {
    /// Ids of the provisioned groups behind it, in the order of the file.
    package var groups: [String]
    /// Keys of the members that it has because of the tree.
    package var members: Set<String>
    /// What it holds because of the tree; nil: not managed.
    package var grants: [Scope: RecordedGrant]?

    package init(groups: [String] = [], members: Set<String> = [], grants: [Scope: RecordedGrant]? = nil) {
        self.groups = groups
        self.members = members
        self.grants = grants
    }
}

/// A grant that the target holds because of the tree.
package struct RecordedGrant: Hashable, Sendable {
    package var grant: Grant
    /// The line that asked for it: `access/data-platform.yaml:10:5`.
    package var because: String?
    /// Its last day.
    package var expires: CalendarDate?

    package init(_ grant: Grant, because: String? = nil, expires: CalendarDate? = nil) {
        self.grant = grant
        self.because = because
        self.expires = expires
    }
}

/// People, by key, and teams that no plan may remove or lower.
package struct ProtectedNames: Hashable, Sendable {
    package var users: Set<String>
    package var teams: Set<String>
    /// Teams that are protected because of a former name, with the one that `access/protected.yaml` states.
    package var renamedTeams: [String: String]

    package init(users: Set<String> = [], teams: Set<String> = [], renamedTeams: [String: String] = [:]) {
        self.users = users
        self.teams = teams
        self.renamedTeams = renamedTeams
    }

    /// Everybody whom one of the two protects.
    package func union(_ other: ProtectedNames) -> ProtectedNames {
        ProtectedNames(
            users: users.union(other.users),
            teams: teams.union(other.teams),
            renamedTeams: renamedTeams.merging(other.renamedTeams) { own, _ in own }
        )
    }
}

extension ProtectedNames {
    /// Every team, under the name that the file states and under the one that it has now.
    var allTeams: Set<String> { teams.union(renamedTeams.keys) }

    /// The same after renames: whoever is protected stays so under the new name.
    func following(_ renames: some Sequence<PrincipalRename>) -> ProtectedNames {
        var names = self
        for rename in renames {
            switch (rename.from, rename.to) {
            case (.user(let old), .user(let new)) where users.contains(old): names.users.insert(new)
            case (.team(let old), .team(let new)):
                guard let stated = names.renamedTeams.removeValue(forKey: old) ?? (teams.contains(old) ? old : nil)
                else { continue }
                names.renamedTeams[new] = new == stated ? nil : stated
            default: continue
            }
        }
        return names
    }
}

extension TargetRecord {
    /// What the record says about a principal's own grants; nil: not managed.
    package func grants(of principal: Principal) -> [Scope: RecordedGrant]? {
        switch principal {
        case .user(let key): users[key]?.grants
        case .team(let name): teams[name]?.grants
        }
    }

    /// Whether the record has seen a principal.
    package func knows(_ principal: Principal) -> Bool {
        switch principal {
        case .user(let key): users[key] != nil
        case .team(let name): teams[name] != nil
        }
    }
}
