package import Roster

/// One mutation that is on disk, with all that a commit needs to tell about it.
package struct StoredChange: Hashable, Sendable {
    package var mutation: Mutation
    /// Who asked for it: the token's name.
    package var source: String
    /// The request that asked for it.
    package var requestID: String
    /// Seconds since 1970.
    package var time: Double
    /// What changed, for people.
    package var lines: [ChangeLine]
    /// The files as they are now.
    package var files: [FileChange]

    package init(
        mutation: Mutation,
        source: String,
        requestID: String,
        time: Double,
        lines: [ChangeLine],
        files: [FileChange]
    ) {
        self.mutation = mutation
        self.source = source
        self.requestID = requestID
        self.time = time
        self.lines = lines
        self.files = files
    }
}

/// A file's new content, or its removal.
package struct FileChange: Hashable, Sendable {
    /// Relative to the tree, with `/` between folders.
    package var path: String
    /// The whole content; nil when the file is gone.
    package var bytes: [UInt8]?

    package init(path: String, bytes: [UInt8]?) {
        self.path = path
        self.bytes = bytes
    }
}

/// Who asks for a change.
package struct Requester: Hashable, Sendable {
    /// The token's name.
    package var source: String
    package var requestID: String

    package init(source: String, requestID: String) {
        self.source = source
        self.requestID = requestID
    }
}
