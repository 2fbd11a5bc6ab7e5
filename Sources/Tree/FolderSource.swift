/// The tree as it lies on disk.
package struct FolderSource: FileSource {
    /// The tree's folder.
    package let root: String
    private let observer: (any ListingObserver)?
    private let yields: Bool
    /// The time in nanoseconds since 1970.
    private let now: @Sendable () -> Int

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
            let found = try await list(next, known, now)
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
        guard !files.isEmpty, let folder = try OpenFolder(root) else { return }
        let pieces = Pieces(of: files.count)
        let failures = Slots<FileError>(count: pieces.count)
        await Crew.work(pieces: pieces.count, yields: yields) { piece in
            var buffer = FileBuffer()
            var near = NearFolder(in: folder)
            for index in pieces[piece] {
                do throws(FileError) {
                    try buffer.withContents(of: files[index].path, in: &near) { receive(index, $0) }
                } catch {
                    failures[piece] = error
                    return
                }
            }
        }
        if let failure = failures.take().compactMap(\.self).first { throw failure }
    }
}

extension SourceListing.Folder {
    fileprivate mutating func add(_ path: String, _ status: FileStatus) {
        if status.kind == .folder {
            folders.append(path)
        } else {
            files.append(SourceFile(path: path, status: status))
        }
    }
}

extension FolderSource {
    private func list(
        _ folders: [String],
        _ known: [String: SourceListing.Folder],
        _ now: Int
    ) async throws(FileError) -> [SourceListing.Folder] {
        let listings = Slots<Result<SourceListing.Folder, FileError>>(count: folders.count)
        await Crew.work(pieces: folders.count, yields: yields) { piece in
            let path = folders[piece]
            listings[piece] = Result { () throws(FileError) in try list(path, known[path], now) }
        }
        var found: [SourceListing.Folder] = []
        for listing in listings.take() { if let listing { found.append(try listing.get()) } }
        return found
    }

    private func list(
        _ path: String,
        _ known: SourceListing.Folder?,
        _ now: Int
    ) throws(FileError) -> SourceListing.Folder {
        var listing = SourceListing.Folder(path: path)
        observer?.willList(path)
        // Before its names are read, so that a change meanwhile is seen the next time.
        if let tag = try FileStatus(path: root + "/" + path)?.tag, tag.isSettled(at: now) {
            if let known, known.tag == tag { return known }
            listing.tag = tag
        }
        guard let folder = try OpenFolder(root + "/" + path) else { return listing }
        let names = try folder.names()
        // A folder with a `.git` of its own is another repository, and git sees nothing inside it.
        if names.contains(".git") {
            listing.files.append(SourceFile(path: path, kind: .submodule))
            return listing
        }
        for name in names.sorted() {
            guard !name.hasPrefix(".") else {
                if name.hasPrefix(DurableFile.temporaryPrefix) { observer?.didFind(temporary: path + "/" + name) }
                continue
            }
            let inner = path + "/" + name
            if let status = try FileStatus(name: name, in: folder.number, path: root + "/" + inner) {
                listing.add(inner, status)
            }
        }
        return listing
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
