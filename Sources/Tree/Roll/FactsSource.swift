internal import Roster

/// A source whose records' files hold nothing but their facts (``RecordFacts``), and nothing where there is something
/// to say about a file.
struct FactsSource<Source: FileSource>: FileSource {
    let source: Source

    /// The files of the source.
    func files() async throws -> [SourceFile] { try await source.files() }

    /// The files' own bytes.
    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { try await source.contents(of: files) }

    /// The facts of many records' files.
    func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        try await source.read(files) { index, bytes in
            let path = files[index].path
            let facts =
                path.hasPrefix(RecordKind.user.folder)
                ? RecordFacts.user(bytes, file: path) : RecordFacts.group(bytes, file: path)
            (facts ?? []).withUnsafeBufferPointer { receive(index, $0) }
        }
    }
}
