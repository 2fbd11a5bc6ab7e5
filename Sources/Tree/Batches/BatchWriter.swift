internal import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets whoever writes records' files put a batch in place without readers seeing half of it.
///
/// A batch is several files, and each is replaced by itself. While that happens `.dagroster/batch.lock` is locked
/// exclusively (flock(2), so that the kernel lets go of it with the process) and says that a batch is begun; a
/// ``BatchReader`` notices or waits. Everything slow, as what waits for a disk, is done before or after.
///
/// Nothing is refused for readers' sake: one who does not let go within a second is waited for no longer, and notices by
/// the mark that files were replaced; and where the lock file cannot be had, files are written without it.
///
/// A class, because it remembers a reader who does not let go.
package final class BatchWriter: Sendable {
    private let path: String
    private let patience: Duration
    /// Whether the last batch waited for a reader in vain; the next one then does not wait at all.
    private let isKept = Atomic(false)

    /// For the files of a tree.
    ///
    /// - Parameters:
    ///   - root: the tree's folder.
    ///   - patience: how long readers are waited for.
    package init(root: String, patience: Duration = .seconds(1)) {
        path = root + "/" + BatchMark.path
        self.patience = patience
    }

    /// Does what puts a batch in place.
    ///
    /// What throws leaves the mark as it is, because some of the files may be in place: readers are told until the batch
    /// is tried again, or ``settle()`` says that it is whole.
    package func put<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        guard let file = open() else { return try body() }
        lock(file)
        let begun = (file.batchMark() ?? BatchMark(count: 0, isBegun: false)).next
        try? file.overwrite(begun.line)
        let result = try body()
        try? file.overwrite(begun.ended.line)
        file.unlock()
        return result
    }

    /// Says that the files are whole; to be called when what an earlier run left half in place is finished.
    package func settle() {
        guard let file = open() else { return }
        lock(file)
        let mark = file.batchMark() ?? BatchMark(count: 0, isBegun: true)
        if mark.isBegun { try? file.overwrite(mark.ended.line) }
        file.unlock()
    }

    private func open() -> FileDescriptor? {
        try? FileDescriptor(opening: path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o644, action: "open the lock")
    }

    private func lock(_ file: borrowing FileDescriptor) {
        let end = ContinuousClock.now + (isKept.load(ordering: .relaxed) ? .zero : patience)
        // Where there are no locks, nobody is waited for.
        while let isLocked = try? file.tryLock() {
            isKept.store(!isLocked, ordering: .relaxed)
            if isLocked || ContinuousClock.now >= end { return }
            // flock(2) waits for ever or not at all.
            usleep(500)
        }
    }
}
