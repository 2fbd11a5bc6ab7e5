internal import Git

/// One change of a file on a branch.
struct FileVersion: Sendable {
    /// How many steps the commit lies behind the end of the branch.
    var order: Int
    var commit: CommitInfo
    /// The path after the change.
    var path: String
    /// Nil: the file came to be with this commit.
    var before: ObjectID?
    /// Nil: it went.
    var after: ObjectID?
}

/// All changes of one file, newest first, through every folder and name that it has had.
struct FilePast: Sendable {
    var versions: [FileVersion] = []

    /// What the file held so many steps behind the end of the branch; nil where there was no such file.
    func content(at order: Int) -> ObjectID? { versions.first { $0.order >= order }?.after }
}
