internal import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A source whose records are taken from a cache as far as it has them, and kept in it for the next time.
///
/// Which files there are, and what each one's content is known by, the source says every time; the cache only saves
/// opening and reading them. A tree of few files has none.
package struct CachedSource<Source: FileSource>: FileSource {
    private(set) var source: Source
    /// The cache's file.
    let path: String
    let fewest: Int
    /// Told that the cache is to be written, instead of writing it; nil: it is written with the reading.
    let renewal: CacheRenewal?
    /// The time in nanoseconds since 1970.
    let now: @Sendable () -> Int

    init(
        _ source: Source,
        at path: String,
        fewest: Int = CacheFolder.fewestFiles,
        renewal: CacheRenewal? = nil,
        now: @escaping @Sendable () -> Int = { CacheFolder.now() }
    ) {
        self.source = source
        self.path = path
        self.fewest = fewest
        self.renewal = renewal
        self.now = now
    }

    /// The files of the source.
    package func files() async throws -> [SourceFile] { try await source.files() }

    /// The folders of the source.
    package func listing(since earlier: SourceListing?) async throws -> SourceListing {
        try await source.listing(since: earlier)
    }

    /// The same of a source that looks at all files when it lists them.
    package var looking: Self {
        var looking = self
        looking.source = source.looking
        return looking
    }

    /// What the source's writer says.
    package var batches: BatchReader? { source.batches }

    /// The bytes of a few files, from the source.
    package func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { try await source.contents(of: files) }

    /// The bytes of many files, from the cache where it has them.
    package func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        try await readTagged(files) { index, _, bytes in receive(index, bytes) }
    }

    /// The same with what each content is known by.
    package func readTagged(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, ContentTag?, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        try await readKeeping(files, receive: receive)?.finish()
    }

    /// The same, and a new cache that is still to be finished, if there is to be one.
    func readKeeping(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, ContentTag?, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws -> ContentCacheWriter? {
        guard files.count >= fewest else {
            try await source.readTagged(files, receive: receive)
            return nil
        }
        let now = now()
        let lookup = Lookup(files, in: ContentCache(path))
        let isWorthWriting = lookup.isWorthWriting(at: now)
        if isWorthWriting { renewal?.note(files, at: now) }
        let writer = isWorthWriting && renewal == nil ? ContentCacheWriter(path, of: files) : nil
        let damaged = await lookup.readHits { index, bytes in
            receive(index, files[index].tag, bytes)
            writer?.add(index, files[index], files[index].tag, bytes, at: now)
        }
        let missing = lookup.misses + damaged
        let isAll = lookup.misses.count == files.count
        try await source.readTagged(isAll ? files : missing.map { files[$0] }) { number, tag, bytes in
            let index = missing[number]
            receive(index, tag, bytes)
            writer?.add(index, files[index], tag, bytes, at: now)
        }
        return writer
    }
}

/// Writes a cache later than the files are read: whoever waits for what they say does not wait for that.
package final class CacheRenewal: Sendable {
    /// So many files are read until it is asked whether anybody still wants the cache.
    private static let portion = 4096

    /// The files as they were listed, with the time of that.
    private let wanted = Mutex<(files: [SourceFile], time: Int)?>(nil)
    private let isGivenUp = Atomic(false)

    package init() {}

    func note(_ files: [SourceFile], at time: Int) { wanted.withLock { $0 = (files, time) } }

    /// Lets whoever runs this come to an end soon, without a new cache: the next start does without, too.
    package func giveUp() { isGivenUp.store(true, ordering: .relaxed) }

    /// Reads the files once more, if that was wanted, and writes the cache; other threads go first.
    ///
    /// They are not listed again. What has changed since then is kept under what it was known by before, which no file
    /// will ever be again.
    ///
    /// - Parameter root: the tree's folder.
    package func run(in root: String) async { await run(FolderSource(root, yields: true).cached) }

    func run(_ source: CachedSource<FolderSource>) async {
        let wanted = wanted.withLock { wanted in
            defer { wanted = nil }
            return wanted
        }
        guard let (files, time) = wanted, let writer = ContentCacheWriter(source.path, of: files) else { return }
        for start in stride(from: 0, to: files.count, by: Self.portion) {
            guard !isGivenUp.load(ordering: .relaxed) else { return }
            let portion = Array(files[start..<min(start + Self.portion, files.count)])
            let isRead: Void? = try? await source.source.readTagged(portion) { number, tag, bytes in
                writer.add(start + number, portion[number], tag, bytes, at: time)
            }
            // Like everything about a cache it may fail.
            guard isRead != nil else { return }
        }
        writer.finish()
    }
}

