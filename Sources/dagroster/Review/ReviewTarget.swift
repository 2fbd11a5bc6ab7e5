import Access
import Git
import Reconcile
import Tree

/// What the answers take from a target's settings and record; no target is asked.
enum ReviewTarget {
    /// The settings of the target that was named, or of the only one; nil: the tree alone counts.
    static func settings(_ name: String?, _ settings: Settings) throws -> TargetSettings? {
        guard let name else { return settings.targets.count == 1 ? settings.targets.first : nil }
        guard let target = settings.target(named: name) else {
            let known = settings.targets.map(\.name).joined(separator: ", ")
            throw Failure.usage("dagroster.yaml has no target \"\(name)\"\nhint: it has \(known)")
        }
        return target
    }

    /// What a target gets of the tree; without one, everything.
    static func policy(_ target: TargetSettings?, _ settings: Settings) -> ResolutionPolicy {
        target.map(settings.policy) ?? ResolutionPolicy(identity: settings.identity)
    }

    /// The record of the last apply as of a commit, so that a name that the identity provider changed since is followed.
    static func record(
        _ target: String?,
        at commit: CommitID?,
        in repository: Repository?,
        _ tree: String
    ) async throws -> TargetRecord? {
        do {
            return try await recordInForce(target, at: commit, in: repository, tree)
        } catch let refusal as Refusal {
            Terminal.note("warning: the record of target \"\(target ?? "")\" cannot be used: \(refusal)")
            return nil
        }
    }

    /// The names of that record alone, which are what two states are compared by.
    static func names(
        _ target: String?,
        at commit: CommitID,
        in repository: Repository
    ) async throws -> KnownNames {
        guard let target else { return KnownNames() }
        do {
            return try await TargetRecord.namesInForce(at: commit, target: target, in: repository) ?? KnownNames()
        } catch let refusal as Refusal {
            Terminal.note("warning: the record of target \"\(target)\" cannot be used: \(refusal)")
            return KnownNames()
        }
    }

    /// The record; throws `Refusal` where it cannot be used.
    static func recordInForce(
        _ target: String?,
        at commit: CommitID?,
        in repository: Repository?,
        _ tree: String
    ) async throws -> TargetRecord? {
        guard let target else { return nil }
        guard let repository else { return try await FileRecordStore(tree: tree, target: target).load() }
        guard let commit else { return nil }
        return try await TargetRecord.inForce(at: commit, target: target, in: repository)
    }

    /// The settings of a commit; without any target where they have an error, which whoever reads the tree is told.
    static func settings(of commit: CommitID, in repository: Repository) async throws -> Settings {
        let bytes = try await repository.contents(of: TreeLocation.settingsFile, in: commit)
        return bytes.flatMap { Settings.read($0).settings } ?? Settings(targets: [])
    }
}

extension Revision {
    /// A commit by any name that git knows, or a day, with what it says of itself.
    static func find(
        _ name: String,
        in repository: Repository,
        of tree: String
    ) async throws -> (commit: CommitID, info: CommitInfo) {
        guard let commit = try await repository.resolve(name) else {
            let isShallow = try await repository.isShallow()
            let hint =
                isShallow
                ? "\nhint: this clone is shallow and leaves it out; run \"git fetch --unshallow\", or clone with full history "
                    + "(fetch-depth: 0)" : ""
            throw Failure.usage("there is no commit \"\(name)\" in the repository of \(tree)\(hint)")
        }
        return (commit, try await repository.info(of: commit))
    }
}
