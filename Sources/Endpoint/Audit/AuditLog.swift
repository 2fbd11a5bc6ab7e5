internal import Foundation
internal import Synchronization

/// A file of audit lines, which is set aside when it has grown and of which the last few are kept.
///
/// Lines are appended whole. What cannot be written is counted, not thrown: a full disk must not keep anybody from being
/// deprovisioned; ``status`` says so.
package final class AuditLog: Sendable {
    // A class, because it owns an open file.
    private struct State {
        var handle: FileHandle?
        var size = 0
        /// Lines that wait for the last one of those that they come with.
        var waiting = Data()
        var waitingCount = 0
        var lost = 0
        var problem: String?
    }

    package struct Status: Hashable, Sendable {
        /// Lines that could not be written since the start.
        package var lost: Int
        /// Why the last one could not; nil when it could.
        package var problem: String?
    }

    private let path: String
    private let longest: Int
    private let kept: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - path: the file; those set aside have `.1`, `.2` and so on after its name.
    ///   - longest: bytes after which the file is set aside.
    ///   - kept: how many of those there are at most.
    package init(path: String, longest: Int = 64 << 20, kept: Int = 9) {
        self.path = path
        self.longest = longest
        self.kept = kept
    }

    package var status: Status { state.withLock { Status(lost: $0.lost, problem: $0.problem) } }

    /// Opens the file before there is anything to write.
    ///
    /// A first line that comes while somebody has moved the folder away would make another one in its place.
    package func begin() {
        state.withLock { state in
            guard state.handle == nil else { return }
            do {
                _ = try open(&state)
            } catch {
                state.problem = "\(error.localizedDescription)"
            }
        }
    }

    /// Writes a line.
    ///
    /// - Parameters:
    ///   - entry: what it says.
    ///   - isLast: whether no further line comes with it. Of those that come together, as the changes of one batch of
    ///     files do, all are written with the last one: a call of the system for each costs more than making the line.
    package func write(_ entry: AuditEntry, isLast: Bool = true) {
        let line = entry.line
        state.withLock { state in
            state.waiting.append(contentsOf: line.utf8)
            state.waiting.append(UInt8(ascii: "\n"))
            state.waitingCount += 1
            if isLast { writeWaiting(&state) }
        }
    }

    private func writeWaiting(_ state: inout State) {
        let (lines, count) = (state.waiting, state.waitingCount)
        (state.waiting, state.waitingCount) = (Data(), 0)
        do {
            if state.size + lines.count > longest, state.size > 0 { try setAside(&state) }
            let handle = try state.handle ?? open(&state)
            try handle.write(contentsOf: lines)
            state.size += lines.count
            state.problem = nil
        } catch {
            // The file is opened anew for the next line: it may be there again by then.
            try? state.handle?.close()
            state.handle = nil
            state.lost += count
            state.problem = "\(error.localizedDescription)"
        }
    }

    private func open(_ state: inout State) throws -> FileHandle {
        let manager = FileManager.default
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty {
            try manager.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        if !manager.fileExists(atPath: path) {
            _ = manager.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        state.size = Int(try handle.seekToEnd())
        state.handle = handle
        // What a crash cut off is a line of its own, so that the next one can be read.
        if state.size > 0, try lastByte() != UInt8(ascii: "\n") {
            try handle.write(contentsOf: Data("\n".utf8))
            state.size += 1
        }
        return handle
    }

    private func lastByte() throws -> UInt8? {
        let reader = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? reader.close() }
        let end = try reader.seekToEnd()
        guard end > 0 else { return nil }
        try reader.seek(toOffset: end - 1)
        return try reader.read(upToCount: 1)?.first
    }

    private func setAside(_ state: inout State) throws {
        try state.handle?.close()
        state.handle = nil
        state.size = 0
        let manager = FileManager.default
        try? manager.removeItem(atPath: "\(path).\(kept)")
        for number in stride(from: kept - 1, through: 1, by: -1) where manager.fileExists(atPath: "\(path).\(number)") {
            try manager.moveItem(atPath: "\(path).\(number)", toPath: "\(path).\(number + 1)")
        }
        if kept > 0 {
            try manager.moveItem(atPath: path, toPath: "\(path).1")
        } else {
            try manager.removeItem(atPath: path)
        }
    }
}
