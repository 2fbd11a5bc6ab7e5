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

    /// Looks at a path; nil where nothing is.
    init?(path: String) throws(FileError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .last("look at", path)
        }
        isExecutable = status.st_mode & 0o111 != 0
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFREG: .regular
            case S_IFLNK: .symlink
            default: .special
            }
    }
}
