internal import Roster
internal import Tree

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
    /// Whether it is no file but a folder.
    private(set) var isFolder = false

    /// The mark of a file, or nil where there is none; a link is not followed.
    init?(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The mark of an open file.
    init?(file: Int32) {
        var status = stat()
        guard fstat(file, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        inode = Int(truncatingIfNeeded: status.st_ino)
        size = Int(status.st_size)
        isFolder = status.st_mode & S_IFMT == S_IFDIR
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

    /// When its content, its name or its owner last changed; nobody can set that.
    var changed: Timestamp { Timestamp(milliseconds: changedAt / 1_000_000) }

    /// Whether both are of one file with one content, wherever it was moved in between.
    func isSameFile(as other: FileMark?) -> Bool {
        guard let other else { return false }
        return (inode, size, modifiedAt) == (other.inode, other.size, other.modifiedAt)
    }

    /// The time that a file gets that changes now, or a little less: file systems look at a clock that lags by some
    /// milliseconds.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: nanoseconds(time) / 1_000_000 - 20)
    }

    private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec &* 1_000_000_000 &+ time.tv_nsec }
}

extension FileMark {
    /// The mark of a plain file of which a listing has said this.
    init(_ tag: ContentTag) {
        (inode, size, modifiedAt, changedAt) = tag.fileNumbers
    }

    /// The mark as numbers, for the journal.
    var numbers: [Int] { [inode, size, modifiedAt, changedAt] }

    /// The mark of these numbers; nil unless there are four.
    init?(numbers: [Int]) {
        guard numbers.count == 4 else { return nil }
        (inode, size, modifiedAt, changedAt) = (numbers[0], numbers[1], numbers[2], numbers[3])
    }
}
