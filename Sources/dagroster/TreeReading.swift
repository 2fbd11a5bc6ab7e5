import Foundation
import Git
import Reconcile
import Roster
import Tree
import YAML

/// What a run reads of the tree, and where: the commit, its content, the settings of one target.
struct TreeReading {
    let repository: Repository?
    /// The tree's commit; nil for files as they lie.
    let commit: CommitID?
    let contents: TreeContents
    let target: TargetSettings
    /// The commit that targets and guards were taken from, where `--settings-at` names one.
    let settingsCommit: CommitID?
    /// How many people there are in the tree, of whom the contents may hold some only.
    let userCount: Int

    static func read(_ command: ReconcileCommand, _ tree: String) async throws -> TreeReading {
        let repository = try await Repository.discover(tree)
        // Read as it lies, the tree would have no record, and all that is ours would look like somebody else's.
        guard repository != nil || !FileManager.default.fileExists(atPath: tree + "/.git") else {
            throw Failure.unexpected(
                "\(tree) has a .git that git does not take for a repository; nothing was applied\n"
                    + "hint: see what \"git status\" says there"
            )
        }
        let commit = try await commit(command, tree, repository)
        return try await read(command, tree, repository, commit)
    }

    /// The same as it is now; what a commit holds is not read twice.
    func again(_ command: ReconcileCommand, _ tree: String) async throws -> TreeReading {
        let now = try await Self.commit(command, tree, repository)
        if now != nil, now == commit { return self }
        return try await Self.read(command, tree, repository, now)
    }

    private static func read(
        _ command: ReconcileCommand,
        _ tree: String,
        _ repository: Repository?,
        _ commit: CommitID?
    ) async throws -> TreeReading {
        var contents = try await contents(tree, repository, commit)
        let errors = contents.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Refusal.invalid(errors.sorted()) }
        let settingsCommit = try await settingsCommit(command, repository)
        if let repository, let settingsCommit { try await contents.takeSettings(from: settingsCommit, repository) }
        let target = try target(command.target, in: contents.settings)
        return TreeReading(
            repository: repository,
            commit: commit,
            contents: contents,
            target: target,
            settingsCommit: settingsCommit,
            userCount: contents.directory.users.count
        )
    }
}

extension TreeReading {
    static func commit(
        _ command: ReconcileCommand,
        _ tree: String,
        _ repository: Repository?
    ) async throws -> CommitID? {
        guard let repository else {
            if let at = command.at {
                throw Failure.usage("\(tree) is in no git repository, so that there is no commit \"\(at)\"")
            }
            return nil
        }
        guard !command.worktree else { return nil }
        let name = command.at ?? "HEAD"
        guard let commit = try await repository.resolve(name) else {
            throw Failure.usage("there is no commit \"\(name)\" in the repository of \(tree)")
        }
        return commit
    }

    private static func contents(
        _ tree: String,
        _ repository: Repository?,
        _ commit: CommitID?
    ) async throws -> TreeContents {
        if let repository, let commit {
            return try await TreeReader.read(CommitSource(repository, at: commit).cached(in: tree))
        }
        return try await TreeReader.read(FolderSource(tree).cached)
    }

    /// The target of a name, or the only one.
    static func target(_ name: String?, in settings: Settings) throws -> TargetSettings {
        let known = settings.targets.map(\.name).joined(separator: ", ")
        if let name {
            guard let target = settings.target(named: name) else {
                throw Failure.usage("dagroster.yaml has no target \"\(name)\"\nhint: it has \(known)")
            }
            return target
        }
        guard let target = settings.targets.first, settings.targets.count == 1 else {
            throw Failure.usage("there are several targets; name one with --target\nhint: there are \(known)")
        }
        return target
    }

    /// With git the record is a reference, shared through the remote that changes are pushed to, or the only one.
    func records(tree: String) async throws -> any RecordStore {
        guard let repository else { return FileRecordStore(tree: tree, target: target.name) }
        return try await Self.records(of: target, contents.settings, in: repository)
    }

    static func records(
        of target: TargetSettings,
        _ settings: Settings,
        in repository: Repository
    ) async throws -> GitRecordStore {
        let remotes = try await repository.remotes()
        let seconds = Clock.now().milliseconds / 1000
        return GitRecordStore(
            repository,
            target: target.name,
            remote: settings.git.push?.remote ?? (remotes.count == 1 ? remotes.first : nil),
            author: try await repository.committer(seconds: seconds)
        )
    }
}
