/// What was read of a tree, file by file, before records are looked at together.
struct TreeParts {
    let listing: SourceListing
    /// Settings and access.
    private(set) var contents = TreeContents()
    let judgement: Inventory.Judgement
    /// What was read of the records' files that were judged, by their numbers there.
    let records: RecordIntake
    /// The bytes of `dagroster.yaml` and of what is under `access/`, by path.
    private let texts: [String: [UInt8]]

    /// Lists a source and reads its files.
    ///
    /// - Parameters:
    ///   - source: where they are.
    ///   - isSure: whether its listing has looked at all files; else what stands in the wrong place may be wrong in itself.
    /// - Throws: ``UnlikeListing`` where that may be so, and what the source throws.
    init(of source: some FileSource, isSure: Bool) async throws {
        listing = try await source.listing(since: nil)
        let inventory = await Inventory(listing)
        let handWritten = inventory.settings + inventory.access
        texts = [String: [UInt8]](handWritten, try await source.contents(of: handWritten))
        judgement = inventory.judged(by: contents.read(inventory, texts))
        let mayBeOther = !isSure && !judgement.diagnostics.isEmpty
        if mayBeOther, listing.files.contains(where: { $0.tag == nil && $0.object == nil }) { throw UnlikeListing() }
        records = try await RecordIntake(judgement.records, from: source)
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
    private func records(_ files: [SourceFile], with update: SourceUpdate) -> RecordIntake {
        var listed = 0
        let records = files.compactMap { file in
            while listed < judgement.records.count, judgement.records[listed].path < file.path { listed += 1 }
            if let bytes = update.contents[file.path] {
                return bytes?.withUnsafeBufferPointer { RecordFileContents(file, file.tag, $0) }
            }
            let isKnown = listed < judgement.records.count && judgement.records[listed] == file
            return isKnown ? self.records.files[listed] : nil
        }
        return RecordIntake(Slots(records))
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
