#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// What stands at a path, without following a link.
struct FileStatus {
    enum Kind {
        case folder
        case regular
        case symlink
        case special
    }

    let kind: Kind
    let isExecutable: Bool
    /// What the file's content is known by.
    let tag: ContentTag

    /// Looks at a path; nil where nothing is.
    init?(path: String) throws(FileError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .last("look at", path)
        }
        self.init(status)
    }

    /// Looks at what is in an open folder.
    ///
    /// - Parameters:
    ///   - path: relative to the tree, for the error.
    ///   - start: where in the path the name within the folder begins.
    ///   - folder: the folder.
    /// - Throws: ``FileError``; where nothing is, there is no status.
    init?(path: String, from start: Int, in folder: OpenFolder) throws(FileError) {
        var status = stat()
        guard path.withCString({ fstatat(folder.number, $0 + start, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .last("look at", folder.path + "/" + String(decoding: path.utf8.dropFirst(start), as: UTF8.self))
        }
        self.init(status)
    }

    /// Looks at an open file; nil where the system does not say.
    init?(file: Int32) {
        var status = stat()
        guard fstat(file, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        #if canImport(Glibc)
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #elseif canImport(Darwin)
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #endif
        tag = ContentTag(
            inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            modified: Self.nanoseconds(modified),
            changed: Self.nanoseconds(changed)
        )
        isExecutable = status.st_mode & 0o111 != 0
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFREG: .regular
            case S_IFLNK: .symlink
            default: .special
            }
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
