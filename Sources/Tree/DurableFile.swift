package import Roster

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are replaced as a whole and are on disk when the call returns: after a crash at any moment a file is
/// what it was or what it was to become, never a part of it.
package enum DurableFile {
    /// One file's next content; nil removes it.
    package struct Change: Sendable {
        /// The path on disk.
        package var path: String
        /// The whole content; nil removes the file.
        package var bytes: [UInt8]?
        /// The time of the last modification that the file is to have; nil: now.
        package var modified: Timestamp?
        /// Whether nobody but the owner may read it.
        package var isPrivate: Bool

        /// A change of one file.
        package init(path: String, bytes: [UInt8]?, modified: Timestamp? = nil, isPrivate: Bool = false) {
            self.path = path
            self.bytes = bytes
            self.modified = modified
            self.isPrivate = isPrivate
        }
    }

    /// What the name of a temporary file begins with; one that a crash left behind is not dagroster's to read.
    package static let temporaryPrefix = ".dagroster-"

    /// Replaces or creates a file (mode 0644, or 0600 for a private one), and makes the folders above it that are
    /// missing (mode 0755; 0700 for the folder of local state).
    package static func replace(_ path: String, with bytes: [UInt8], modified: Timestamp? = nil) throws(FileError) {
        try apply([Change(path: path, bytes: bytes, modified: modified)])
    }

    /// Removes a file; one that is not there is no error.
    package static func remove(_ path: String) throws(FileError) {
        try apply([Change(path: path, bytes: nil)])
    }

    /// Makes several changes in order, and waits for each folder once.
    ///
    /// All contents are on disk before the first file is changed. A failure leaves the changes before it made and those
    /// after it not made, and no temporary file.
    ///
    /// - Parameters:
    ///   - changes: what is to be in place.
    ///   - batches: what keeps readers from seeing some of the changes without the others; nil where they may.
    /// - Throws: `FileError`.
    package static func apply(_ changes: [Change], in batches: BatchWriter? = nil) throws(FileError) {
        var prepared = PreparedChanges(changes)
        do throws(FileError) {
            try prepared.write()
            if let batches {
                try batches.put { () throws(FileError) in try prepared.place() }
            } else {
                try prepared.place()
            }
        } catch {
            prepared.clear()
            throw error
        }
        for folder in prepared.folders.sorted() { try synchronize(folder) }
    }

    /// Makes a folder and those above it that are missing, durably.
    package static func createFolder(_ path: String) throws(FileError) {
        for folder in try makeFolder(path).sorted() { try synchronize(folder) }
    }

    /// Takes a folder from everybody but its owner.
    package static func makePrivate(folder: String) throws(FileError) {
        guard chmod(folder, 0o700) == 0 else { throw .last("set the mode of", folder) }
    }

    /// Makes the missing folders of a path, and returns those whose entries changed.
    static func makeFolder(_ path: String) throws(FileError) -> Set<String> {
        let mode: mode_t = path.hasSuffix("/" + TreeLocation.stateFolder) ? 0o700 : 0o755
        if mkdir(path, mode) == 0 { return [folder(of: path)] }
        if errno == EEXIST { return [] }
        guard errno == ENOENT, folder(of: path) != path else { throw .last("make the folder", path) }
        let above = try makeFolder(folder(of: path))
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw .last("make the folder", path) }
        return above.union([folder(of: path)])
    }

    static func synchronize(_ folder: String) throws(FileError) {
        let descriptor: FileDescriptor
        do throws(FileError) {
            descriptor = try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY, action: "open the folder")
        } catch {
            // A folder that went with its last file has nothing to wait for.
            if error.isMissing { return }
            throw error
        }
        try descriptor.synchronize()
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
