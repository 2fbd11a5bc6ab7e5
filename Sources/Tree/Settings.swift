package import Access

/// What `dagroster.yaml` says, with the defaults for what it leaves out.
package struct Settings: Hashable, Sendable {
    /// `layout.shards`: 0 or 256.
    package var layout: Layout
    /// `scim`.
    package var scim: SCIMSettings
    /// `git`.
    package var git: GitSettings
    /// `identity.email`: the attribute that identifies a person at a target.
    package var identity: ResolutionPolicy.Identity
    /// At least one, in the order of the file.
    package var targets: [TargetSettings]
    /// `guards`.
    package var guards: GuardSettings
    /// `suspend`; nil: changes are applied.
    package var suspend: SuspendSettings?

    /// Settings with what is left out at its default.
    package init(
        layout: Layout = Layout(),
        scim: SCIMSettings = SCIMSettings(),
        git: GitSettings = GitSettings(),
        identity: ResolutionPolicy.Identity = .userName,
        targets: [TargetSettings],
        guards: GuardSettings = GuardSettings(),
        suspend: SuspendSettings? = nil
    ) {
        self.layout = layout
        self.scim = scim
        self.git = git
        self.identity = identity
        self.targets = targets
        self.guards = guards
        self.suspend = suspend
    }
}

/// A time in which `reconcile` applies nothing.
package struct SuspendSettings: Hashable, Sendable {
    /// The last day of it, UTC.
    package var until: CalendarDate
    /// Why.
    package var reason: String

    /// Joins a last day and a reason.
    package init(until: CalendarDate, reason: String) {
        self.until = until
        self.reason = reason
    }
}

extension Settings {
    /// The only version of the file that this dagroster reads.
    package static let version = 1

    /// The target of a name, or nil.
    package func target(named name: String) -> TargetSettings? { targets.first { $0.name == name } }

    /// What a target gets of the tree.
    package func policy(for target: TargetSettings) -> ResolutionPolicy {
        ResolutionPolicy(users: target.users, teams: target.teams, identity: identity)
    }
}

/// How the endpoint reads and keeps what identity providers send.
package struct SCIMSettings: Hashable, Sendable {
    /// Which attributes are kept in files.
    package enum Stored: Hashable, Sendable {
        /// All that the schemas have.
        case all
        /// These, and those without which a record is none: names in the schemas' letter case, and the URN of an
        /// extension for all of it.
        case attributes([String])
    }

    /// Whether requests that break the RFCs without doing harm are refused.
    package var isStrict: Bool
    /// `scim.store`.
    package var store: Stored

    /// Settings with what is left out at its default.
    package init(isStrict: Bool = false, store: Stored = .all) {
        self.isStrict = isStrict
        self.store = store
    }
}

/// How changes become commits.
package struct GitSettings: Hashable, Sendable {
    /// Where commits are pushed, and when.
    package struct Push: Hashable, Sendable {
        /// The remote's name.
        package var remote: String
        /// The remote's branch; nil: the one of the same name.
        package var branch: String?
        /// How long commits are gathered before a push.
        package var window: Duration
        /// Whether a request is answered only once its commit is at the remote.
        package var isDurable: Bool

        /// Settings with what is left out at its default.
        package init(
            remote: String = "origin",
            branch: String? = nil,
            window: Duration = .seconds(10),
            isDurable: Bool = false
        ) {
            self.remote = remote
            self.branch = branch
            self.window = window
            self.isDurable = isDurable
        }
    }

    /// Whether changes are committed at all.
    package var commits: Bool
    /// The only branch that `serve` writes to.
    package var branch: String
    /// How long it must be quiet before a commit.
    package var window: Duration
    /// How long a change waits for a commit at most.
    package var longestWindow: Duration
    /// Nil: nothing is pushed.
    package var push: Push?

    /// Settings with what is left out at its default.
    package init(
        commits: Bool = true,
        branch: String = "main",
        window: Duration = .seconds(2),
        longestWindow: Duration = .seconds(10),
        push: Push? = nil
    ) {
        self.commits = commits
        self.branch = branch
        self.window = window
        self.longestWindow = longestWindow
        self.push = push
    }
}

/// How much a plan may take away before it is refused.
package struct GuardSettings: Hashable, Sendable {
    /// The limits of one class of loss.
    package struct Removals: Hashable, Sendable {
        /// The largest share that may go, 0 to 100.
        package var percent: Int
        /// The largest number that may go.
        package var count: Int
        /// So many losses are never too large a share.
        package var floor: Int

        /// Settings with what is left out at its default.
        package init(percent: Int = 5, count: Int = 100, floor: Int = 10) {
            self.percent = percent
            self.count = count
            self.floor = floor
        }
    }

    /// The limits of one group's members.
    package struct Group: Hashable, Sendable {
        /// The largest share that may go, 0 to 100.
        package var percent: Int
        /// Groups smaller than this have no limit.
        package var floor: Int

        /// Settings with what is left out at its default.
        package init(percent: Int = 50, floor: Int = 10) {
            self.percent = percent
            self.floor = floor
        }
    }

    /// `guards.removals`.
    package var removals: Removals
    /// `guards.group`.
    package var group: Group
    /// The number of organisation admins that a plan may not go below.
    package var minAdmins: Int
    /// How long what vanished is kept before it is removed.
    package var grace: Duration

    /// Settings with what is left out at its default.
    package init(
        removals: Removals = Removals(),
        group: Group = Group(),
        minAdmins: Int = 2,
        grace: Duration = .zero
    ) {
        self.removals = removals
        self.group = group
        self.minAdmins = minAdmins
        self.grace = grace
    }
}
