#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DurableFile {
    /// Adds bytes at a file's end, or begins it anew; missing folders are made.
    ///
    /// The bytes survive the end of this process and not that of the machine: nobody waits for the disk.
    package static func append(_ bytes: [UInt8], to path: String, isFirst: Bool) throws(FileError) {
        if isFirst, let slash = path.lastIndex(of: "/") { try createFolder(String(path[..<slash])) }
        let mode = isFirst ? O_TRUNC : O_APPEND
        let file = try FileDescriptor(
            opening: path,
            O_WRONLY | O_CREAT | O_NOFOLLOW | mode,
            mode: 0o600,
            action: "open"
        )
        try file.write(bytes)
    }
}
