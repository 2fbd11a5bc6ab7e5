/// What was read of a tree, file by file, before records are looked at together.
struct TreeParts {
    let listing: SourceListing
    /// Settings and access.
    private(set) var contents = TreeContents()
    let judgement: Inventory.Judgement
    /// The records' files by path, without those that were gone when they were to be read.
    let records: [RecordFileContents]
    /// The bytes of `dagroster.yaml` and of what is under `access/`, by path.
    private let texts: [String: [UInt8]]

    /// Lists a source and reads its files.
    ///
    /// - Throws: what the source throws.
    init(of source: some FileSource) async throws {
        listing = try await source.listing(since: nil)
        let inventory = await Inventory(listing)
        let handWritten = inventory.settings + inventory.access
        texts = [String: [UInt8]](handWritten, try await source.contents(of: handWritten))
        judgement = inventory.judged(by: contents.read(inventory, texts))
        records = try await RecordFilesReader(source: source).read(judgement.records)
    }

    /// The parts as they are with what has changed since they were read.
    init(_ parts: TreeParts, with update: SourceUpdate) async {
        listing = update.listing
        let inventory = await Inventory(listing)
        var texts = parts.texts
        texts.update(with: update)
        self.texts = texts
        judgement = inventory.judged(by: contents.read(inventory, texts))
        records = parts.records(judgement.records, with: update)
    }

    /// Records' files of a later listing, of which those that differ are made of the bytes that were read again.
    private func records(_ files: [SourceFile], with update: SourceUpdate) -> [RecordFileContents] {
        var (listed, read) = (0, 0)
        return files.compactMap { file in
            while listed < judgement.records.count, judgement.records[listed].path < file.path { listed += 1 }
            while read < records.count, records[read].path < file.path { read += 1 }
            if let bytes = update.contents[file.path] {
                return bytes?.withUnsafeBufferPointer { RecordFileContents(file, $0) }
            }
            let isKnown = listed < judgement.records.count && judgement.records[listed] == file
            return isKnown && read < records.count && records[read].path == file.path ? records[read] : nil
        }
    }
}

extension TreeContents {
    /// Takes in the settings and what people wrote.
    ///
    /// - Returns: the layout of records' files, where the settings can be read.
    mutating func read(_ inventory: Inventory, _ texts: [String: [UInt8]]) -> Layout? {
        let settings = read(settings: inventory.settings.first.flatMap { texts[$0.path] })
        read(access: inventory.access.map { ($0, texts[$0.path]) })
        return settings?.layout
    }
}
