internal import Roster
internal import Tree

#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system calls of this room; each can be made to fail by a test, as a full or broken disk does.
package struct Disk: Sendable {
    private let fault: (@Sendable (DiskCall) -> DiskFault?)?
    /// Whether files can change places, and be given names that must be free, in one step.
    private let hasRenameRules: Bool

    /// The real disk, unless a test says what goes wrong, or what its file system cannot do.
    package init(hasRenameRules: Bool = true, fault: (@Sendable (DiskCall) -> DiskFault?)? = nil) {
        self.hasRenameRules = hasRenameRules
        self.fault = fault
    }

    /// Opens a file; children do not inherit it.
    ///
    /// The caller closes it by ``close(_:)``.
    func open(_ path: String, _ flags: Int32, action: String) throws(FileError) -> Int32 {
        try check(.open, path, action)
        return try retrying(action, path) { systemOpen(path, flags | O_CLOEXEC, 0o644) }
    }

    func close(_ file: Int32) { _ = systemClose(file) }

    /// Writes all bytes at an offset.
    func write(_ bytes: [UInt8], to file: Int32, at offset: Int, path: String) throws(FileError) {
        var done = 0
        while done < bytes.count {
            var limit = bytes.count - done
            switch fault?(DiskCall(kind: .write, path: path)) {
            case .error(let code): throw FileError(action: "write", path: path, code: code)
            case .short(let count): limit = min(limit, count)
            case nil: break
            }
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { pwrite(file, $0 + done, limit, off_t(offset + done)) } ?? 0
            }
            if count < 0, errno == EINTR { continue }
            // Nothing written and no error: a disk that is full at this very byte.
            guard count != 0 else { throw FileError(action: "write", path: path, code: ENOSPC) }
            guard count > 0 else { throw FileError(action: "write", path: path, code: errno) }
            done += count
        }
    }

    /// Whether a file that is open has a name still; what is written to one without is gone with the process.
    func hasName(_ file: Int32) -> Bool {
        if let count = nameCount(file) { return count > 0 }
        var status = stat()
        return fstat(file, &status) != 0 || status.st_nlink > 0
    }

    /// Waits until a file's bytes are on disk.
    func synchronizeBytes(_ file: Int32, path: String) throws(FileError) {
        try check(.synchronizeBytes, path, "write to disk")
        #if canImport(Glibc)
            _ = try retrying("write to disk", path) { fdatasync(file) }
        #else
            _ = try retrying("write to disk", path) { fcntl(file, F_FULLFSYNC) }
        #endif
    }

    /// Waits until a file, or a folder's entries, are on disk.
    func synchronize(_ file: Int32, path: String) throws(FileError) {
        try check(.synchronize, path, "write to disk")
        _ = try retrying("write to disk", path) { fsync(file) }
    }

    /// Waits until everything that was written to a folder's file system is on disk.
    func synchronizeAll(_ folder: String) throws(FileError) {
        try check(.synchronizeAll, folder, "write to disk")
        guard let syncfs = Self.syncfs else { throw FileError(action: "write to disk", path: folder, code: ENOSYS) }
        let file = try open(folder, O_RDONLY | O_DIRECTORY, action: "open the folder")
        defer { close(file) }
        _ = try retrying("write to disk", folder) { syncfs(file) }
    }

    /// Whether ``synchronizeAll(_:)`` can be asked.
    static var canSynchronizeAll: Bool { syncfs != nil }

    /// Looked up by name, because Swift's view of glibc lacks it; nil on a system without.
    private static let syncfs: (@convention(c) (Int32) -> Int32)? = {
        dlsym(nil, "syncfs").map { unsafeBitCast($0, to: (@convention(c) (Int32) -> Int32).self) }
    }()

    /// Waits until the entries of folders of a tree are on disk.
    func synchronizeFolders(_ folders: [String], in root: String) throws(FileError) {
        // Each of them is a command to the disk; one for all is as good.
        if folders.count > 4, Self.canSynchronizeAll { return try synchronizeAll(root) }
        for folder in folders { try synchronizeFolder(root + "/" + folder) }
    }

    /// Waits until a folder's entries are on disk; one that is gone has nothing to wait for.
    func synchronizeFolder(_ folder: String) throws(FileError) {
        do throws(FileError) {
            let file = try open(folder, O_RDONLY | O_DIRECTORY, action: "open the folder")
            defer { close(file) }
            try synchronize(file, path: folder)
        } catch {
            if !error.isMissing { throw error }
        }
    }

    func rename(_ old: String, to new: String) throws(FileError) {
        try check(.rename, new, "replace")
        _ = try retrying("replace", new) { systemRename(old, new) }
    }

    /// Moves a file to where nobody looks for it, and nothing is, to be removed.
    func moveAway(_ file: String, to new: String) throws(FileError) {
        try check(.remove, file, "remove")
        _ = try retrying("remove", file) { systemRename(file, new) }
    }

    /// Gives a file a name that nothing has yet (`EEXIST` where something has).
    func place(_ file: String, at new: String) throws(FileError) {
        try check(.rename, new, "make")
        _ = try retrying("make", new) { renameByRule(file, new, .keeping) ?? Self.renameIfFree(file, new) }
    }

    /// Whether files can be moved from one folder to another, which two file systems do not let them.
    ///
    /// - Parameters:
    ///   - folder: where a file is made.
    ///   - other: where it is moved to, and removed.
    ///   - name: its name.
    /// - Returns: whether it could be moved.
    /// - Throws: `FileError` where the folders cannot be written.
    func canMove(from folder: String, to other: String, by name: String) throws(FileError) -> Bool {
        let (old, new) = (folder + "/" + name, other + "/" + name)
        close(try open(old, O_WRONLY | O_CREAT | O_NOFOLLOW, action: "make a temporary file at"))
        let isMoved = systemRename(old, new) == 0
        let code = errno
        unlink(isMoved ? new : old)
        guard isMoved || code == EXDEV else { throw FileError(action: "make", path: new, code: code) }
        return isMoved
    }

    /// Lets two files change places in one step, so that whoever reads either finds one of them.
    ///
    /// - Returns: false where the system or the file system cannot do that; then nothing has happened.
    func exchange(_ file: String, with other: String) throws(FileError) -> Bool {
        try check(.rename, other, "replace")
        var isKnown = true
        _ = try retrying("replace", other) {
            guard let result = renameByRule(file, other, .exchanging) else {
                isKnown = false
                return 0
            }
            return result
        }
        return isKnown
    }

    private func renameByRule(_ old: String, _ new: String, _ rule: RenameRule) -> Int32? {
        hasRenameRules ? renameAtomically(old, new, rule) : nil
    }

    /// The same in two steps; not every file system that has no rules has links, which would refuse by themselves.
    private static func renameIfFree(_ file: String, _ new: String) -> Int32 {
        guard FileMark(path: new) == nil else {
            errno = EEXIST
            return -1
        }
        return systemRename(file, new)
    }

    /// Opens a file to write over it, if it is an ordinary one of this process's user, and nobody else has it open or
    /// knows it by a second name.
    ///
    /// - Returns: nil where it is another one, which is then left alone.
    func openUnshared(_ path: String) throws(FileError) -> (file: Int32, size: Int)? {
        let file = try open(path, O_WRONLY | O_NOFOLLOW, action: "open a spare file at")
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode == S_IFREG | 0o644, status.st_nlink == 1,
            status.st_uid == geteuid(), isUnshared(file)
        else {
            close(file)
            return nil
        }
        return (file, Int(status.st_size))
    }

    /// Cuts a file off behind its first bytes.
    func truncate(_ file: Int32, to size: Int, path: String) throws(FileError) {
        try check(.write, path, "write")
        _ = try retrying("write", path) { ftruncate(file, off_t(size)) }
    }

    /// Removes a file; one that is not there is no error.
    func remove(_ path: String) throws(FileError) {
        try check(.remove, path, "remove")
        do throws(FileError) {
            _ = try retrying("remove", path) { unlink(path) }
        } catch {
            if !error.isMissing { throw error }
        }
    }

    /// Makes a folder and those above it that are missing, but not a tree's own: one that was moved away would find
    /// another one in its place when it comes back.
    ///
    /// - Returns: whether there was one to make.
    @discardableResult
    func makeFolder(_ path: String, in root: String) throws(FileError) -> Bool {
        if isFolder(path) { return false }
        try check(.makeFolder, path, "make the folder")
        guard isFolder(root) else { throw FileError(action: "make a folder in", path: root, code: ENOENT) }
        try DurableFile.createFolder(path)
        return true
    }

    func read(_ path: String) throws(FileError) -> [UInt8] {
        try check(.read, path, "read")
        return try DurableFile.read(path)
    }

    /// Sets a file's permissions whatever the process's mask is.
    func setMode(of file: Int32, path: String) throws(FileError) {
        var status = stat()
        // Asking costs nothing, setting a write of the file system's own journal.
        if fstat(file, &status) == 0, status.st_mode & 0o7777 == 0o644 { return }
        _ = try retrying("set the mode of", path) { fchmod(file, 0o644) }
    }

    /// Sets the time of a file's last modification.
    func setModified(_ time: Timestamp, of file: Int32, path: String) throws(FileError) {
        let seconds = Int((Double(time.milliseconds) / 1000).rounded(.down))
        let value = timespec(tv_sec: seconds, tv_nsec: (time.milliseconds - seconds * 1000) * 1_000_000)
        _ = try retrying("set the time of", path) { futimens(file, [value, value]) }
    }

    /// The names in a folder, sorted; none when there is no such folder.
    func names(in folder: String) throws(FileError) -> [String] {
        try check(.list, folder, "list")
        guard let stream = opendir(folder) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw FileError(action: "list", path: folder, code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Asks a test whether a call is to fail.
    func check(_ kind: DiskCall.Kind, _ path: String, _ action: String) throws(FileError) {
        if case .error(let code) = fault?(DiskCall(kind: kind, path: path)) {
            throw FileError(action: action, path: path, code: code)
        }
    }

    private func retrying(_ action: String, _ path: String, _ call: () -> Int32) throws(FileError) -> Int32 {
        while true {
            let result = call()
            if result >= 0 { return result }
            guard errno == EINTR else { throw FileError(action: action, path: path, code: errno) }
        }
    }
}

// The C functions whose names the type has, too.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
private func systemClose(_ file: Int32) -> Int32 { close(file) }
private func systemRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }
