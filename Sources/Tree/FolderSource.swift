/// The tree as it lies on disk.
package struct FolderSource: FileSource {
    /// The tree's folder.
    package let root: String
    private let observer: (any ListingObserver)?

    /// The tree in a folder, which must exist.
    package init(_ root: String, observer: (any ListingObserver)? = nil) {
        self.root = root
        self.observer = observer
    }

    /// What `serve` says of the files that it replaces.
    package var batches: BatchReader? { BatchReader(root: root) }

    /// The files by walking the folders, all of one depth at once; hidden ones are passed over.
    package func files() async throws -> [SourceFile] {
        var found = Listing()
        observer?.willList("")
        for name in [TreeLocation.settingsFile, RecordKind.root, "access"] {
            if let status = try FileStatus(path: root + "/" + name) { found.add(name, status) }
        }
        var files = found.files
        while !found.folders.isEmpty {
            let listings = try await list(found.folders)
            found = Listing()
            for listing in listings {
                files += listing.files
                found.folders += listing.folders
            }
        }
        return files
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
        await Crew.work(pieces: pieces.count) { piece in
            var buffer = FileBuffer()
            for index in pieces[piece] {
                do throws(FileError) {
                    try buffer.withContents(of: files[index].path, in: folder) { receive(index, $0) }
                } catch {
                    failures[piece] = error
                    return
                }
            }
        }
        if let failure = failures.take().compactMap(\.self).first { throw failure }
    }
}

extension FolderSource {
    /// What is in some folders.
    private struct Listing {
        var files: [SourceFile] = []
        var folders: [String] = []

        mutating func add(_ path: String, _ status: FileStatus) {
            if status.kind == .folder {
                folders.append(path)
            } else {
                files.append(SourceFile(path: path, status: status))
            }
        }
    }

    private func list(_ folders: [String]) async throws(FileError) -> [Listing] {
        let listings = Slots<Result<Listing, FileError>>(count: folders.count)
        await Crew.work(pieces: folders.count) { piece in
            listings[piece] = Result { () throws(FileError) in try list(folders[piece]) }
        }
        var found: [Listing] = []
        for listing in listings.take() { if let listing { found.append(try listing.get()) } }
        return found
    }

    private func list(_ path: String) throws(FileError) -> Listing {
        var listing = Listing()
        observer?.willList(path)
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
