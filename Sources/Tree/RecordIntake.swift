internal import Synchronization

/// What was read of provisioned files, by the files' numbers; people go into a directory while other files are still read.
///
/// They go in in the order of their files, run by run, by whichever thread has read the last file that was missing, so that
/// no thread is idle for it. A class, because many threads share it.
final class RecordIntake: Sendable {
    /// What was read; nothing of a file that is gone.
    let files: Slots<RecordFileContents>
    private let runs: [Run]
    private let progress: Mutex<Progress>

    private struct Progress: Sendable {
        var builder: DirectoryBuilder
        /// The first run that is not in the directory.
        var next = 0
    }

    /// Some files that follow each other.
    private final class Run: Sendable {
        /// How many of them are not yet read.
        let missing: Atomic<Int>
        // Threads that count different runs down would wait for each other, did these stand side by side.
        private let space: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

        init(_ count: Int) { missing = Atomic(count) }
    }

    /// Begins with so many files of which nothing is read.
    init(count: Int) {
        files = Slots(count: count)
        let pieces = Pieces(of: count)
        runs = (0..<pieces.count).map { Run(pieces[$0].count) }
        progress = Mutex(Progress(builder: DirectoryBuilder(capacity: count)))
    }

    /// Takes files that are all read.
    init(_ files: Slots<RecordFileContents>) {
        self.files = files
        runs = []
        progress = Mutex(Progress(builder: DirectoryBuilder(capacity: files.count)))
    }

    /// Takes the file of a number, each once, from any thread.
    func take(_ file: RecordFileContents, _ number: Int) {
        files[number] = file
        guard runs[Pieces.number(of: number)].missing.subtract(1, ordering: .acquiringAndReleasing).newValue == 0
        else { return }
        // Where another thread is at it, what it does not find ready any more is left for later.
        progress.withLockIfAvailable { progress in
            while progress.next < runs.count, runs[progress.next].missing.load(ordering: .acquiring) == 0 {
                progress.builder.addPeople(of: files, Pieces(of: files.count)[progress.next])
                progress.next += 1
            }
        }
    }

    /// The directory of all that was read, to be asked for once, when no file is read any more.
    func builder() async -> DirectoryBuilder {
        var builder = progress.withLock { progress in
            let pieces = Pieces(of: files.count)
            let rest = progress.next < pieces.count ? pieces[progress.next].lowerBound..<files.count : 0..<0
            var builder = DirectoryBuilder(capacity: 0)
            swap(&builder, &progress.builder)
            builder.addPeople(of: files, rest)
            return builder
        }
        await builder.finish(files)
        return builder
    }
}

extension RecordIntake {
    /// Reads files of a source, in the given order.
    ///
    /// - Throws: what the source throws.
    convenience init(_ files: [SourceFile], from source: some FileSource) async throws {
        self.init(count: files.count)
        try await source.readTagged(files) { [self] index, tag, bytes in
            take(RecordFileContents(files[index], tag, bytes), index)
        }
    }
}
