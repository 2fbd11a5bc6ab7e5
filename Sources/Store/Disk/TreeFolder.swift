#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder that the tree depends on, kept open, so that it is noticed when its path leads to another one, or to none.
///
/// Open, because some file systems give a folder another number once nobody has it open. A class, because it closes what
/// it has opened.
package final class TreeFolder: Sendable {
    /// Where it was when it was opened.
    package let path: String
    private let folder: Int32
    /// What it was then; nil where the system does not say.
    private let identity: (device: dev_t, inode: ino_t)?

    package init(path: String) {
        self.path = path
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        var held = stat()
        identity = folder >= 0 && fstat(folder, &held) == 0 ? (held.st_dev, held.st_ino) : nil
    }

    deinit { if folder >= 0 { close(folder) } }

    /// Whether the folder was removed or moved away, or another one, or another volume, is in its place.
    ///
    /// False where the system does not say.
    package var isLost: Bool {
        guard let identity else { return false }
        var found = stat()
        guard stat(path, &found) == 0 else { return errno == ENOENT || errno == ENOTDIR }
        return identity != (found.st_dev, found.st_ino)
    }
}
