/// How far the files may be behind what was answered, and how much is kept in memory until they are not.
package struct StoreLimits: Hashable, Sendable {
    /// How long the files wait for more after a first change; with the writing they are within 250 ms then.
    package var pause: Duration = .milliseconds(150)
    /// New changes wait while it takes longer than this to write what is not in the files yet, or one of those that
    /// are not is older; with the batch that is being written the files are within 2 s then.
    package var longestLag: Duration = .milliseconds(1500)
    /// The files rest no longer than this from a batch to let changes gather.
    package var longestRest: Duration = .milliseconds(750)
    /// At most so many files are replaced together: each batch waits for the disk, and readers wait for its renames.
    package var batch = 4000
    /// Nor more than are written in this time, as fast as the last ones were.
    package var longestBatch: Duration = .milliseconds(500)
    /// More changes than this that are not in the files make new ones wait, whatever the pace, for the memory's sake.
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
