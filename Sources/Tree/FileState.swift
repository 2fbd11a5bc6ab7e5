package import Roster

#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the file system says of a file without reading it: enough to notice that somebody else has written it.
package struct FileState: Hashable, Sendable {
    private var inode: UInt64
    private var size: Int64
    private var modifiedAt: Instant
    private var changedAt: Instant

    private struct Instant: Hashable, Sendable {
        var seconds: Int
        var nanoseconds: Int

        init(_ time: timespec) {
            seconds = time.tv_sec
            nanoseconds = time.tv_nsec
        }
    }

    /// The state of a file, or nil where there is none; a link is only followed where that is asked for.
    package init?(path: String, followingLinks follows: Bool = false) {
        var status = stat()
        guard (follows ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Glibc)
            modifiedAt = Instant(status.st_mtim)
            changedAt = Instant(status.st_ctim)
        #elseif canImport(Darwin)
            modifiedAt = Instant(status.st_mtimespec)
            changedAt = Instant(status.st_ctimespec)
        #endif
    }

    /// When the file was last written.
    package var modified: Timestamp {
        Timestamp(milliseconds: modifiedAt.seconds * 1000 + modifiedAt.nanoseconds / 1_000_000)
    }
}

extension DurableFile {
    /// Reads a whole file; a link is not followed.
    package static func read(_ path: String) throws(FileError) -> [UInt8] {
        try FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW, action: "read").readAll()
    }
}
