internal import Roster

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Changes of files whose next contents lie beside them on disk: what takes long is done, and what is left is a name each.
struct PreparedChanges {
    /// Folders whose entries have changed.
    private(set) var folders: Set<String> = []
    private let changes: [DurableFile.Change]
    /// Where the next contents of the first of the changes lie; nil for a removal, and once a file is in its place.
    private var temporaries: [String?] = []

    /// Nothing is done yet.
    init(_ changes: [DurableFile.Change]) { self.changes = changes }

    /// Writes all contents, and makes the folders that are missing.
    mutating func write() throws(FileError) {
        for change in changes {
            guard let bytes = change.bytes else {
                temporaries.append(nil)
                continue
            }
            let folder = DurableFile.folder(of: change.path)
            folders.formUnion(try DurableFile.makeFolder(folder))
            let name = "\(DurableFile.temporaryPrefix)\(getpid())-\(UInt64.random(in: .min ... .max)).tmp"
            temporaries.append(folder + "/" + name)
            try Self.write(bytes, for: change, at: folder + "/" + name)
        }
    }

    private static func write(
        _ bytes: [UInt8],
        for change: DurableFile.Change,
        at temporary: String
    ) throws(FileError) {
        let mode: mode_t = change.isPrivate ? 0o600 : 0o644
        let file = try FileDescriptor(
            opening: temporary,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
            mode: mode,
            action: "create a temporary file for \"\(change.path)\" at"
        )
        try file.setMode(mode)
        try file.write(bytes)
        if let modified = change.modified { try file.setModified(milliseconds: modified.milliseconds) }
        try file.synchronize()
    }

    /// Puts the contents in their places and removes what is to go, in order.
    mutating func place() throws(FileError) {
        for (number, change) in changes.enumerated() {
            if let temporary = temporaries[number] {
                guard rename(temporary, change.path) == 0 else { throw .last("replace", change.path) }
                temporaries[number] = nil
            } else if unlink(change.path) != 0 {
                guard errno == ENOENT || errno == ENOTDIR else { throw .last("remove", change.path) }
                continue
            }
            folders.insert(DurableFile.folder(of: change.path))
        }
    }

    /// Removes the contents that are in no place.
    func clear() {
        for case let temporary? in temporaries { unlink(temporary) }
    }
}
