#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder that is held open, so that what is in it is found without its own path being walked again and again.
final class OpenFolder: Sendable {
    let path: String
    let number: Int32

    /// Opens a folder; nil where there is none.
    init?(_ path: String) throws(FileError) {
        number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        self.path = path
        guard number < 0 else { return }
        if errno == ENOENT { return nil }
        throw .last("list", path)
    }

    deinit { if number >= 0 { close(number) } }

    /// The names in the folder, without those of itself and its parent.
    func names() throws(FileError) -> FolderNames {
        // A descriptor of its own: the stream closes it.
        let copy = dup(number)
        guard copy >= 0, let stream = fdopendir(copy) else {
            if copy >= 0 { close(copy) }
            throw .last("list", path)
        }
        defer { closedir(stream) }
        var names = FolderNames()
        errno = 0
        while let entry = readdir(stream) {
            let type = entry.pointee.d_type
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { names.add($0, type) }
            }
            errno = 0
        }
        guard errno == 0 else { throw .last("list", path) }
        names.sort()
        return names
    }
}

/// The folder of one file after the other, held open as long as they are neighbours.
struct NearFolder: ~Copyable {
    /// What paths are relative to.
    let root: OpenFolder
    private var folder: OpenFolder?
    /// The folder's path with a slash behind it.
    private var prefix: [UInt8] = []

    init(in root: OpenFolder) { self.root = root }

    /// The descriptor of a file's folder, and where in the path the file's own name begins; nil where the folder is gone.
    mutating func open(for path: String) throws(FileError) -> (number: Int32, start: Int)? {
        var path = path
        let (length, isOpen) = path.withUTF8 { path in
            let parent = path[..<((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)]
            return (parent.count, UnsafeBufferPointer(rebasing: parent).elementsEqual(prefix))
        }
        guard length > 0 else { return (root.number, 0) }
        if folder == nil || !isOpen {
            prefix = Array(path.utf8.prefix(length))
            folder = try OpenFolder(root.path + "/" + String(decoding: prefix.dropLast(), as: UTF8.self))
        }
        return folder.map { ($0.number, length) }
    }
}

/// Room for the content of one file after the other.
struct FileBuffer: ~Copyable {
    private var room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)

    deinit { room.deallocate() }

    /// Hands over what is in a file below a folder; nil where there is none.
    ///
    /// A link is not followed.
    ///
    /// - Parameters:
    ///   - path: relative to the folder.
    ///   - folder: remembers the folder that the file is in.
    ///   - looks: whether to say what the system says of the file, as it was before it was read.
    ///   - body: is given that, and the bytes.
    /// - Returns: what the body returns.
    /// - Throws: ``FileError``.
    mutating func withContents<Result>(
        of path: String,
        in folder: inout NearFolder,
        looks: Bool = false,
        _ body: (FileStatus?, UnsafeBufferPointer<UInt8>) -> Result
    ) throws(FileError) -> Result? {
        guard let (number, start) = try folder.open(for: path) else { return nil }
        var file: Int32
        repeat {
            file = path.withCString { openat(number, $0 + start, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        } while file < 0 && errno == EINTR
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .last("read", folder.root.path + "/" + path)
        }
        defer { close(file) }
        let status = looks ? FileStatus(file: file) : nil
        var length = 0
        while true {
            if length == room.count { grow() }
            guard let end = room.baseAddress else { return nil }
            let count = read(file, end + length, room.count - length)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last("read", folder.root.path + "/" + path) }
            length += count
            // A plain file gives all that is asked for, except at its end.
            if length < room.count { break }
        }
        return body(status, UnsafeBufferPointer(rebasing: room[..<length]))
    }

    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: room.count * 4)
        _ = larger.update(fromContentsOf: room)
        room.deallocate()
        room = larger
    }
}
