package import Git

/// How far the commits are behind the files, and the remote behind the commits, for a status page.
package struct PublishStatus: Hashable, Sendable {
    /// False for a folder that is in no repository: then nothing is ever committed.
    package var isRepository: Bool
    /// Changes that are on disk and in no commit yet.
    package var pendingChanges: Int
    /// How long the oldest of them has waited.
    package var oldestAge: Duration?
    /// Why the last attempt failed; nil when it did not.
    package var lastError: String?
    /// Attempts that failed since the last one that did not.
    package var failures: Int
    package var lastCommit: CommitID?
    /// When it was made, in seconds since 1970.
    package var lastCommitTime: Int?
    /// Commits made since the start.
    package var commits: Int
    /// Commits that are not at the remote, as far as is known; 0 where nothing is pushed.
    package var unpushedCommits: Int
    /// How long ago the oldest of them was made.
    package var oldestUnpushedAge: Duration?
    /// When a push last succeeded, in seconds since 1970.
    package var lastPushTime: Int?
    /// Why the last push failed; nil when it did not.
    package var lastPushError: String?
    /// Pushes that failed since the last one that did not; one that somebody else forestalled is none.
    package var pushFailures: Int
    /// Pushes since the start that had to be made again on top of somebody else's.
    package var reapplied: Int
    /// Changes since the start that were answered and that another writer's change left no room for.
    package var lostChanges: Int
    /// The last of them, for people.
    package var lastLoss: String?

    package init(
        isRepository: Bool,
        pendingChanges: Int = 0,
        oldestAge: Duration? = nil,
        lastError: String? = nil,
        failures: Int = 0,
        lastCommit: CommitID? = nil,
        lastCommitTime: Int? = nil,
        commits: Int = 0,
        unpushedCommits: Int = 0,
        oldestUnpushedAge: Duration? = nil,
        lastPushTime: Int? = nil,
        lastPushError: String? = nil,
        pushFailures: Int = 0,
        reapplied: Int = 0,
        lostChanges: Int = 0,
        lastLoss: String? = nil
    ) {
        self.isRepository = isRepository
        self.pendingChanges = pendingChanges
        self.oldestAge = oldestAge
        self.lastError = lastError
        self.failures = failures
        self.lastCommit = lastCommit
        self.lastCommitTime = lastCommitTime
        self.commits = commits
        self.unpushedCommits = unpushedCommits
        self.oldestUnpushedAge = oldestUnpushedAge
        self.lastPushTime = lastPushTime
        self.lastPushError = lastPushError
        self.pushFailures = pushFailures
        self.reapplied = reapplied
        self.lostChanges = lostChanges
        self.lastLoss = lastLoss
    }
}
