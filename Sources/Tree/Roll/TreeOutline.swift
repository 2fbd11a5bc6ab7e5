package import Access
internal import Roster

/// A tree of which most records are read for their facts alone: what people wrote as it is, and a ``Roll`` of everybody.
///
/// There is one of a tree without a fault only; about any other there is something to say, and ``TreeReader`` says it.
package struct TreeOutline: Sendable {
    /// Everybody.
    package let roll: Roll
    /// What people wrote, without a record.
    private let written: TreeContents
    private let source: any FileSource
    private let records: [SourceFile]

    /// Reads a commit of many records, with a cache of their facts in its work tree; nil for one of few.
    package static func read(_ source: CommitSource, of tree: String) async throws -> TreeOutline? {
        let path = CacheFolder.folder(of: tree) + "/facts-\(RecordFacts.version)"
        let facts = CachedSource(FactsSource(source: source), at: path)
        return try await read(source, facts: facts)
    }

    /// Reads any source.
    ///
    /// - Returns: nil for a tree about which there is something to say beyond what its settings and access files say.
    /// - Throws: what the source throws when it cannot be read at all.
    package static func read(_ source: some FileSource) async throws -> TreeOutline? {
        try await read(source, facts: CachedSource(FactsSource(source: source), at: "", fewest: 0))
    }

    private static func read(
        _ source: some FileSource,
        facts: CachedSource<FactsSource<some FileSource>>
    ) async throws -> TreeOutline? {
        let inventory = await Inventory(try await source.listing(since: nil))
        let handWritten = inventory.settings + inventory.access
        let texts = [String: [UInt8]](handWritten, try await source.contents(of: handWritten))
        var contents = TreeContents()
        let judgement = inventory.judged(by: contents.read(inventory, texts))
        guard judgement.records.count >= facts.fewest, contents.isValid, judgement.diagnostics.isEmpty else {
            return nil
        }
        let files = judgement.records
        let found = Slots<[UInt8]>(count: files.count)
        let writer = try await facts.readKeeping(files) { index, _, bytes in found[index] = Array(bytes) }
        async let isKept: Void? = writer?.finish()
        let records = zip(files, found.take()).compactMap { file, bytes in
            bytes.map { (kind: file.recordKind, bytes: $0) }
        }
        let roll = records.count == files.count ? await Roll.make(records) : nil
        await isKept
        guard let roll else { return nil }
        return TreeOutline(
            roll: roll,
            written: contents,
            source: source,
            records: files
        )
    }
}

extension TreeOutline {
    /// The settings.
    package var settings: Settings { written.settings }

    /// What people wrote under `access/`.
    package var access: AccessFiles { written.access }

    /// The tree with some people only, in the groups that they are in; every group is there.
    ///
    /// - Returns: nil where these records do not make a directory without a fault.
    package func contents(withOnly people: [Int]) async throws -> TreeContents? {
        let files = people.map { records[roll.file(of: $0)] }
        let bytes = try await source.contents(of: files)
        var found: [RecordFileContents] = []
        found.reserveCapacity(files.count + roll.groups.count)
        for (file, bytes) in zip(files, bytes) {
            guard let bytes else { return nil }
            found.append(bytes.withUnsafeBufferPointer { RecordFileContents(file.path, .user, $0) })
        }
        var isKept = Array(repeating: false, count: roll.count)
        for person in people { isKept[person] = true }
        for group in roll.groups {
            let names = group.people.lazy.map { Int($0) }.filter { isKept[$0] }.map { roll.userName(of: $0) }
            let nested = group.groups.map { roll.groups[Int($0)].displayName }
            let contents = GroupFile.Contents(id: group.id, displayName: group.displayName, Array(names), nested)
            let path = records[group.file].path
            found.append(RecordFileContents(path: path, record: .group(contents), diagnostics: []))
        }
        var contents = written
        let count = contents.diagnostics.count
        await contents.add(found)
        return contents.diagnostics.count == count ? contents : nil
    }
}
