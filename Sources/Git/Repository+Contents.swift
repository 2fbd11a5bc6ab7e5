extension Repository {
    /// The most that one file may be long; the strict reader refuses far shorter ones.
    package static let contentsLimit = 64 << 20

    /// Hands over the bytes of many objects, in the order asked for, from one `git cat-file --batch`.
    ///
    /// Objects are handed over as they arrive, so that the memory it takes is that of one.
    package func readContents(
        of objects: some Sequence<ObjectID> & Sendable,
        receive: (ObjectID, [UInt8]) throws -> Void
    ) async throws {
        let arguments = ["cat-file", "--batch", "--buffer"]
        var reader = BatchReader(limit: Self.contentsLimit)
        do {
            let ending = try await runner.stream(arguments, input: Requests(objects: objects)) { bytes in
                try reader.take(bytes, receive: receive)
            }
            guard ending.status == 0 else { throw runner.failure(arguments, ending) }
        } catch BatchReader.Failure.missing(let object) {
            throw GitError.noSuchObject(object)
        } catch BatchReader.Failure.tooLarge(let object, _) {
            throw GitError.tooMuchOutput(arguments: ["cat-file", "blob", object.hex], limit: Self.contentsLimit)
        } catch BatchReader.Failure.header(let bytes) {
            throw runner.notUnderstood(arguments, bytes)
        }
        guard reader.isWhole else { throw runner.notUnderstood(arguments, []) }
    }

    /// The bytes of many objects by their names.
    package func contents(of objects: some Sequence<ObjectID> & Sendable) async throws -> [ObjectID: [UInt8]] {
        let wanted = Set(objects)
        guard !wanted.isEmpty else { return [:] }
        var contents: [ObjectID: [UInt8]] = [:]
        contents.reserveCapacity(wanted.count)
        try await readContents(of: wanted) { contents[$0] = $1 }
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
