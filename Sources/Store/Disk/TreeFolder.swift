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

    package init(path: String) {
        self.path = path
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    deinit { if folder >= 0 { close(folder) } }

    /// Whether the folder was removed or moved away, or another one, or another volume, is in its place.
    ///
    /// False where the system does not say.
    package var isLost: Bool {
        var (held, found) = (stat(), stat())
        guard folder >= 0, fstat(folder, &held) == 0 else { return false }
        guard stat(path, &found) == 0 else { return errno == ENOENT || errno == ENOTDIR }
        return (held.st_dev, held.st_ino) != (found.st_dev, found.st_ino)
    }
}
