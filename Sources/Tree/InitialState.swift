#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What stood where a tree is to be made, to be put back when making it fails half-way.
package struct InitialState: Sendable {
    /// The files that ``TreeInitializer`` writes, with their bytes; nil for one that was not there.
    private let files: [DurableFile.Change]
    /// Folders that were missing, each before those in it.
    private let missing: [String]

    /// Looks at a folder, which need not be there.
    package init(of folder: String) throws(FileError) {
        var files: [DurableFile.Change] = []
        for name in TreeInitializer.files {
            let path = "\(folder)/\(name)"
            do throws(FileError) {
                files.append(DurableFile.Change(path: path, bytes: try DurableFile.read(path)))
            } catch {
                guard error.isMissing else { throw error }
                files.append(DurableFile.Change(path: path, bytes: nil))
            }
        }
        self.files = files
        let inner = [RecordKind.root] + RecordKind.allCases.map(\.folder) + ["access"]
        var missing: [String] = []
        for path in Self.ancestors(of: folder) + inner.map({ "\(folder)/\($0)" })
        where try FileStatus(path: path) == nil {
            missing.append(path)
        }
        self.missing = missing
    }

    /// Puts everything back; a folder in which there is something else by now stays.
    package func restore() throws(FileError) {
        try DurableFile.apply(files.filter { $0.bytes != nil })
        for file in files where file.bytes == nil { unlink(file.path) }
        for folder in missing.reversed() { rmdir(folder) }
    }

    /// A folder and those above it, the highest first.
    private static func ancestors(of folder: String) -> [String] {
        var paths: [String] = []
        var path = folder
        while !path.isEmpty, path != "/", path != "." {
            paths.append(path)
            guard let slash = path.lastIndex(of: "/") else { break }
            path = String(path[..<slash])
        }
        return paths.reversed()
    }
}
