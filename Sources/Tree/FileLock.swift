#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lock on a tree or a target, which the kernel releases when its process ends, however it ends.
///
/// The file stays where it is and names the holder while there is one. A class, because there is one holder and the
/// lock ends with it.
package final class FileLock: Sendable {
    /// What came of trying.
    package enum Attempt: Sendable {
        case acquired(FileLock)
        /// Somebody else has it; nil when the file does not say who.
        case held(by: LockHolder?)
    }

    private let descriptor: FileDescriptor

    private init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

    /// Tries to take the lock without waiting, and writes its holder into the file; missing folders are made.
    package static func tryLock(_ path: String, as holder: LockHolder) throws(FileError) -> Attempt {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try DurableFile.createFolder(String(path[..<slash]))
        }
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW
        let file = try FileDescriptor(opening: path, flags, mode: 0o644, action: "open the lock")
        guard try file.tryLock() else {
            return .held(by: LockHolder(line: String(decoding: try file.readAll(), as: UTF8.self)))
        }
        try file.clear()
        try file.write(Array((holder.line + "\n").utf8))
        return .acquired(FileLock(file))
    }

    /// Takes the lock, and waits for it for some seconds at most.
    package static func lock(_ path: String, as holder: LockHolder, seconds: Int) throws(FileError) -> Attempt {
        for _ in 0..<(seconds * 100) {
            if case .acquired(let lock) = try tryLock(path, as: holder) { return .acquired(lock) }
            usleep(10_000)
        }
        return try tryLock(path, as: holder)
    }

    deinit {
        // What the file says is a courtesy; the lock itself goes with the descriptor.
        try? descriptor.clear()
    }
}

/// Who has a lock, as its file states it: one line a person can read.
package struct LockHolder: Hashable, Sendable {
    /// The process id.
    package var process: Int32
    /// The name of the machine.
    package var host: String
    /// What it is doing, as a person would call it.
    package var command: String
    /// Since when, RFC 3339.
    package var since: String

    /// Joins what is known of a holder.
    package init(process: Int32, host: String, command: String, since: String) {
        self.process = process
        self.host = host
        self.command = command
        self.since = since
    }
}

extension LockHolder {
    /// This process.
    package static func current(command: String, since: String) -> LockHolder {
        var name = [CChar](repeating: 0, count: 256)
        let host = gethostname(&name, name.count - 1) == 0 ? name.prefix { $0 != 0 } : []
        return LockHolder(
            process: getpid(),
            host: String(decoding: host.map(UInt8.init(bitPattern:)), as: UTF8.self),
            command: command,
            since: since
        )
    }

    /// `pid=4711 host=ci-3 since=2026-11-23T16:47:00Z command=dagroster serve`.
    var line: String {
        let plainHost = host.isEmpty ? "-" : host
        let plainCommand = command.map { $0.isNewline ? " " : String($0) }.joined()
        return "pid=\(process) host=\(plainHost) since=\(since) command=\(plainCommand)"
    }

    /// Reads what ``line`` writes; nil for anything else.
    init?(line: String) {
        let fields = line.prefix { !$0.isNewline }.split(separator: " ", maxSplits: 3)
        let values = zip(["pid=", "host=", "since=", "command="], fields).compactMap { name, field in
            field.hasPrefix(name) ? String(field.dropFirst(name.count)) : nil
        }
        guard values.count == 4, let process = Int32(values[0]) else { return nil }
        self.init(process: process, host: values[1], command: values[3], since: values[2])
    }
}

extension LockHolder: CustomStringConvertible {
    /// `dagroster serve (process 4711 on ci-3, since 2026-11-23T16:47:00Z)`.
    package var description: String { "\(command) (process \(process) on \(host), since \(since))" }
}
