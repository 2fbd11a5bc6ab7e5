#if canImport(Glibc)
    import Glibc
    // Where the C structures of file systems come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a file system says of its free room.
enum FreeRoom {
    /// How many bytes are left for us where a path leads; nil where the system does not say.
    static func bytes(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isTooMany) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        return isTooMany ? nil : bytes
    }
}
