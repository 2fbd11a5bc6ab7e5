internal import Roster

#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the file system says of a file without reading it: enough to notice that somebody else has written it, and to
/// notice it after a restart, too.
struct FileMark: Hashable, Sendable {
    private var inode: Int
    private(set) var size: Int
    private var modifiedAt: Int
    private var changedAt: Int

    /// The mark of a file, or nil where there is none; a link is not followed.
    init?(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        inode = Int(truncatingIfNeeded: status.st_ino)
        size = Int(status.st_size)
        #if canImport(Glibc)
            modifiedAt = Self.nanoseconds(status.st_mtim)
            changedAt = Self.nanoseconds(status.st_ctim)
        #elseif canImport(Darwin)
            modifiedAt = Self.nanoseconds(status.st_mtimespec)
            changedAt = Self.nanoseconds(status.st_ctimespec)
        #endif
    }

    /// When the file was last written.
    var modified: Timestamp { Timestamp(milliseconds: modifiedAt / 1_000_000) }

    private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec &* 1_000_000_000 &+ time.tv_nsec }
}

extension FileMark {
    /// The mark as numbers, for the journal.
    var numbers: [Int] { [inode, size, modifiedAt, changedAt] }

    /// The mark of these numbers; nil unless there are four.
    init?(numbers: [Int]) {
        guard numbers.count == 4 else { return nil }
        (inode, size, modifiedAt, changedAt) = (numbers[0], numbers[1], numbers[2], numbers[3])
    }
}
