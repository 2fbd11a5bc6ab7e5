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

    package init(
        target: String,
        commit: String? = nil,
        wanted: Wanted,
        directory: Directory = Directory(),
        access: AccessFiles = AccessFiles(),
        policy: ResolutionPolicy = ResolutionPolicy(),
        provenance: Provenance = Provenance(),
        live: Organization,
        record: TargetRecord? = nil,
        limits: GuardLimits = GuardLimits(),
        overrides: [GuardOverride] = [],
        adoption: Adoption = .none,
        today: CalendarDate
    ) {
        self.target = target
        self.commit = commit
        self.wanted = wanted
        self.directory = directory
        self.access = access
        self.policy = policy
        self.provenance = provenance
        self.live = live
        self.record = record
        self.limits = limits
        self.overrides = overrides
        self.adoption = adoption
        self.today = today
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

    package init(files: [String: String] = [:], commits: [String: String] = [:]) {
        self.files = files
        self.commits = commits
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
