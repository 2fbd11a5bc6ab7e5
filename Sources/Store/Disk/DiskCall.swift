/// What is about to be asked of the file system.
package struct DiskCall: Hashable, Sendable {
    /// The kinds of calls.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case open
        case write
        /// `fdatasync`: a file's bytes.
        case synchronizeBytes
        /// `fsync`: a file or folder.
        case synchronize
        /// `syncfs`: everything on the tree's file system.
        case synchronizeAll
        case rename
        case remove
        case makeFolder
        case read
        case list
        /// Watching a folder.
        case watch
    }

    package var kind: Kind
    package var path: String
}

/// What goes wrong with a call, for tests; the real call is then not made, or not wholly.
package enum DiskFault: Hashable, Sendable {
    /// The call fails with an error number.
    case error(Int32)
    /// A write writes at most so many bytes.
    case short(Int)
}
