#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The tree as it lies on disk.
package struct FolderSource: FileSource {
    /// The tree's folder.
    package let root: String

    /// The tree in a folder, which must exist.
    package init(_ root: String) { self.root = root }

    /// The files by walking the folders; hidden ones are passed over.
    package func files() async throws -> [SourceFile] {
        var files: [SourceFile] = []
        for name in [TreeLocation.settingsFile, "provisioned", "access"] {
            try list(name, into: &files)
        }
        return files
    }

    /// The bytes, read by several tasks, because most of the time of a small file is waiting for the system.
    package func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        let starts = Array(stride(from: 0, to: files.count, by: TreeReader.chunk))
        return try await withThrowingTaskGroup(of: (Int, [[UInt8]?]).self) { group in
            for start in starts {
                let chunk = files[start..<min(start + TreeReader.chunk, files.count)]
                group.addTask { (start, try chunk.map { try bytes(of: $0) }) }
            }
            var contents = [[UInt8]?](repeating: nil, count: files.count)
            for try await (start, chunk) in group {
                contents.replaceSubrange(start..<(start + chunk.count), with: chunk)
            }
            return contents
        }
    }

    /// The bytes of one file; nil when it is gone.
    private func bytes(of file: SourceFile) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try DurableFile.read(root + "/" + file.path)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    private func list(_ path: String, into files: inout [SourceFile]) throws(FileError) {
        guard let status = try FileStatus(path: root + "/" + path) else { return }
        switch status.kind {
        case .folder: try listFolder(path, into: &files)
        case .regular: files.append(SourceFile(path: path, kind: status.isExecutable ? .executable : .regular))
        case .symlink: files.append(SourceFile(path: path, kind: .symlink))
        case .special: files.append(SourceFile(path: path, kind: .special))
        }
    }

    private func listFolder(_ path: String, into files: inout [SourceFile]) throws(FileError) {
        let names = try Self.names(in: root + "/" + path)
        // A folder with a `.git` of its own is another repository, and git sees nothing inside it.
        if names.contains(".git") {
            files.append(SourceFile(path: path, kind: .submodule))
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") { try list(path + "/" + name, into: &files) }
    }

    private static func names(in folder: String) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .last("list", folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .last("list", folder) }
        return names
    }
}
