/// What was read of a tree, file by file, before records are looked at together.
struct TreeParts {
    /// Settings and access.
    private(set) var contents = TreeContents()
    let judgement: Inventory.Judgement
    /// The records' files by path, without those that were gone when they were to be read.
    let records: [RecordFileContents]
    /// `dagroster.yaml` and what is under `access/`, each by path.
    private let handWritten: [SourceFile]
    private let texts: [[UInt8]?]

    /// Lists a source and reads its files.
    ///
    /// - Parameters:
    ///   - source: where they are.
    ///   - known: what was read before; a file that is as it was then is not read again.
    /// - Throws: what the source throws.
    init(of source: some FileSource, knowing known: TreeParts? = nil) async throws {
        let inventory = try await Inventory(source)
        handWritten = inventory.settings + inventory.access
        texts = try await source.contents(of: handWritten, knowing: known.map { ($0.handWritten, $0.texts) })
        let settings = contents.read(settings: inventory.settings.isEmpty ? nil : texts[0])
        contents.read(access: zip(inventory.access, texts.dropFirst(inventory.settings.count)))
        judgement = inventory.judged(by: settings?.layout)
        if let known {
            records = try await known.records(judgement.records, in: source)
        } else {
            records = try await RecordFilesReader(source: source).read(judgement.records)
        }
    }

    /// Records' files of a later listing, of which those are read that are not as they were.
    private func records(
        _ files: [(file: SourceFile, kind: RecordKind)],
        in source: some FileSource
    ) async throws -> [RecordFileContents] {
        var (listed, read) = (0, 0)
        var results: [RecordFileContents?] = []
        var changed: [Int] = []
        results.reserveCapacity(files.count)
        for (index, (file, _)) in files.enumerated() {
            while listed < judgement.records.count, judgement.records[listed].file.path < file.path { listed += 1 }
            while read < records.count, records[read].path < file.path { read += 1 }
            let isKnown = listed < judgement.records.count && file.isSame(as: judgement.records[listed].file)
            if isKnown, read < records.count, records[read].path == file.path {
                results.append(records[read])
            } else {
                results.append(nil)
                changed.append(index)
            }
        }
        for (index, bytes) in zip(changed, try await source.contents(of: changed.map { files[$0].file })) {
            let (file, kind) = files[index]
            results[index] = bytes?.withUnsafeBufferPointer { RecordFileContents(file, kind, $0) }
        }
        return results.compactMap(\.self)
    }
}

extension SourceFile {
    /// Whether a file has the content that it had in another listing.
    fileprivate func isSame(as other: SourceFile) -> Bool { tag != nil && self == other }
}

extension FileSource {
    /// The bytes of files, without reading those again that are as they were in an earlier listing.
    func contents(
        of files: [SourceFile],
        knowing known: (files: [SourceFile], contents: [[UInt8]?])?
    ) async throws -> [[UInt8]?] {
        guard let known else { return try await contents(of: files) }
        let numbers = Dictionary(known.files.enumerated().map { ($1.path, $0) }) { first, _ in first }
        var results = files.map { file -> [UInt8]? in
            guard let number = numbers[file.path], file.isSame(as: known.files[number]) else { return nil }
            return known.contents[number]
        }
        let changed = results.indices.filter { results[$0] == nil }
        for (index, bytes) in zip(changed, try await contents(of: changed.map { files[$0] })) { results[index] = bytes }
        return results
    }
}
