internal import Access
internal import YAML

#if canImport(Glibc)
    import Glibc
#endif

/// Reads a whole tree and judges it: layout, settings, records, access.
///
/// What `serve` writes meanwhile is there with all its files or with none of them, as ``BatchReader`` says.
package enum TreeReader {
    /// Reads everything; what is wrong with a file is a diagnostic and never hides what is wrong with another.
    ///
    /// - Parameters:
    ///   - source: a folder or a commit.
    ///   - returnsMemory: whether to give back what reading many files took; else the caller does, when there is time.
    /// - Returns: the tree, whether valid or not.
    /// - Throws: what the source throws when it cannot be read at all, ``FileError`` or `GitError`.
    package static func read(_ source: some FileSource, returnsMemory: Bool = true) async throws -> TreeContents {
        let reading: BatchReader.Reading<TreeParts, SourceUpdate>
        do {
            reading = try await Self.reading(source, isSure: false)
        } catch is UnlikeListing {
            reading = try await Self.reading(source.looking, isSure: true)
        }
        var parts = reading.first
        if let update = reading.update { parts = await TreeParts(parts, with: update) }
        var contents = parts.contents
        await contents.add(parts.records)
        contents.add(parts.judgement)
        if let doubt = reading.doubt { contents.diagnostics.append(doubt) }
        contents.diagnostics.sort()
        let isLarge = parts.judgement.records.count >= CacheFolder.fewestFiles
        if returnsMemory {
            if isLarge { Self.returnMemory() }
        } else {
            let parts = parts
            // Nobody waits for each of them to go.
            _ = Worker.start { withExtendedLifetime(parts) {} }
        }
        return contents
    }
}

extension TreeReader {
    private static func reading(
        _ source: some FileSource,
        isSure: Bool
    ) async throws -> BatchReader.Reading<TreeParts, SourceUpdate> {
        try await source.atOneMoment {
            try await TreeParts(of: source, isSure: isSure)
        } again: {
            try await SourceUpdate(of: source, since: $0.listing)
        }
    }

    /// Gives the system back what reading many files took: what stays lies between what went, and glibc keeps that.
    package static func returnMemory() {
        #if canImport(Glibc)
            // Looked up, because Swift's module of glibc is without malloc.h, and other C libraries without the function.
            typealias Trim = @convention(c) (Int) -> Int32
            guard let symbol = dlsym(nil, "malloc_trim") else { return }
            _ = unsafeBitCast(symbol, to: Trim.self)(0)
        #endif
    }

    /// Lets this thread's memory grow at once by what some hundred records take: glibc asks the system for each page else,
    /// and one thread waits for the other's answer.
    static func makeRoom() {
        #if canImport(Glibc)
            free(malloc(256 << 10))
        #endif
    }

    /// Lets threads that come one after the other take from the same memory: glibc makes eight heaps a processor else,
    /// and what one thread has given back is not there for the next.
    package static func shareMemory() {
        #if canImport(Glibc)
            typealias Option = @convention(c) (Int32, Int32) -> Int32
            guard let symbol = dlsym(nil, "mallopt") else { return }
            // M_ARENA_MAX
            _ = unsafeBitCast(symbol, to: Option.self)(-8, Int32(max(4, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
        #endif
    }
}

extension TreeContents {
    mutating func read(settings bytes: [UInt8]?) -> Settings? {
        guard let bytes else {
            let message = "there is no such file, which every tree has"
            diagnostics.append(Diagnostic(file: TreeLocation.settingsFile, place: nil, message: message))
            return nil
        }
        let (settings, diagnostics) = Settings.read(bytes)
        self.diagnostics += diagnostics
        if let settings { self.settings = settings }
        return settings
    }

    /// Takes in what is wrong with the way files stand: whose record a file in the wrong place would be, nobody knows.
    fileprivate mutating func add(_ judgement: Inventory.Judgement) {
        diagnostics += judgement.diagnostics
        folderFaults = judgement.folderFaults
        for problem in judgement.diagnostics where problem.file.hasPrefix(RecordKind.root) {
            if brokenFiles[problem.file] == nil { brokenFiles[problem.file] = problem }
        }
    }

    mutating func read(access files: some Sequence<(SourceFile, [UInt8]?)>) {
        let present = files.compactMap { file, bytes in bytes.map { (path: file.path, bytes: $0) } }
        let (access, diagnostics) = AccessFiles.read(present)
        self.access = access
        self.diagnostics += diagnostics
    }
}
