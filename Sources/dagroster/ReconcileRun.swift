import Access
import FileTarget
import Git
import Reconcile
import Reports
import Roster
import Tree
import YAML

/// One run of `reconcile`, put together: the tree at its commit, the target, the record.
struct ReconcileRun {
    let command: ReconcileCommand
    let tree: String
    let repository: Repository?
    /// The tree's commit; nil for files as they lie.
    let commit: CommitID?
    let contents: TreeContents
    let target: TargetSettings
    let reader: FileTargetReader
    let records: any RecordStore
    let record: TargetRecord?

    /// Reads everything that a plan needs but the target itself.
    static func begin(_ command: ReconcileCommand, tree: String) async throws -> ReconcileRun {
        let repository = try await Repository.discover(tree)
        let commit = try await Self.commit(command, tree, repository)
        let contents = try await contents(tree, repository, commit)
        let errors = contents.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Refusal.invalid(errors.sorted()) }
        let target = try Self.target(command.target, in: contents.settings)
        let records = try await records(tree, repository, target: target.name, settings: contents.settings)
        return ReconcileRun(
            command: command,
            tree: tree,
            repository: repository,
            commit: commit,
            contents: contents,
            target: target,
            reader: try fileTarget(target, tree: tree),
            records: records,
            record: try await records.load()
        )
    }

    /// Shows the plan; nothing is written.
    func plan(_ output: inout RunOutput) async throws -> Reconcile.ExitCode {
        let plan = try await prepared().plan
        switch command.format {
        case .text: output.result(PlanReport.text(plan, isColored: Terminal.showsColor(command.common.color)))
        case .json: output.result(bytes: PlanReport.json(plan))
        }
        return plan.exitCode(isDetailed: command.detailedExitCode)
    }

    /// Applies the plan under the target's lock, verifies it, and writes the record.
    func apply(_ output: inout RunOutput) async throws -> Reconcile.ExitCode {
        if command.worktree, repository != nil {
            throw Failure.usage("--apply takes a commit, so that it can be said who asked for what; commit first")
        }
        let holder = LockHolder.current(command: "dagroster reconcile", since: Clock.now().wholeSeconds.description)
        let lock = try RunLock.acquire(tree: tree, target: target.name, as: holder)
        defer { withExtendedLifetime(lock) {} }
        if let repository, let commit { try await Ancestry.check(commit, against: record, in: repository) }
        if let note = try await uncommitted() { output.note(note) }
        let prepared = try await prepared()
        guard prepared.plan.refusals.isEmpty else { return try await plan(&output) }
        let applied = try await Reconciler.apply(
            prepared,
            reader: reader,
            writer: FileTargetWriter(path: reader.path, name: reader.name),
            time: Clock.now().wholeSeconds.description
        )
        switch command.format {
        case .text: output.result(AppliedReport.text(applied, isColored: Terminal.showsColor(command.common.color)))
        case .json: output.result(bytes: AppliedReport.json(applied))
        }
        return try await save(applied.record, &output) ? applied.exitCode : .partial
    }
}

extension ReconcileRun {
    private func prepared() async throws -> Prepared {
        var provenance = Provenance()
        if let repository, let commit {
            provenance = try await Provenance.read(
                repository,
                from: record?.commit.flatMap { CommitID($0) },
                to: commit,
                files: contents.paths
            )
        }
        let options = Reconciler.Options(
            target: target,
            commit: commit?.hex,
            provenance: provenance,
            adoption: adoption,
            overrides: command.overrides.compactMap {
                GuardOverride(argument: $0, reason: command.reason ?? "")
            },
            today: CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000)
        )
        return try await Reconciler.prepare(contents, record: record, reader: reader, options: options)
    }

    private var adoption: Adoption {
        if command.adopt.contains(AdoptArgument.everything) { return .extras }
        return command.adopt.isEmpty ? .none : .keys(Set(command.adopt))
    }

    /// Keeps what the target holds now; false where that failed, which the next run mends by reading the target again.
    private func save(_ record: TargetRecord?, _ output: inout RunOutput) async throws -> Bool {
        guard let record else { return true }
        do {
            try await records.save(record)
            return true
        } catch {
            output.note("the target was written, but the record of it could not be saved: \(error)\nhint: run again")
            return false
        }
    }

    /// Says how old provisioning is that is on disk and in no commit yet, because this run does not see it.
    private func uncommitted() async throws -> String? {
        guard let repository else { return nil }
        let files = try await repository.status(of: ["provisioned"])
        guard !files.isEmpty else { return nil }
        let times = files.compactMap { FileState(path: tree + "/" + $0.path)?.modified }
        let since = times.min().map { ", the oldest written at \($0.wholeSeconds)" } ?? ""
        let count = Count.of(files.count, "provisioned file")
        return "\(count) not committed yet\(since): what they say is no part of this run"
    }
}

extension ReconcileRun {
    private static func commit(
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
        if let repository, let commit { return try await TreeReader.read(CommitSource(repository, at: commit)) }
        return try await TreeReader.read(FolderSource(tree))
    }

    private static func target(_ name: String?, in settings: Settings) throws -> TargetSettings {
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

    private static func fileTarget(_ target: TargetSettings, tree: String) throws -> FileTargetReader {
        switch target.kind {
        case .file(let path):
            return FileTargetReader(path: path.hasPrefix("/") ? path : tree + "/" + path, name: path)
        case .dagsterPlus:
            throw Failure.unexpected(
                "target \"\(target.name)\" is of kind dagster-plus, which this version of dagroster cannot reach; "
                    + "nothing was applied"
            )
        }
    }

    /// With git the record is a reference, shared through the remote that changes are pushed to, or the only one.
    private static func records(
        _ tree: String,
        _ repository: Repository?,
        target: String,
        settings: Settings
    ) async throws -> any RecordStore {
        guard let repository else { return FileRecordStore(tree: tree, target: target) }
        let remotes = try await repository.remotes()
        let seconds = Clock.now().milliseconds / 1000
        return GitRecordStore(
            repository,
            target: target,
            remote: settings.git.push?.remote ?? (remotes.count == 1 ? remotes.first : nil),
            author: try await repository.committer(seconds: seconds)
        )
    }
}
