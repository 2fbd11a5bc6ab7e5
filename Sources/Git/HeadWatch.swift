internal import Synchronization

#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// ``Repository/headNote()`` for those who ask before every write: git's note is read again only when its file has
/// changed.
///
/// A class, because all who ask share what was read last.
package final class HeadWatch: Sendable {
    private struct Reading {
        var mark: Mark
        var note: Repository.HeadNote
    }

    private let repository: Repository
    private let path: String
    private let now: @Sendable () -> Int
    private let last = Mutex<Reading?>(nil)

    /// Begins with nothing read.
    ///
    /// - Parameters:
    ///   - repository: whose note it is.
    ///   - now: the file system's time in nanoseconds since 1970.
    package init(_ repository: Repository, now: @escaping @Sendable () -> Int = { HeadWatch.systemTime }) {
        self.repository = repository
        self.now = now
        path = repository.folder + "/HEAD"
    }

    /// What git's note of the checked-out branch says at this moment.
    package var note: Repository.HeadNote {
        let mark = Mark(path)
        if let mark, let known = last.withLock({ $0 }), known.mark == mark { return known.note }
        let time = now()
        let note = repository.headNote()
        guard let mark, isWhole(note), mark.changed < time - Self.tick, Mark(path) == mark else { return note }
        last.withLock { $0 = Reading(mark: mark, note: note) }
        return note
    }

    /// Whether a note says all by itself; where references are kept is what other files say.
    private func isWhole(_ note: Repository.HeadNote) -> Bool {
        switch note {
        case .branch, .detached: true
        case .elsewhere, .unreadable: false
        }
    }

    /// Longer than any file system takes to tell two times apart (FAT: two seconds), in nanoseconds: a file that is
    /// written twice in that time may look the same both times.
    private static let tick = 3_000_000_000

    package static var systemTime: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// What the file system says of a file, which changes with every write and every replacement.
    private struct Mark: Hashable {
        private var device: UInt64
        private var inode: UInt64
        private var size: Int
        private var modified: Int
        /// In nanoseconds since 1970; nobody can set it.
        private(set) var changed: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
            size = Int(status.st_size)
            #if canImport(Glibc)
                (modified, changed) = (Self.nanoseconds(status.st_mtim), Self.nanoseconds(status.st_ctim))
            #elseif canImport(Darwin)
                (modified, changed) = (Self.nanoseconds(status.st_mtimespec), Self.nanoseconds(status.st_ctimespec))
            #endif
        }

        private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }
    }
}
