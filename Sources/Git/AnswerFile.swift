internal import Subprocess

#if canImport(SystemPackage)
    internal import SystemPackage
#else
    internal import System
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file without a name, for what git answers in very many small pieces.
///
/// `git cat-file` writes each object by itself, buffered or not, so that a reader at the end of a pipe is woken up for
/// each of a hundred thousand; into a file they take a fraction of the time. It is on the disk for temporary files, and
/// not in memory, because nobody knows beforehand how much it will be.
final class AnswerFile: Sendable {
    let number: Int32

    /// A file that somebody else has opened; it is closed in the end.
    init(number: Int32) { self.number = number }

    /// A new one; nil where none can be made.
    init?(in folder: String = AnswerFile.folder) {
        // mkstemp(3) replaces the last six letters.
        var template = Array((folder + "/dagroster-XXXXXX").utf8CString)
        let (number, isRemoved) = template.withUnsafeMutableBufferPointer { template -> (Int32, Bool) in
            guard let base = template.baseAddress else { return (-1, false) }
            let number = mkstemp(base)
            return (number, number >= 0 && unlink(base) == 0)
        }
        guard number >= 0 else { return nil }
        guard isRemoved, fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else {
            close(number)
            return nil
        }
        self.number = number
    }

    deinit { close(number) }

    static var folder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// How many bytes there are.
    var size: Int {
        var status = stat()
        return fstat(number, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Lends what was written; says whether the system gives access to it.
    func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows -> Bool {
        let size = size
        guard size > 0, let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, number, 0), start != MAP_FAILED else {
            return false
        }
        defer { munmap(start, size) }
        try body(UnsafeRawBufferPointer(start: start, count: size))
        return true
    }
}

extension Runner {
    /// Runs a command whose answer goes to a file.
    func write(
        _ arguments: [String],
        input: some Sequence<[UInt8]> & Sendable,
        to file: AnswerFile
    ) async throws -> Ending {
        Self.ignoresBrokenPipes
        let activity = Activity(patience)
        let limit = patience.limit
        do {
            let result = try await run(
                try await configuration(arguments, adding: [:]),
                input: .inputWriter,
                output: .fileDescriptor(FileDescriptor(rawValue: file.number), closeAfterSpawningProcess: false),
                error: .sequence
            ) { execution in
                async let _: Void = Self.watch(file, activity)
                return try await Self.attend(execution, input, activity, limit) {}
            }
            return try ending(result.terminationStatus, result.closureResult, arguments, activity)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw GitError.missing
        }
    }

    /// A file that grows is a sign of life, and nothing but looking tells it.
    private static func watch(_ file: AnswerFile, _ activity: Activity) async {
        var size = 0
        while (try? await Task.sleep(for: .milliseconds(200))) != nil {
            let now = file.size
            if now != size { activity.touch() }
            size = now
        }
    }
}
