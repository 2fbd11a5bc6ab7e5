/// How far the files may be behind what was answered, and how much is kept in memory until they are not.
package struct StoreLimits: Hashable, Sendable {
    /// How long the files wait for more after a first change; with the writing they are within 250 ms then.
    package var pause: Duration = .milliseconds(150)
    /// Changes older than this that are not in the files make new ones wait.
    package var longestLag: Duration = .milliseconds(1500)
    /// At most so many files are replaced together.
    package var batch = 2000
    /// More records than this that are not in the files make new changes wait.
    package var backlog = 20_000
    /// The journal's segments, in bytes.
    package var segment = 4 << 20
    /// How often what cannot be written now is tried again.
    package var retry: Duration = .milliseconds(200)
    /// How often that is tried when the store is closed, before the rest is left to the next start.
    package var closingAttempts = 10

    /// Edits of others are taken up when nothing more has come for this long, so that a `git pull` is one change.
    package var quiet: Duration = .milliseconds(200)
    /// The same while git says that it is in the middle of something.
    package var quietWhenBusy: Duration = .seconds(10)
    /// How long a change of a record waits until somebody else's edit of it is taken up.
    package var patience: Duration = .seconds(5)
    /// How often the folders are looked through where the system tells nobody of changed files.
    package var scan: Duration = .seconds(5)

    package init() {}
}
