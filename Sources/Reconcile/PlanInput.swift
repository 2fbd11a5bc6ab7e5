package import Access
package import Roster

/// Everything that a plan depends on, as values: the same input gives the same plan.
package struct PlanInput: Sendable {
    /// The target's name in the settings.
    package var target: String
    /// The tree's commit; nil for a tree that is read as it lies.
    package var commit: String?
    package var wanted: Wanted
    package var directory: Directory
    /// Who is left out of directory, record and target, because no plan can touch them.
    package var bystanders: Bystanders
    /// The names of everybody in the tree; nil: of those in the directory.
    package var userNames: (@Sendable () -> [String])?
    /// The files that people wrote, for the names in them that must stay known.
    package var access: AccessFiles
    package var policy: ResolutionPolicy
    package var provenance: Provenance
    package var live: Organization
    /// What the last apply left; nil before the first one.
    package var record: TargetRecord?
    /// The limits that the tree states.
    package var limits: GuardLimits
    package var overrides: [GuardOverride]
    package var adoption: Adoption
    package var today: CalendarDate
    /// The moment of the run, from which `guards.grace` counts.
    package var now: Timestamp
    /// Whether nothing may be taken away.
    package var keepsAll: Bool
    /// Whether the grants that the service itself gives to new people are taken away.
    package var removesNewUserGrants: Bool
    /// Until when, and why, the settings forbid to apply anything.
    package var suspension: Suspension?
    /// The snapshot whose state is wanted, in place of the tree's; nil: the tree's.
    package var snapshotName: String?
    /// The saved plan of which exactly the items are planned; nil: all that is due.
    package var saved: SavedPlan?

    package init(
        target: String,
        commit: String? = nil,
        wanted: Wanted,
        directory: Directory = Directory(),
        bystanders: Bystanders = Bystanders(),
        userNames: (@Sendable () -> [String])? = nil,
        access: AccessFiles = AccessFiles(),
        policy: ResolutionPolicy = ResolutionPolicy(),
        provenance: Provenance = Provenance(),
        live: Organization,
        record: TargetRecord? = nil,
        limits: GuardLimits = GuardLimits(),
        overrides: [GuardOverride] = [],
        adoption: Adoption = .none,
        today: CalendarDate,
        now: Timestamp? = nil,
        keepsAll: Bool = false,
        removesNewUserGrants: Bool = false,
        suspension: Suspension? = nil,
        snapshotName: String? = nil,
        saved: SavedPlan? = nil
    ) {
        self.target = target
        self.commit = commit
        self.wanted = wanted
        self.directory = directory
        self.bystanders = bystanders
        self.userNames = userNames
        self.access = access
        self.policy = policy
        self.provenance = provenance
        self.live = live
        self.record = record
        self.limits = limits
        self.overrides = overrides
        self.adoption = adoption
        self.today = today
        self.now = now ?? Timestamp(milliseconds: today.daysSince1970 * 86_400_000)
        self.keepsAll = keepsAll
        self.removesNewUserGrants = removesNewUserGrants
        self.suspension = suspension
        self.snapshotName = snapshotName
        self.saved = saved
    }
}

extension PlanInput {
    /// Whom the tree protects.
    var protected: ProtectedNames {
        ProtectedNames(users: wanted.protectedUsers, teams: wanted.protectedTeams)
    }
}

/// Where the tree says something, and which commit last changed it there.
package struct Provenance: Hashable, Sendable {
    /// The file of each provisioned record, by its id.
    package var files: [String: String]
    /// The last commit since the base that touched a file, by its path; removed files count, too.
    package var commits: [String: String]
    /// Where identity providers changed something since the base.
    package var provisioned: Provisioned

    package init(
        files: [String: String] = [:],
        commits: [String: String] = [:],
        provisioned: Provisioned = .paths([])
    ) {
        self.files = files
        self.commits = commits
        self.provisioned = provisioned
    }
}

/// What commits of `serve` changed: a deletion there was asked for, and nothing that merely vanished.
package enum Provisioned: Hashable, Sendable {
    /// These files.
    case paths(Set<String>)
    /// Any file: there were too many to look at one by one.
    case any

    /// Whether an identity provider changed a file.
    func contains(_ path: String?) -> Bool {
        switch self {
        case .any: true
        case .paths(let paths): path.map(paths.contains) ?? false
        }
    }
}

/// Which things that were there before dagroster are taken as ours.
package enum Adoption: Hashable, Sendable {
    /// None: extras are held back.
    case none
    /// Every extra inside what the tree names; objects that it does not name stay unmanaged.
    case extras
    /// What these keys name: a held item, everything held of a person or team, or an unmanaged object.
    case keys(Set<String>)
}

extension Adoption {
    /// The keys that were named one by one.
    var keys: Set<String> {
        if case .keys(let keys) = self { keys } else { [] }
    }

    /// Whether a held removal of a principal is taken.
    func takes(_ id: ItemID, of principal: Principal) -> Bool {
        switch self {
        case .none: false
        case .extras: true
        case .keys(let keys): keys.contains(id.text) || takes(principal)
        }
    }

    /// Whether an object that the tree does not name is taken, to be removed.
    func takes(_ principal: Principal) -> Bool {
        guard case .keys(let keys) = self else { return false }
        return keys.contains(principal.name) || keys.contains(principal.description)
    }

    /// Whether a custom role that the tree does not name is taken, to be removed.
    func takes(role: String) -> Bool {
        guard case .keys(let keys) = self else { return false }
        return keys.contains("role:\(role)")
    }
}
