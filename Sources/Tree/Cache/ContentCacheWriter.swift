internal import Roster
internal import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes a cache's file anew, beside the one that is there, as contents come by.
///
/// Nothing depends on it: what goes wrong (a tree that nobody may write to, a full disk) leaves no new cache and is not
/// told. It does not wait for the disk, because what a crash leaves torn is not taken for a cache.
final class ContentCacheWriter: Sendable {
    /// How old, in seconds, what another process began and did not end may become.
    private static let patience = 600

    private let path: String
    private let temporary: String
    private let files: [SourceFile]
    private let number: Int32
    /// Where the next contents go.
    private let end = Atomic(0)
    private let isFailed = Atomic(false)
    private let isFinished = Atomic(false)
    /// Several, so that threads that read neighbours do not wait for each other.
    private let lanes: [Lane]
    /// What has been written of each file.
    private let entries: Slots<ContentIndex.Entry>

    /// Begins a cache of some of these files; nil where that cannot be, or another process is at it.
    init?(_ path: String, of files: [SourceFile]) {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        let folder = String(path[..<slash])
        let temporary = folder + "/" + DurableFile.temporaryPrefix + path[path.index(after: slash)...]
        for folder in [CacheFolder.stateFolder(of: folder), folder] { mkdir(folder, 0o700) }
        guard let number = Self.begin(temporary) else { return nil }
        self.path = path
        self.temporary = temporary
        self.files = files
        self.number = number
        lanes = (0..<16).map { _ in Lane() }
        entries = Slots(count: files.count)
    }

    deinit {
        close(number)
        if !isFinished.load(ordering: .relaxed) { unlink(temporary) }
    }

    /// Adds the content of the file of a number, from any thread.
    func add(_ index: Int, tagged tag: ContentTag, _ bytes: UnsafeBufferPointer<UInt8>) {
        var checksum = ContentChecksum()
        checksum.combine(tag)
        checksum.combine(UnsafeRawBufferPointer(bytes))
        let value = checksum.value
        let first = Pieces.number(of: index)
        // One that somebody is at, who may wait for the disk, is passed over.
        for step in 0..<lanes.count {
            let lane = lanes[(first + step) % lanes.count]
            guard lane.state.withLockIfAvailable({ put(index, tag, value, bytes, &$0) }) == nil else { return }
        }
        lanes[first % lanes.count].state.withLock { put(index, tag, value, bytes, &$0) }
    }

    private func put(
        _ index: Int,
        _ tag: ContentTag,
        _ checksum: UInt64,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ lane: inout Lane.State
    ) {
        let entry = ContentIndex.Entry(tag: tag, offset: lane.bytes.count, length: bytes.count, checksum: checksum)
        lane.pending.append((index, entry))
        lane.bytes.append(contentsOf: bytes)
        if lane.bytes.count >= Lane.length { flush(&lane) }
    }

    /// Takes the place of the cache that is there.
    func finish() {
        for lane in lanes { lane.state.withLock { flush(&$0) } }
        let start = end.load(ordering: .relaxed)
        // One after the other as they are asked for: a list of all of them is much for a moment.
        let found = files.indices.lazy.compactMap { [files, entries] index in
            entries[index].map { (path: files[index].path, entry: $0) }
        }
        write(ContentIndex.bytes(of: found, at: start), at: start)
        guard !isFailed.load(ordering: .relaxed), rename(temporary, path) == 0 else { return }
        isFinished.store(true, ordering: .relaxed)
    }

    private static func begin(_ path: String) -> Int32? {
        for _ in 0..<2 {
            let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if number >= 0 { return number }
            guard errno == EEXIST, let state = FileState(path: path) else { return nil }
            guard state.modified.milliseconds / 1000 < time(nil) - patience else { return nil }
            unlink(path)
        }
        return nil
    }
}

extension ContentCacheWriter {
    /// Contents of neighbours that are not yet written.
    private final class Lane: Sendable {
        static let length = 64 << 10

        struct State {
            var bytes: [UInt8] = []
            /// With their places in `bytes`.
            var pending: [(index: Int, entry: ContentIndex.Entry)] = []
        }

        let state = Mutex(State())
    }

    private func flush(_ lane: inout Lane.State) {
        let start = end.add(lane.bytes.count, ordering: .relaxed).oldValue
        write(lane.bytes, at: start)
        for (index, entry) in lane.pending {
            var entry = entry
            entry.offset += start
            entries[index] = entry
        }
        lane.bytes.removeAll(keepingCapacity: true)
        lane.pending.removeAll(keepingCapacity: true)
    }

    /// Gives bytes to the system; after a failure there will be no cache.
    private func write(_ bytes: [UInt8], at offset: Int) {
        bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, let base = bytes.baseAddress {
                let count = pwrite(number, base + done, bytes.count - done, off_t(offset + done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return isFailed.store(true, ordering: .relaxed) }
                done += count
            }
        }
    }
}
