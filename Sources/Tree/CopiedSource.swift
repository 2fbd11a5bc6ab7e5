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
            let listing = try await source.listing(since: nil)
            let files = listing.files.filter { $0.kind == .regular }
            return (listing: listing, bytes: [String: [UInt8]](files, try await source.contents(of: files)))
        } again: {
            try await SourceUpdate(of: source, since: $0.listing)
        }
        doubt = copy.doubt
        listing = (copy.update?.listing ?? copy.first.listing).files
        var bytes = copy.first.bytes
        if let update = copy.update { bytes.update(with: update) }
        self.bytes = bytes
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
