/// What a commit says about itself.
package struct CommitInfo: Hashable, Sendable {
    package var id: CommitID
    package var parents: [CommitID]
    package var author: Signature
    package var committer: Signature
    package var subject: String
    /// The message without its subject, trailers included.
    package var body: String
    package var trailers: [Trailer]

    package init(
        id: CommitID,
        parents: [CommitID],
        author: Signature,
        committer: Signature,
        subject: String,
        body: String,
        trailers: [Trailer]
    ) {
        self.id = id
        self.parents = parents
        self.author = author
        self.committer = committer
        self.subject = subject
        self.body = body
        self.trailers = trailers
    }
}

/// A line such as `Dagroster-Source: entra-prod` at a message's end.
package struct Trailer: Hashable, Sendable {
    package var key: String
    package var value: String

    package init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}
