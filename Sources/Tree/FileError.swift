#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file system call that failed: what was to be done, with which path, and the system's own reason.
package struct FileError: Error, Hashable, Sendable {
    /// What was to be done, such as `write`.
    package var action: String
    /// The path on disk.
    package var path: String
    /// The system's error number.
    package var code: Int32

    /// Joins what was tried and the system's number.
    package init(action: String, path: String, code: Int32) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// The error of the call that has just failed.
    static func last(_ action: String, _ path: String) -> FileError {
        FileError(action: action, path: path, code: errno)
    }
}

extension FileError: CustomStringConvertible {
    /// `cannot write "/srv/tree/provisioned/users/ada.yaml": No space left on device`.
    package var description: String { "cannot \(action) \"\(path)\": \(String(cString: strerror(code)))" }

    /// Whether there is nothing at the path.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}
