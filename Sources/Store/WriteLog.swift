/// Keeps word of what is about to be written to files, so that after a crash those bytes are known for the store's own.
package protocol WriteLog: Sendable {
    /// Notes what files are about to hold, before the first of them does.
    ///
    /// Files that cannot be noted are not written; that is tried again.
    ///
    /// - Parameters:
    ///   - files: the files and their contents.
    ///   - changes: how many changes they have that were not noted before.
    /// - Throws: why they cannot be noted.
    func note(_ files: [NotedFile], of changes: Int) throws

    /// How many of the changes that were noted are in no commit; none where nobody commits.
    var uncommitted: Int { get }
}

/// Keeps no word: for a store whose files nobody commits.
package struct NoWriteLog: WriteLog {
    package init() {}

    package func note(_ files: [NotedFile], of changes: Int) {}

    package var uncommitted: Int { 0 }
}

/// A file with what it is about to hold; a name of its own, because git's changes of files are called so, too.
package typealias NotedFile = FileChange
