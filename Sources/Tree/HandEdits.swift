package import Git
internal import Roster
internal import YAML

/// What people changed in records that only `serve` writes: found in the commits between a base and a later commit.
///
/// Every commit that is not in the base counts, whoever it says it is from: commits of `serve` reach the base's branch
/// themselves. A commit whose message ends with `Dagroster-Hand-Edit: REASON` is allowed, and named with its reason.
package struct HandEdits {
    /// The trailer that allows a commit its edits.
    package static let trailer = "Dagroster-Hand-Edit"

    /// A commit with what it changed.
    package struct Finding: Hashable, Sendable {
        package var commit: CommitInfo
        /// The paths under `provisioned/`.
        package var paths: [String]
        /// Records that are another one by their id than before.
        package var changedIDs: [ChangedID]
        /// Why the commit may; nil: it may not.
        package var reason: String?
    }

    /// A record that kept its file or its name and got another id, which makes it another person or group.
    package struct ChangedID: Hashable, Sendable {
        package var path: String
        package var before: String
        package var after: String
    }

    /// Looks through the commits that are in the history of one and not of the other.
    package static func find(
        in repository: Repository,
        from base: CommitID,
        to commit: CommitID
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        let commits = try await repository.log(of: [RecordKind.root], from: commit, excluding: base, walk: .everything)
        for found in commits where !found.files.isEmpty {
            let reason = found.info.trailers.first { $0.key.lowercased() == trailer.lowercased() }?.value
            findings.append(
                Finding(
                    commit: found.info,
                    paths: found.files.map(\.path),
                    changedIDs: try await changedIDs(found.files, repository),
                    reason: reason.flatMap { $0.isEmpty ? nil : $0 }
                )
            )
        }
        return findings
    }

    private static func changedIDs(
        _ files: [FileChange],
        _ repository: Repository
    ) async throws -> [ChangedID] {
        let objects = files.flatMap { [$0.before, $0.after] }.compactMap { $0 }
        let contents = try await repository.contents(of: objects)
        var old: [String: String] = [:]
        var new: [(path: String, head: RecordIdentity)] = []
        for file in files {
            guard case .record(let kind) = TreeLocation(path: file.path, layout: nil) else { continue }
            if let head = file.before.flatMap({ contents[$0] }).flatMap({ RecordIdentity($0, kind) }) {
                old[file.path] = head.id
                old[head.name] = head.id
            }
            if let head = file.after.flatMap({ contents[$0] }).flatMap({ RecordIdentity($0, kind) }) {
                new.append((file.path, head))
            }
        }
        return new.compactMap { path, head in
            guard let before = old[path] ?? old[head.name], before != head.id else { return nil }
            return ChangedID(path: path, before: before, after: head.id)
        }
    }
}

/// What a record's file says that it is.
package struct RecordIdentity: Hashable, Sendable {
    package var id: String
    /// `user ada@example.com`, in lower case.
    package var name: String

    /// Nil for what is no record.
    package init?(_ bytes: [UInt8], _ kind: RecordKind) {
        guard let node = try? Reader.read(bytes), let id = node["id"]?.text,
            let name = node[kind == .user ? "userName" : "displayName"]?.text
        else { return nil }
        self.id = id
        self.name = "\(kind.rawValue) \(NameKey(name).folded)"
    }
}
