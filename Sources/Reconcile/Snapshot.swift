internal import Access
package import Roster

/// An organisation as it was before an apply, with who was who in it: what `--restore` brings back.
package struct Snapshot: Hashable, Sendable {
    package var target: String
    /// When it was taken.
    package var time: Timestamp
    /// The commit that was about to be applied; nil for a tree without commits.
    package var commit: String?
    package var organization: Organization
    /// The people who were ours, by key, with the ids of their provisioned records.
    package var people: [String: String]
    /// The teams that were ours, with the ids of the groups behind them.
    package var teams: [String: [String]]
    /// The custom roles that were ours.
    package var roles: Set<String>

    package init(
        target: String,
        time: Timestamp,
        commit: String? = nil,
        organization: Organization,
        people: [String: String] = [:],
        teams: [String: [String]] = [:],
        roles: Set<String> = []
    ) {
        self.target = target
        self.time = time
        self.commit = commit
        self.organization = organization
        self.people = people
        self.teams = teams
        self.roles = roles
    }
}

extension Snapshot {
    /// What it is called: `sandbox-2026-11-24T00-10-05Z`, which is a file's name on every system.
    package var name: String { "\(target)-\(time.wholeSeconds.description.replacing(":", with: "-"))" }
}

/// Keeps snapshots.
package protocol SnapshotStore: Sendable {
    /// Keeps one, durably, before anything is applied.
    func keep(_ snapshot: Snapshot) async throws
}

/// Keeps none.
package struct NoSnapshots: SnapshotStore {
    package init() {}

    package func keep(_ snapshot: Snapshot) async throws {}
}

extension Prepared {
    /// The target as it is before the plan is applied.
    package func snapshot(at time: Timestamp) -> Snapshot {
        let record = input.record
        let ours = input.live.users.keys.compactMap { key -> (String, String)? in
            if let user = record?.users[key] { return user.isOurs ? (key, user.id) : nil }
            return input.policy.users == .ignore ? nil : input.wanted.users[key].map { (key, $0.userID) }
        }
        let teams = input.live.teams.keys.compactMap { name -> (String, [String])? in
            (record?.teams[name]?.groups ?? input.wanted.teams[name]?.groupIDs).map { (name, $0) }
        }
        let roles = input.live.roles.keys.filter { record?.roles[$0] != nil || input.wanted.roles[$0] != nil }
        return Snapshot(
            target: input.target,
            time: time,
            commit: input.commit,
            organization: input.live,
            people: Dictionary(ours, uniquingKeysWith: { first, _ in first }),
            teams: Dictionary(teams, uniquingKeysWith: { first, _ in first }),
            roles: Set(roles)
        )
    }
}
