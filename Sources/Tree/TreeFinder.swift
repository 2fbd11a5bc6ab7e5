#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds the folder that a command works on.
package enum TreeFinder {
    /// The tree that was named, or the nearest one from a folder upwards, as an absolute path without links.
    ///
    /// A folder is a tree when it has `dagroster.yaml`, whatever that holds.
    package static func find(named folder: String?, from start: String = ".") throws -> String {
        if let folder {
            guard let path = absolute(folder), isTree(path) else { throw TreeError.noTree(folder) }
            return path
        }
        guard let first = absolute(start) else { throw TreeError.noTreeAbove(start) }
        var path = first
        while !isTree(path) {
            guard path != "/", let slash = path.lastIndex(of: "/") else { throw TreeError.noTreeAbove(first) }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        return path
    }

    /// Whether a folder is a tree.
    package static func isTree(_ folder: String) -> Bool {
        (try? FileStatus(path: folder + "/" + TreeLocation.settingsFile)) != nil
    }

    /// The path of an existing folder from the root, with links followed; nil where there is none.
    static func absolute(_ folder: String) -> String? {
        guard let resolved = realpath(folder, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
