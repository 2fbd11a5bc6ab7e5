internal import Crypto
package import Git
package import Store
internal import Synchronization
internal import Tree

/// Which files were written and are in no commit yet, kept in a file, so that a start after a crash knows its own
/// bytes from somebody's edits.
///
/// A line holds the SHA-256 of a file's content, or `-` for one that was removed, and its path; of two lines for one
/// path the later counts. Lines of files that were committed since do no harm: there is nothing left to commit. Where
/// changes never stop the file is written anew with one line a path each time that it has doubled. A class, because the
/// thread that writes files and the publisher share it.
package final class WrittenFiles: WriteLog {
    /// The file, absolute.
    private let path: String
    /// Changes that the file speaks of and that are in no commit; what an earlier run left counts as one.
    private let open = Mutex(1)
    /// How many bytes may still be added before the file is written anew; what an earlier run left is not known.
    private let room = Mutex(0)
    private let smallest: Int

    /// - Parameters:
    ///   - tree: the tree's folder.
    ///   - smallest: how long the file may be, in bytes, before it is looked at.
    package init(tree: String, smallest: Int = 1 << 20) {
        path = tree + "/" + TreeLocation.stateFolder + "/uncommitted"
        self.smallest = smallest
    }

    /// Notes what files are about to hold; the file begins anew when everything before is in a commit.
    package func note(_ files: [NotedFile], of changes: Int) throws {
        let lines = files.map { Self.digest($0.bytes) + " " + $0.path + "\n" }
        let bytes = Array(lines.joined().utf8)
        let isFirst = open.withLock { $0 == 0 }
        try DurableFile.append(bytes, to: path, isFirst: isFirst)
        let rest = room.withLock { room in
            room = (isFirst ? smallest : room) - bytes.count
            return room
        }
        if rest < 0 { try shorten() }
        // Last, because what could not be noted is noted again.
        open.withLock { $0 += changes }
    }

    /// Keeps the last line of each path.
    private func shorten() throws {
        let entries = Self.entries(String(decoding: try DurableFile.read(path), as: UTF8.self))
        let bytes = Array(entries.map { "\($1) \($0)\n" }.sorted().joined().utf8)
        try DurableFile.replace(path, with: bytes)
        room.withLock { $0 = max(smallest, bytes.count) }
    }

    package var uncommitted: Int { open.withLock { $0 } }

    /// Notes that changes are in a commit.
    package func committed(_ changes: Int) { open.withLock { $0 -= changes } }

    /// Notes that what an earlier run left is in a commit, or was looked at.
    package func recovered() { committed(1) }

    /// Of the files that differ from HEAD those that still have exactly the bytes that were written here.
    package func uncommitted(in repository: Repository, tree: String) async throws -> [TreeChange] {
        guard let text = try? DurableFile.read(path) else { return [] }
        let written = Self.entries(String(decoding: text, as: UTF8.self))
        return try await repository.status(of: ["provisioned"]).compactMap { file in
            guard let digest = written[file.path] else { return nil }
            let bytes = try? DurableFile.read(tree + "/" + file.path)
            return Self.digest(bytes) == digest ? TreeChange(path: file.path, bytes: bytes) : nil
        }
    }

    private static func entries(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: " ", maxSplits: 1)
            return parts.count == 2 ? (String(parts[1]), String(parts[0])) : nil
        }
        return Dictionary(pairs) { _, later in later }
    }

    private static func digest(_ bytes: [UInt8]?) -> String {
        guard let bytes else { return "-" }
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in SHA256.hash(data: bytes) { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
