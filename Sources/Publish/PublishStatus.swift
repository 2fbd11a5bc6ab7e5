package import Git

/// How far the commits are behind the files, for a status page.
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

    package init(
        isRepository: Bool,
        pendingChanges: Int = 0,
        oldestAge: Duration? = nil,
        lastError: String? = nil,
        failures: Int = 0,
        lastCommit: CommitID? = nil,
        lastCommitTime: Int? = nil,
        commits: Int = 0
    ) {
        self.isRepository = isRepository
        self.pendingChanges = pendingChanges
        self.oldestAge = oldestAge
        self.lastError = lastError
        self.failures = failures
        self.lastCommit = lastCommit
        self.lastCommitTime = lastCommitTime
        self.commits = commits
    }
}
