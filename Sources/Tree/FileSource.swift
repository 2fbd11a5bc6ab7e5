/// Where the files of a tree come from: a folder on disk or a commit.
package protocol FileSource: Sendable {
    /// Everything that is dagroster's or stands where dagroster's files do: `dagroster.yaml`, and whatever is under
    /// `provisioned/` and `access/`. Links are listed and not followed.
    func files() async throws -> [SourceFile]

    /// Lists the same folder by folder.
    ///
    /// - Parameter earlier: what was listed before; a folder in which nothing has come, gone or been replaced since then
    ///   may be taken from it.
    /// - Returns: every folder with its files.
    /// - Throws: as ``files()`` does.
    func listing(since earlier: SourceListing?) async throws -> SourceListing

    /// The bytes of some of these files, in the same order; nil for one that is gone since it was listed.
    func contents(of files: [SourceFile]) async throws -> [[UInt8]?]

    /// Hands over the bytes of many files by their indices, in any order and on several threads at once; nothing for a
    /// file that is gone since it was listed.
    ///
    /// The bytes are there until `receive` returns, so that the memory that this takes is not that of all files.
    func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws

    /// The same, with what each content is known by, which a listing may have left for the reading to find out.
    ///
    /// - Throws: ``UnlikeListing`` too, where a file is not what the listing took it for.
    func readTagged(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, ContentTag?, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws

    /// The same source that finds out about each file when it lists it.
    var looking: Self { get }

    /// What tells whether files were replaced while they were read; nil where they never are, as in a commit.
    var batches: BatchReader? { get }
}

/// A file was not looked at when it was listed, and is no plain one; it is for a listing that looks to say what it is.
struct UnlikeListing: Error {}

extension FileSource {
    /// Hands over what ``read(_:receive:)`` gives, with what the listing has said.
    package func readTagged(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, ContentTag?, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        try await read(files) { index, bytes in receive(index, files[index].tag, bytes) }
    }

    /// Itself, unless a source says otherwise.
    package var looking: Self { self }

    /// Nobody replaces files, unless a source says so.
    package var batches: BatchReader? { nil }

    /// Lists everything, as if it were in one folder.
    package func listing(since earlier: SourceListing?) async throws -> SourceListing {
        SourceListing(folders: [SourceListing.Folder(files: try await files())])
    }

    /// Hands over what ``contents(of:)`` gives.
    package func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        for (index, bytes) in try await contents(of: files).enumerated() {
            bytes?.withUnsafeBufferPointer { receive(index, $0) }
        }
    }
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
    /// What the content is known by without reading it, where there is such a thing.
    var tag: ContentTag?

    /// A plain file unless said otherwise.
    package init(path: String, kind: Kind = .regular, object: String? = nil) {
        self.path = path
        self.kind = kind
        self.object = object
        tag = object.flatMap(ContentTag.init)
    }

    /// The kind of record whose file this is, if it stands where one can.
    var recordKind: RecordKind { path.utf8.starts(with: Self.users) ? .user : .group }

    private static let users = Array((RecordKind.user.folder + "/").utf8)

    init(path: String, status: FileStatus) {
        self.path = path
        kind =
            switch status.kind {
            case .folder: .special
            case .regular: status.isExecutable ? .executable : .regular
            case .symlink: .symlink
            case .special: .special
            }
        tag = status.tag
    }
}
