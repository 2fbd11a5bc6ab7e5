/// Where the files of a tree come from: a folder on disk or a commit.
package protocol FileSource: Sendable {
    /// Everything that is dagroster's or stands where dagroster's files do: `dagroster.yaml`, and whatever is under
    /// `provisioned/` and `access/`. Links are listed and not followed.
    func files() async throws -> [SourceFile]

    /// The bytes of some of these files, in the same order; nil for one that is gone since it was listed.
    func contents(of files: [SourceFile]) async throws -> [[UInt8]?]
}

/// One file that a source lists.
package struct SourceFile: Hashable, Sendable {
    /// What it is.
    package enum Kind: String, Hashable, Sendable {
        case regular
        case executable
        case symlink
        case submodule
        /// A device, a pipe or a socket.
        case special
    }

    /// The path relative to the tree, with `/` between folders.
    package var path: String
    /// What stands at the path.
    package var kind: Kind
    /// The name of the bytes in the source, where they have one: a blob's id.
    package var object: String?

    /// A plain file unless said otherwise.
    package init(path: String, kind: Kind = .regular, object: String? = nil) {
        self.path = path
        self.kind = kind
        self.object = object
    }
}
