internal import YAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a tree's files so that what comes of it is of one moment between two batches of ``BatchWriter``.
///
/// Files are read without any lock, and the mark in `.dagroster/batch.lock` is looked at before and after. Mostly it is
/// the same, and that was all. Otherwise the files are listed again and those that differ are read again, under the lock
/// that readers share: no batch begins meanwhile, and the writer waits only for as long as that takes.
///
/// No reader needs the lock. There is none where nothing was ever served, where the folder of local state is another
/// user's, or on a file system without flock(2); files are then read as they come. So are those that others write, as
/// `git pull` and editors do.
package struct BatchReader: Sendable {
    private let root: String
    private let path: String
    private let patience: Duration
    private let pause: @Sendable () async -> Void

    /// For the files of a tree.
    ///
    /// - Parameters:
    ///   - root: the tree's folder.
    ///   - patience: how long the end of a batch is waited for, which is mostly some milliseconds away.
    ///   - pause: what is done between two attempts to have the lock, for which flock(2) waits for ever or not at all.
    package init(
        root: String,
        patience: Duration = .seconds(5),
        pause: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .milliseconds(1)) }
    ) {
        self.root = root
        path = root + "/" + BatchMark.path
        self.patience = patience
        self.pause = pause
    }
}

extension BatchReader {
    /// What came of reading.
    struct Reading<First, Update> {
        var first: First
        /// What a batch has changed that came between; nil where none did.
        var update: Update?
        /// What is to be said about it.
        var doubt: Diagnostic?
    }

    /// How often it is tried to hold off a writer who does not wait.
    private static let attempts = 3

    /// Reads once, and where a batch came between, again.
    ///
    /// - Parameters:
    ///   - read: lists and reads everything.
    ///   - again: lists again, and reads what differs from what was read first; the writer may wait for that.
    /// - Returns: what was read, and what is to be said about it.
    /// - Throws: what the closures throw.
    func read<First, Update>(
        _ read: () async throws -> First,
        again: (First) async throws -> Update
    ) async throws -> Reading<First, Update> {
        var reading = try await readSteadily(read, again: again)
        // The mark that an import has left is told of by its note, which knows more.
        do throws(Diagnostic) {
            if let note = try ImportNote(of: root) { reading.doubt = await problem(of: note) }
        } catch {
            reading.doubt = error
        }
        return reading
    }

    /// What is wrong with an import's files, once it is not in the middle of putting them in place.
    private func problem(of note: ImportNote) async -> Diagnostic? {
        let lock = await lock(until: .now + patience)
        let problem = note.isHalf ? note.problem : nil
        lock?.unlock()
        return problem
    }

    private func readSteadily<First, Update>(
        _ read: () async throws -> First,
        again: (First) async throws -> Update
    ) async throws -> Reading<First, Update> {
        let before = mark()
        let first = try await read()
        if mark() == before, before?.isBegun != true { return Reading(first: first) }
        var update: Update?
        let end = ContinuousClock.now + patience
        for _ in 0..<Self.attempts {
            let lock = await lock(until: end)
            let before = mark()
            update = try await again(first)
            let isSame = mark() == before
            let isLocked = lock != nil
            lock?.unlock()
            guard isSame else { continue }
            if before?.isBegun != true { return Reading(first: first, update: update) }
            // Nobody is at it.
            if isLocked { return Reading(first: first, update: update, doubt: Self.unfinished) }
        }
        return Reading(first: first, update: update, doubt: Self.unsteady)
    }

    private func mark() -> BatchMark? { open()?.batchMark() }

    private func open() -> FileDescriptor? {
        try? FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW, action: "open the lock")
    }

    /// The lock that readers share, once no batch is being put in place; nil where it is not to be had.
    private func lock(until end: ContinuousClock.Instant) async -> FileDescriptor? {
        guard let file = open() else { return nil }
        while true {
            guard let isLocked = try? file.tryLock(shared: true) else { return nil }
            if isLocked { return file }
            guard ContinuousClock.now < end else { return nil }
            await pause()
        }
    }

    /// New contents come first and removals last, so that nobody who stays is missed.
    private static var unfinished: Diagnostic {
        Diagnostic(
            severity: .warning,
            file: RecordKind.root,
            place: nil,
            message: "only some files of a change are in place: whoever wrote them was stopped there, or cannot go on",
            hint: "start \"dagroster serve\", which finishes its change and loses no answered request; if it runs, its "
                + "log says what keeps it; what a stopped \"fmt --reshard\" left, \"git status\" shows"
        )
    }

    /// An error: whoever was renamed meanwhile may be missed, and would lose their access.
    private static var unsteady: Diagnostic {
        Diagnostic(
            file: RecordKind.root,
            place: nil,
            message: "files were replaced all the while they were read, so that some may be missed",
            hint: "run the command again"
        )
    }
}

extension FileSource {
    /// Reads once, and where a batch of files came between, again, as ``BatchReader`` says.
    func atOneMoment<First, Update>(
        _ read: () async throws -> First,
        again: (First) async throws -> Update
    ) async throws -> BatchReader.Reading<First, Update> {
        guard let batches else { return BatchReader.Reading(first: try await read()) }
        return try await batches.read(read, again: again)
    }
}
