#if canImport(Glibc)
    import Glibc
    // Where the C structures of files and times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file that closes itself; the C calls of this room stand here and in ``FileError``.
struct FileDescriptor: ~Copyable {
    let path: String
    private let number: Int32

    /// Opens a path with the flags of open(2); children do not inherit it.
    init(opening path: String, _ flags: Int32, mode: mode_t = 0, action: String) throws(FileError) {
        var number: Int32
        repeat { number = open(path, flags | O_CLOEXEC, mode) } while number < 0 && errno == EINTR
        guard number >= 0 else { throw .last(action, path) }
        self.path = path
        self.number = number
    }

    deinit { close(number) }

    /// Writes all bytes at the current position.
    borrowing func write(_ bytes: [UInt8]) throws(FileError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                return systemWrite(number, base + offset, buffer.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last("write", path) }
            offset += count
        }
    }

    /// Reads from the current position to the end.
    borrowing func readAll() throws(FileError) -> [UInt8] {
        var result: [UInt8] = []
        var status = stat()
        if fstat(number, &status) == 0 { result.reserveCapacity(Int(status.st_size) + 1) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last("read", path) }
            if count == 0 { return result }
            result.append(contentsOf: buffer[..<count])
        }
    }

    /// Waits until the bytes, or a folder's entries, are on disk.
    borrowing func synchronize() throws(FileError) {
        guard fsync(number) == 0 else { throw .last("write to disk", path) }
    }

    /// Sets the permissions whatever the process's mask is.
    borrowing func setMode(_ mode: mode_t) throws(FileError) {
        guard fchmod(number, mode) == 0 else { throw .last("set the mode of", path) }
    }

    /// Sets the time of the last modification.
    borrowing func setModified(milliseconds: Int) throws(FileError) {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let time = timespec(tv_sec: seconds, tv_nsec: (milliseconds - seconds * 1000) * 1_000_000)
        guard futimens(number, [time, time]) == 0 else { throw .last("set the time of", path) }
    }

    /// Cuts the file to nothing and goes back to its start.
    borrowing func clear() throws(FileError) {
        guard ftruncate(number, 0) == 0, lseek(number, 0, SEEK_SET) == 0 else { throw .last("cut", path) }
    }

    /// Reads the first bytes of the file, or all when there are fewer.
    borrowing func readStart(_ length: Int) throws(FileError) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { room, initialized in
            repeat { count = pread(number, room.baseAddress, length, 0) } while count < 0 && errno == EINTR
            initialized = max(0, count)
        }
        guard count >= 0 else { throw .last("read", path) }
        return bytes
    }

    /// Writes over the first bytes of the file.
    borrowing func overwrite(_ text: String) throws(FileError) {
        var text = text
        let isWritten = text.withUTF8 { bytes in
            var count: Int
            repeat { count = pwrite(number, bytes.baseAddress, bytes.count, 0) } while count < 0 && errno == EINTR
            return count == bytes.count
        }
        guard isWritten else { throw .last("write", path) }
    }

    /// Takes the kernel's lock on the file without waiting; false if somebody else has it.
    ///
    /// Several can share it, and then nobody has it alone.
    borrowing func tryLock(shared: Bool = false) throws(FileError) -> Bool {
        let kind = shared ? LOCK_SH : LOCK_EX
        var result: Int32
        repeat { result = flock(number, kind | LOCK_NB) } while result != 0 && errno == EINTR
        if result == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .last("lock", path) }
        return false
    }

    /// Gives the kernel's lock back at once, even where a child that is being started has the file open still.
    borrowing func unlock() { flock(number, LOCK_UN) }
}

private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(number, bytes, count)
}