/// Which of many files a cache has.
private struct Lookup {
    /// The part of all files that must be missing for the cache to be written anew: it costs as much as reading some.
    private static let portion = 20

    private let files: [SourceFile]
    private let cache: ContentCache?
    private var hits: [(index: Int, entry: ContentIndex.Entry)] = []
    private(set) var misses: [Int] = []

    init(_ files: [SourceFile], in cache: ContentCache?) {
        self.files = files
        self.cache = cache
        guard let cache else {
            misses = Array(files.indices)
            return
        }
        var hint = 0
        for (index, file) in files.enumerated() {
            if let tag = file.tag, let entry = cache.index.entry(of: file.path, tagged: tag, hint: &hint) {
                hits.append((index, entry))
            } else {
                misses.append(index)
            }
        }
    }

    func isWorthWriting(at now: Int) -> Bool {
        // What nobody has looked at yet will have settled by the time that it is kept.
        misses.count { index in files[index].tag.map { files[index].isSettled($0, at: now) } ?? true } * Self.portion
            > files.count
    }

    /// Hands over what the cache has, and gives the files of which it has something else by now.
    func readHits(receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void) async -> [Int] {
        guard let cache else { return [] }
        let hits = hits
        let pieces = Pieces(of: hits.count)
        let damaged = Slots<[Int]>(count: pieces.count)
        await Crew.work(pieces: pieces.count) { piece in
            damaged[piece] = hits[pieces[piece]].compactMap { index, entry in
                cache.withContent(entry) { receive(index, $0) } ? nil : index
            }
        }
        return damaged.take().flatMap { $0 ?? [] }
    }
}

extension SourceFile {
    /// Whether its tag tells all later contents from this one.
    fileprivate func isSettled(_ tag: ContentTag, at now: Int) -> Bool { object != nil || tag.isSettled(at: now) }
}

extension ContentCacheWriter {
    /// Keeps a file's content, if its tag tells it from all later ones.
    fileprivate func add(
        _ index: Int,
        _ file: SourceFile,
        _ tag: ContentTag?,
        _ bytes: UnsafeBufferPointer<UInt8>,
        at now: Int
    ) {
        guard let tag, file.isSettled(tag, at: now) else { return }
        add(index, tagged: tag, bytes)
    }
}

/// Where a tree keeps its caches.
enum CacheFolder {
    /// So many files are worth a cache.
    static let fewestFiles = 1000

    /// The folder of a tree's caches.
    static func folder(of tree: String) -> String { tree + "/" + TreeLocation.stateFolder + "/cache" }

    /// The folder of local state that a folder of caches is in.
    static func stateFolder(of folder: String) -> String { String(folder.dropLast("/cache".count)) }

    static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

extension FolderSource {
    /// The same by a cache in the tree, for what reads all of it.
    package var cached: CachedSource<FolderSource> { cached(renewal: nil) }

    /// The same by a cache that is written when the renewal is run.
    package func cached(renewal: CacheRenewal?) -> CachedSource<FolderSource> {
        let path = CacheFolder.folder(of: root) + "/folder"
        // Without a cache every file is opened, and may be looked at then.
        let isThere = renewal == nil || FileState(path: path) != nil
        return CachedSource(isThere ? self : lookingLater, at: path, renewal: renewal)
    }
}

extension CommitSource {
    /// The same by a cache in the work tree, for what reads all of the commit.
    package func cached(in tree: String) -> CachedSource<CommitSource> {
        CachedSource(self, at: CacheFolder.folder(of: tree) + "/commit")
    }
}
