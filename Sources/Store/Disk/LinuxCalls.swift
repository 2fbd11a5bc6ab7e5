#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Calls of Linux that Swift's view of the C library lacks.

/// What a rename does when there is a file of the new name (rename(2)).
enum RenameRule: UInt32 {
    /// It fails: `RENAME_NOREPLACE`.
    case keeping = 1
    /// Both change places: `RENAME_EXCHANGE`.
    case exchanging = 2
}

#if canImport(Glibc)
    private typealias Renameat2 =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// Looked up by name; nil with a C library before glibc 2.28.
    private let renameat2: Renameat2? = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Renameat2.self) }

    /// What `renameat2` says; nil where there is no such call, or the file system knows no such rule, as NFS.
    func renameAtomically(_ old: String, _ new: String, _ rule: RenameRule) -> Int32? {
        guard let result = renameat2?(AT_FDCWD, old, AT_FDCWD, new, rule.rawValue) else { return nil }
        return result != 0 && [ENOSYS, EINVAL, ENOTSUP].contains(errno) ? nil : result
    }

    private typealias Statx =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer
        ) -> Int32

    /// Looked up by name; nil with a C library before glibc 2.28.
    private let statx: Statx? = dlsym(nil, "statx").map { unsafeBitCast($0, to: Statx.self) }

    /// How many names an open file has, by a question that says nothing of its times (statx(2)).
    ///
    /// Since Linux 6.13 whoever asks for a file's times has the next write give it a new one, to the nanosecond, which a
    /// `fdatasync` then writes too: half as slow again, for each write. `fstat` always asks.
    ///
    /// - Returns: nil where there is no such call.
    func nameCount(_ file: Int32) -> UInt32? {
        let (emptyPath, onlyNameCount, answerSize, nameCountOffset) = (Int32(0x1000), UInt32(0x4), 256, 16)
        return withUnsafeTemporaryAllocation(byteCount: answerSize, alignment: 8) { answer -> UInt32? in
            guard let base = answer.baseAddress, statx?(file, "", emptyPath, onlyNameCount, base) == 0 else {
                return nil
            }
            return answer.load(fromByteOffset: nameCountOffset, as: UInt32.self)
        }
    }

    /// Whether nobody but the caller has a file open.
    ///
    /// The kernel gives a write lease only then (fcntl(2), "Leases"). It is given back at once; should somebody open the
    /// file in between, the signal that tells so is one that is ignored by default.
    func isUnshared(_ file: Int32) -> Bool {
        let (setLease, setSignal) = (Int32(1024), Int32(10))
        guard fcntl(file, setSignal, SIGURG) == 0, fcntl(file, setLease, F_WRLCK) == 0 else { return false }
        return fcntl(file, setLease, F_UNLCK) == 0
    }
#else
    func renameAtomically(_ old: String, _ new: String, _ rule: RenameRule) -> Int32? { nil }

    func nameCount(_ file: Int32) -> UInt32? { nil }

    func isUnshared(_ file: Int32) -> Bool { false }
#endif
