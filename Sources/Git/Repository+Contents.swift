extension Repository {
    /// The most that one file may be long; the strict reader refuses far shorter ones.
    package static let contentsLimit = 64 << 20

    /// Hands over the bytes of many objects, in the order asked for, from `git cat-file --batch`.
    ///
    /// The memory that it takes is that of one object, whose bytes are there until `receive` returns.
    package func readContents(
        of objects: some Sequence<ObjectID> & Sendable,
        receive: (ObjectID, UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        var rest = Array(objects)[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.partLength)
            rest = rest.dropFirst(part.count)
            // A few are not worth a file.
            if part.count >= Self.fewestInFile, let file = AnswerFile(),
                try await readContents(of: part, through: file, receive: receive)
            {
                continue
            }
            try await readContents(inOrder: part, receive: receive)
        }
    }

    /// So many objects are asked for at once: what they hold is on disk for as long.
    private static let partLength = 20_000
    private static let fewestInFile = 500

    private static let batch = ["cat-file", "--batch", "--buffer"]

    /// Reads by way of a file; false where that did not work, as on a full disk, and nothing was handed over.
    func readContents(
        of objects: ArraySlice<ObjectID>,
        through file: AnswerFile,
        receive: (ObjectID, UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Bool {
        let ending = try await runner.write(Self.batch, input: Requests(objects: objects), to: file)
        guard ending.status == 0 else { return false }
        return try await takingApart { reader in try file.withBytes { try reader.take($0, receive: receive) } }
    }

    private func readContents(
        inOrder objects: ArraySlice<ObjectID>,
        receive: (ObjectID, UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        try await takingApart { reader in
            let ending = try await runner.stream(Self.batch, input: Requests(objects: objects)) {
                try reader.take($0, receive: receive)
            }
            guard ending.status == 0 else { throw runner.failure(Self.batch, ending) }
        }
    }

    /// Says in errors what an answer is about.
    private func takingApart<Result>(_ body: (inout CatFileReader) async throws -> Result) async throws -> Result {
        let arguments = Self.batch
        var reader = CatFileReader(limit: Self.contentsLimit)
        let result: Result
        do {
            result = try await body(&reader)
        } catch CatFileReader.Failure.missing(let object) {
            throw GitError.noSuchObject(object)
        } catch CatFileReader.Failure.tooLarge(let object, _) {
            throw GitError.tooMuchOutput(arguments: ["cat-file", "blob", object.hex], limit: Self.contentsLimit)
        } catch CatFileReader.Failure.header(let bytes) {
            throw runner.notUnderstood(arguments, bytes)
        }
        guard reader.isWhole else { throw runner.notUnderstood(arguments, []) }
        return result
    }

    /// The bytes of many objects by their names.
    package func contents(of objects: some Sequence<ObjectID> & Sendable) async throws -> [ObjectID: [UInt8]] {
        let wanted = Set(objects)
        guard !wanted.isEmpty else { return [:] }
        var contents: [ObjectID: [UInt8]] = [:]
        contents.reserveCapacity(wanted.count)
        try await readContents(of: wanted) { contents[$0] = Array($1) }
        return contents
    }

    /// The bytes of a file in a commit; nil when there is no such file (a folder, a symlink or a submodule is none).
    package func contents(of path: String, in commit: CommitID, from root: Root = .tree) async throws -> [UInt8]? {
        let entries = try await entries(of: commit, under: [path], from: root)
        guard let entry = entries.first(where: { $0.path == path }) else { return nil }
        guard entry.kind == .file || entry.kind == .executable else { return nil }
        return try await contents(of: CollectionOfOne(entry.object))[entry.object]
    }
}

/// The names of objects as `git cat-file --batch` reads them, in pieces that fit a pipe.
private struct Requests<Objects: Sequence<ObjectID> & Sendable>: Sequence, Sendable {
    let objects: Objects

    func makeIterator() -> AnyIterator<[UInt8]> {
        var iterator = objects.makeIterator()
        return AnyIterator {
            var chunk: [UInt8] = []
            while chunk.count < 32 << 10, let object = iterator.next() {
                chunk.append(contentsOf: object.hex.utf8)
                chunk.append(UInt8(ascii: "\n"))
            }
            return chunk.isEmpty ? nil : chunk
        }
    }
}
