/// The tree as it lies on disk.
package struct FolderSource: FileSource {
    /// The tree's folder.
    package let root: String
    let observer: (any ListingObserver)?
    let yields: Bool
    /// The time in nanoseconds since 1970.
    let now: @Sendable () -> Int
    /// Whether records' files are only looked at when they are opened, which saves a way to each of them.
    private(set) var looksLater = false

    /// The tree in a folder, which must exist.
    ///
    /// - Parameters:
    ///   - root: the tree's folder.
    ///   - observer: told what a listing comes by.
    ///   - yields: whether all other threads of the process go first.
    package init(_ root: String, observer: (any ListingObserver)? = nil, yields: Bool = false) {
        self.init(root, observer: observer, yields: yields) { CacheFolder.now() }
    }

    init(
        _ root: String,
        observer: (any ListingObserver)? = nil,
        yields: Bool = false,
        now: @escaping @Sendable () -> Int
    ) {
        self.root = root
        self.yields = yields
        self.observer = observer
        self.now = now
    }

    /// The same for whoever reads all files after the first listing, and asks what each is known by then.
    var lookingLater: FolderSource {
        var source = self
        source.looksLater = true
        return source
    }

    /// The same that looks at all files when it lists them.
    package var looking: FolderSource {
        var source = self
        source.looksLater = false
        return source
    }

    /// What `serve` says of the files that it replaces.
    package var batches: BatchReader? { BatchReader(root: root) }

    /// The files by walking the folders; hidden ones are passed over.
    package func files() async throws -> [SourceFile] { try await listing(since: nil).files }

    /// Walks the folders, all of one depth at once; what is in one that is as it was is taken from an earlier listing.
    package func listing(since earlier: SourceListing?) async throws -> SourceListing {
        let (known, now) = (earlier?.foldersByPath ?? [:], now())
        var top = SourceListing.Folder()
        observer?.willList("")
        for name in [TreeLocation.settingsFile, RecordKind.root, "access"] {
            if let status = try FileStatus(path: root + "/" + name) { top.add(name, status) }
        }
        var listing = SourceListing(folders: [top])
        var next = top.folders
        while !next.isEmpty {
            let found = try await list(next, known, now, looks: !looksLater || earlier != nil)
            listing.folders += found
            next = found.flatMap(\.folders)
        }
        return listing
    }

    /// The bytes of a few files.
    package func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        let contents = Slots<[UInt8]>(count: files.count)
        try await read(files) { contents[$0] = Array($1) }
        return contents.take()
    }

    /// The bytes, read by several threads, because most of the time of a small file is waiting for the system.
    package func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        try await read(files, looks: false) { index, _, bytes in receive(index, bytes) }
    }

    /// The same; what was not looked at when it was listed is looked at now.
    ///
    /// - Throws: ``UnlikeListing`` where something else than a plain file was found.
    package func readTagged(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, ContentTag?, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        try await read(files, looks: true, receive: receive)
    }

    private func read(
        _ files: [SourceFile],
        looks: Bool,
        receive: @escaping @Sendable (Int, ContentTag?, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        guard !files.isEmpty, let folder = try OpenFolder(root) else { return }
        let pieces = Pieces(of: files.count)
        let failures = Slots<any Error>(count: pieces.count)
        await Crew.work(pieces: pieces.count, yields: yields) { piece in
            TreeReader.makeRoom()
            var buffer = FileBuffer()
            var near = NearFolder(in: folder)
            for index in pieces[piece] {
                do {
                    let (path, tag) = (files[index].path, files[index].tag)
                    let isAsListed = try buffer.withContents(of: path, in: &near, looks: looks && tag == nil) {
                        status,
                        bytes in
                        if let status, status.kind != .regular || status.isExecutable { return false }
                        receive(index, tag ?? status?.tag, bytes)
                        return true
                    }
                    if isAsListed == false { throw UnlikeListing() }
                } catch {
                    failures[piece] = error
                    return
                }
            }
        }
        if let failure = failures.take().compactMap(\.self).first { throw failure }
    }
}

/// Is told what a listing of a tree comes by, on any thread.
package protocol ListingObserver: Sendable {
    /// A folder, relative to the tree, before what is in it is listed; the tree's own is "".
    func willList(_ folder: String)

    /// A temporary file, relative to the tree.
    func didFind(temporary path: String)
}

/// Many things in runs of neighbours.
struct Pieces: Sendable {
    private static let length = 256
    private let total: Int

    init(of total: Int) { self.total = total }

    /// The run that a thing is in.
    static func number(of thing: Int) -> Int { thing / length }

    /// How many runs there are.
    var count: Int { (total + Self.length - 1) / Self.length }

    /// The things of one run.
    subscript(piece: Int) -> Range<Int> { (piece * Self.length)..<min((piece + 1) * Self.length, total) }
}
