#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DurableFile {
    /// Moves a file to where none is; ``finishMoves(in:)`` makes that durable.
    package static func move(_ path: String, to new: String) throws(FileError) {
        // Never over a file: link(2) refuses where there is one, rename(2) does not.
        guard link(path, new) == 0 else { throw .last("move a file to", new) }
        guard unlink(path) == 0 else { throw .last("move away", path) }
    }

    /// Waits until a folder's entries are on disk, and removes it if it is empty and a shard.
    package static func finishMoves(in folder: String) throws(FileError) {
        let name = folder.split(separator: "/").last ?? ""
        if Shard.isFolder(name), rmdir(folder) == 0 { return }
        try synchronize(folder)
    }
}
