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
    /// The version of the record that was asked to change, before and after; nil where there is none.
    package var before: String?
    package var after: String?
    /// The files that this change and those before it back to the last one that ends a batch have changed.
    package var files: [FileChange]
    /// Whether the files are a state that the directory once had; a commit must not be made in between.
    package var endsBatch: Bool

    package init(
        mutation: Mutation,
        source: String,
        requestID: String,
        time: Double,
        lines: [ChangeLine],
        before: String? = nil,
        after: String? = nil,
        files: [FileChange],
        endsBatch: Bool = true
    ) {
        self.mutation = mutation
        self.source = source
        self.requestID = requestID
        self.time = time
        self.lines = lines
        self.before = before
        self.after = after
        self.files = files
        self.endsBatch = endsBatch
    }
}

extension StoredChange {
    /// What is told of a change when it is in the files, but for those.
    init(_ change: AppliedChange) {
        self.init(
            mutation: change.mutation,
            source: change.requester.source,
            requestID: change.requester.requestID,
            time: Double(change.time.milliseconds) / 1000,
            lines: change.before.content.lines(for: change.mutation, making: change.after.content),
            before: change.before.content.version(of: change.mutation.id),
            after: change.after.content.version(of: change.mutation.id),
            files: [],
            endsBatch: false
        )
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
