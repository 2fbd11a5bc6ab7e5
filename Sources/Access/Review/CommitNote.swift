/// What a report says about a commit: which, who, when and why.
package struct CommitNote: Hashable, Sendable {
    /// The whole name.
    package var id: String
    /// Who made the change.
    package var author: String
    /// When it was committed, in seconds since 1970.
    package var seconds: Int
    /// The message's first line.
    package var subject: String
    /// The token with which the identity provider asked for it; nil: a person made it.
    package var source: String?
    /// The requests that it carries.
    package var requests: [String]
    /// The reason for an edit by hand of what only the identity provider writes.
    package var handEdit: String?
    /// The merge by which it came to the branch; nil: it was made there.
    package var merge: String?
    /// Whether the history that is here ends with it, so that what it says may be older.
    package var isOldestHere: Bool

    /// A note with what is left out absent.
    package init(
        id: String,
        author: String,
        seconds: Int,
        subject: String,
        source: String? = nil,
        requests: [String] = [],
        handEdit: String? = nil,
        merge: String? = nil,
        isOldestHere: Bool = false
    ) {
        self.id = id
        self.author = author
        self.seconds = seconds
        self.subject = subject
        self.source = source
        self.requests = requests
        self.handEdit = handEdit
        self.merge = merge
        self.isOldestHere = isOldestHere
    }
}
