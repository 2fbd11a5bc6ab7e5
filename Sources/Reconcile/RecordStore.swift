internal import Tree
internal import YAML

/// Keeps the record of one target between runs.
package protocol RecordStore: Sendable {
    /// The record; nil before the first apply. Throws ``Refusal/noRecord(reason:)`` for one that cannot be used.
    func load() async throws -> TargetRecord?
    /// The record as it is written; nil where there is none. It is not read, and nothing may be saved after it.
    func text() async throws -> [UInt8]?
    /// Makes what was loaded known to everybody who shares the record, where a run before could not.
    func share() async throws
    /// Replaces what was loaded or saved last; throws when somebody else has done so since.
    func save(_ record: TargetRecord) async throws
}

extension RecordStore {
    /// Nobody shares it.
    package func share() async throws {}

    /// The record, written again.
    package func text() async throws -> [UInt8]? { try await load()?.bytes }
}

/// A record as a file of the tree's local state, for a tree that is no git repository.
package actor FileRecordStore: RecordStore {
    /// The file's path on this machine.
    package nonisolated let path: String
    private var found: Found?

    /// What was there when the record was loaded, or saved last; nil bytes: no file.
    private struct Found {
        var bytes: [UInt8]?
    }

    package init(path: String) { self.path = path }

    /// The file of a target's record in a tree: `.dagroster/applied/<target>.yaml`.
    package init(tree: String, target: String) {
        path = "\(tree)/\(TreeLocation.stateFolder)/applied/\(target).yaml"
    }

    package func text() async throws -> [UInt8]? { try bytes() }

    package func load() async throws -> TargetRecord? {
        let bytes = try bytes()
        found = Found(bytes: bytes)
        guard let bytes else { return nil }
        return try TargetRecord.loaded(bytes, from: path)
    }

    /// Replaces the file, if it still holds what was loaded.
    package func save(_ record: TargetRecord) async throws {
        guard let found else { throw Refusal.noRecord(reason: "the record must be loaded before it is saved") }
        guard try bytes() == found.bytes else { throw RecordError.changed(path) }
        let next = record.bytes
        try DurableFile.replace(path, with: next)
        self.found = Found(bytes: next)
    }

    private func bytes() throws -> [UInt8]? {
        do {
            return try DurableFile.read(path)
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
    }
}

/// Why a record was not saved.
package enum RecordError: Error, Hashable, Sendable {
    /// Somebody else has written it since it was loaded.
    case changed(String)
}

extension RecordError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .changed(let path): "\"\(path)\" was written by somebody else meanwhile; it was left as it is"
        }
    }
}

extension TargetRecord {
    /// The record that some bytes hold.
    static func loaded(_ bytes: [UInt8], from place: String) throws(Refusal) -> TargetRecord {
        let (record, diagnostics) = TargetRecord.read(bytes, file: place)
        guard let record else {
            throw .noRecord(reason: diagnostics.map(\.description).joined(separator: "\n"))
        }
        return record
    }
}
