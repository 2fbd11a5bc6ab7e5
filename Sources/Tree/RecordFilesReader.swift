internal import Roster
internal import YAML

/// A provisioned file as it was read, before its names are looked up.
struct RecordFileContents: Sendable {
    enum Record: Sendable {
        case user(User)
        case group(GroupFile.Contents)
    }

    var path: String
    /// Nil when the file has an error.
    var record: Record?
    var diagnostics: [Diagnostic]
    /// Kept to find places in, should the record meet another one.
    var bytes: [UInt8]
}

/// Reads many provisioned files, a few at a time.
struct RecordFilesReader<Source: FileSource> {
    let source: Source

    /// The files in the given order, without those that are gone since they were listed.
    func read(_ files: [(file: SourceFile, kind: RecordKind)]) async throws -> [RecordFileContents] {
        let bytes = try await source.contents(of: files.map(\.file))
        let present = zip(files, bytes).compactMap { file, bytes in
            bytes.map { (path: file.file.path, kind: file.kind, bytes: $0) }
        }
        let chunks = stride(from: 0, to: present.count, by: TreeReader.chunk).map { start in
            Array(present[start..<min(start + TreeReader.chunk, present.count)])
        }
        return await withTaskGroup(of: (Int, [RecordFileContents]).self) { group in
            for (index, chunk) in chunks.enumerated() {
                group.addTask { (index, chunk.map { RecordFileContents($0.path, $0.kind, $0.bytes) }) }
            }
            var parsed = [[RecordFileContents]](repeating: [], count: chunks.count)
            for await (index, contents) in group { parsed[index] = contents }
            return parsed.flatMap { $0 }
        }
    }
}

extension RecordFileContents {
    /// Reads one file of a kind.
    init(_ path: String, _ kind: RecordKind, _ bytes: [UInt8]) {
        switch kind {
        case .user:
            let (user, diagnostics) = UserFile.read(bytes, file: path)
            self.init(path: path, record: user.map(Record.user), diagnostics: diagnostics, bytes: bytes)
        case .group:
            let (group, diagnostics) = GroupFile.read(bytes, file: path)
            self.init(path: path, record: group.map(Record.group), diagnostics: diagnostics, bytes: bytes)
        }
    }
}
