internal import Tree
internal import YAML

/// Keeps the record of one target between runs.
package protocol RecordStore: Sendable {
    /// The record; nil before the first apply. Throws ``Refusal/noRecord(reason:)`` for one that cannot be used.
    func load() async throws -> TargetRecord?
    /// Replaces what was loaded; throws when somebody else has done so since.
    func save(_ record: TargetRecord) async throws
}

/// A record as a file of the tree's local state, for a tree that is no git repository.
package struct FileRecordStore: RecordStore {
    /// The file's path on this machine.
    package let path: String

    package init(path: String) { self.path = path }

    /// The file of a target's record in a tree: `.dagroster/applied/<target>.yaml`.
    package init(tree: String, target: String) {
        path = "\(tree)/\(TreeLocation.stateFolder)/applied/\(target).yaml"
    }

    package func load() async throws -> TargetRecord? {
        do {
            return try TargetRecord.loaded(try DurableFile.read(path), from: path)
        } catch let error as FileError where error.isMissing {
            return nil
        }
    }

    package func save(_ record: TargetRecord) async throws {
        try DurableFile.replace(path, with: record.bytes)
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
