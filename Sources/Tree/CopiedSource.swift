internal import YAML

/// The plain files of another source as they were at one moment, in memory, for what reads them more than once.
struct CopiedSource: FileSource {
    /// What is to be said about the moment.
    let doubt: Diagnostic?
    private let listing: [SourceFile]
    private let bytes: [String: [UInt8]]

    /// Reads everything that a source has.
    init(_ source: some FileSource) async throws {
        let copy = try await source.atOneMoment {
            try await Copy(of: source)
        } again: {
            try await Copy(of: source, knowing: $0)
        }
        doubt = copy.doubt
        listing = copy.result.others + copy.result.files
        let pairs = zip(copy.result.files, copy.result.contents)
        bytes = Dictionary(pairs.compactMap { file, bytes in bytes.map { (file.path, $0) } }) { first, _ in first }
    }

    func files() async throws -> [SourceFile] { listing }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] { files.map { bytes[$0.path] } }

    /// The bytes by several threads, because what is made of them takes long.
    func read(
        _ files: [SourceFile],
        receive: @escaping @Sendable (Int, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws {
        let (bytes, pieces) = (bytes, Pieces(of: files.count))
        await Crew.work(pieces: pieces.count) { piece in
            for index in pieces[piece] { bytes[files[index].path]?.withUnsafeBufferPointer { receive(index, $0) } }
        }
    }
}

/// Files with their bytes, and whatever else is listed.
private struct Copy {
    let files: [SourceFile]
    let others: [SourceFile]
    let contents: [[UInt8]?]

    init(of source: some FileSource, knowing known: Copy? = nil) async throws {
        let listing = try await source.files()
        files = listing.filter { $0.kind == .regular }
        others = listing.filter { $0.kind != .regular }
        contents = try await source.contents(of: files, knowing: known.map { ($0.files, $0.contents) })
    }
}
