internal import Roster
internal import Tree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where files' new contents wait, on disk, until they take the files' places.
///
/// What lay in those places becomes spare and is written over by later contents, because file systems are slow at making
/// and removing files: ext4 looks at every file that was removed in the last minutes before it makes one. A file that
/// somebody else still reads, or knows by a second name, is never written over.
///
/// It belongs to the thread that writes files.
struct Staging: Sendable {
    /// Relative to the tree; on the file system of the files, where local state usually is.
    static let folder = TreeLocation.stateFolder + "/files"
    /// What the largest batch leaves, so that the next one finds as many.
    private static let mostSpares = 4096
    /// Larger files do not wait, in bytes.
    private static let largestSpare = 64 << 10

    private let root: String
    private let disk: Disk
    private var spares: [String] = []
    private var counter = 0
    /// Whether contents wait in ``folder`` or beside the files that they are for; nil: it is not known yet.
    private var isApart: Bool?

    init(root: String, disk: Disk) {
        self.root = root
        self.disk = disk
    }

    /// Writes the next content of a file.
    ///
    /// - Parameters:
    ///   - bytes: the content.
    ///   - path: the file, relative to the tree.
    ///   - modified: the time of its last modification; nil: now.
    ///   - syncs: whether it is on disk when this returns.
    /// - Returns: where it waits, relative to the tree, and what it is there.
    /// - Throws: `FileError`; then nothing of it is left.
    mutating func write(
        _ bytes: [UInt8],
        for path: String,
        modified: Timestamp?,
        syncs: Bool
    ) throws(FileError) -> (path: String, mark: FileMark?) {
        let (file, staged) = try open(for: path, size: bytes.count)
        defer { disk.close(file) }
        let whole = root + "/" + staged
        do throws(FileError) {
            try disk.write(bytes, to: file, at: 0, path: whole)
            if let modified { try disk.setModified(modified, of: file, path: whole) }
            if syncs { try disk.synchronize(file, path: whole) }
        } catch {
            try? disk.remove(whole)
            throw error
        }
        return (staged, FileMark(file: file))
    }

    /// Keeps a file that nothing needs any more to be written over, or removes it.
    mutating func release(_ path: String) {
        if let mark = FileMark(path: root + "/" + path) { release(path, mark) }
    }

    /// The same for a file of which is known what it is.
    mutating func release(_ path: String, _ mark: FileMark) {
        if isApart == true, !mark.isFolder, mark.size <= Self.largestSpare, spares.count < Self.mostSpares {
            spares.append(path)
        } else {
            try? disk.remove(root + "/" + path)
        }
    }

    /// Removes every spare file.
    mutating func clear() {
        for path in spares { try? disk.remove(root + "/" + path) }
        spares = []
    }
}

extension Staging {
    private mutating func open(for path: String, size: Int) throws(FileError) -> (file: Int32, path: String) {
        while let spare = spares.popLast() {
            let whole = root + "/" + spare
            if let opened = try? disk.openUnshared(whole) {
                do throws(FileError) {
                    if opened.size > size { try disk.truncate(opened.file, to: size, path: whole) }
                } catch {
                    disk.close(opened.file)
                    throw error
                }
                return (opened.file, spare)
            }
            try? disk.remove(whole)
        }
        let staged = try name(for: path)
        let whole = root + "/" + staged
        let file = try disk.open(whole, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, action: "make a temporary file at")
        do throws(FileError) {
            try disk.setMode(of: file, path: whole)
        } catch {
            disk.close(file)
            throw error
        }
        return (file, staged)
    }

    /// A name that no file has.
    mutating func name(for path: String) throws(FileError) -> String {
        counter += 1
        let name = "\(DurableFile.temporaryPrefix)\(getpid())-\(counter).tmp"
        if try standsApart(from: path) { return Self.folder + "/" + name }
        let folder = FileBatch.folder(of: path)
        try disk.makeFolder(root + "/" + folder, in: root)
        return folder + "/" + name
    }

    /// Whether files can be moved from a folder of their own; they cannot where local state is a volume of its own.
    private mutating func standsApart(from path: String) throws(FileError) -> Bool {
        if let isApart { return isApart }
        let (apart, target) = (root + "/" + Self.folder, root + "/" + FileBatch.folder(of: path))
        try disk.makeFolder(apart, in: root)
        try disk.makeFolder(target, in: root)
        let canMove = try disk.canMove(from: apart, to: target, by: "\(DurableFile.temporaryPrefix)\(getpid())-0.tmp")
        isApart = canMove
        return canMove
    }
}
