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
    let reading: TreeReading
    let reader: FileTargetReader
    let records: any RecordStore
    let record: TargetRecord?
    /// What keeps other runs away while this one applies; nil: it only plans.
    private let lock: FileLock?

    /// Reads everything that a plan needs but the target itself.
    static func begin(_ command: ReconcileCommand, tree: String) async throws -> ReconcileRun {
        try await ReconcileRun(command, tree, TreeReading.read(command, tree), lock: nil)
    }

    /// The same under the target's lock: what is read before it may be older than what the run before left.
    static func beginToApply(_ command: ReconcileCommand, tree: String) async throws -> ReconcileRun {
        let first = try await TreeReading.read(command, tree)
        if command.worktree, first.repository != nil {
            throw Failure.usage("--apply takes a commit, so that it can be said who asked for what; commit first")
        }
        let holder = LockHolder.current(command: "dagroster reconcile", since: Clock.now().wholeSeconds.description)
        let lock = try RunLock.acquire(tree: tree, target: first.target.name, as: holder)
        let reading = try await first.again(command, tree)
        guard reading.target.name == first.target.name else {
            throw Failure.unexpected("the settings changed meanwhile; nothing was applied\nhint: run again")
        }
        return try await ReconcileRun(command, tree, reading, lock: lock)
    }

    private init(
        _ command: ReconcileCommand,
        _ tree: String,
        _ reading: TreeReading,
        lock: FileLock?
    ) async throws {
        self.command = command
        self.tree = tree
        self.reading = reading
        self.lock = lock
        reader = try reading.fileTarget(tree: tree)
        records = try await reading.records(tree: tree)
        record = try await records.load()
    }

    /// Shows the plan; nothing is written.
    func plan(_ output: inout RunOutput) async throws -> Reconcile.ExitCode {
        show(try await prepared(), &output)
    }

    /// Applies the plan, verifies it, says what came of it, and writes the record.
    func apply(_ output: inout RunOutput) async throws -> Reconcile.ExitCode {
        defer { withExtendedLifetime(lock) {} }
        if let repository = reading.repository, let commit = reading.commit {
            try await Ancestry.check(commit, against: record, in: repository)
        }
        try await noteUncommitted(&output)
        let prepared = try await prepared()
        guard prepared.plan.refusals.isEmpty else { return show(prepared, &output) }
        try await records.share()
        let applied = try await Reconciler.apply(
            prepared,
            reader: reader,
            writer: FileTargetWriter(path: reader.path, name: reader.name),
            records: records,
            time: Clock.now().wholeSeconds.description
        )
        report(.applied(applied), of: prepared, &output)
        // Said before the record is saved: what was done to the target is not lost with a run that ends there.
        output.print(endingWith: applied.exitCode)
        return await save(applied, &output)
    }
}

extension ReconcileRun {
    private func prepared() async throws -> Prepared {
        var provenance = Provenance()
        if let repository = reading.repository, let commit = reading.commit {
            provenance = try await Provenance.read(
                repository,
                from: record?.commit.flatMap { CommitID($0) },
                to: commit,
                files: reading.contents.paths
            )
        }
        let options = Reconciler.Options(
            target: reading.target,
            commit: reading.commit?.hex,
            provenance: provenance,
            adoption: adoption,
            overrides: command.overrides.compactMap {
                GuardOverride(argument: $0, reason: command.reason ?? "")
            },
            today: CalendarDate(secondsSince1970: Double(Clock.now().milliseconds) / 1000)
        )
        return try await Reconciler.prepare(reading.contents, record: record, reader: reader, options: options)
    }

    private var adoption: Adoption {
        if command.adopt.contains(AdoptArgument.everything) { return .extras }
        return command.adopt.isEmpty ? .none : .keys(Set(command.adopt))
    }

    private func show(_ prepared: Prepared, _ output: inout RunOutput) -> Reconcile.ExitCode {
        report(.planned(prepared.plan), of: prepared, &output)
        return prepared.plan.exitCode(isDetailed: command.detailedExitCode)
    }

    private func report(_ outcome: RunReport.Outcome, of prepared: Prepared, _ output: inout RunOutput) {
        var report = RunReport(outcome)
        if output.showsMatrix {
            let (before, after) = prepared.access
            report.matrix = AccessMatrix(before: before, after: after, plan: prepared.plan, wanted: prepared.wanted)
        }
        output.report(report, folder: reading.repository?.prefix ?? "")
    }

    /// Keeps what the target holds now.
    ///
    /// Where that fails, the intent that was saved before the first change stays, so that the next run knows what this
    /// one made.
    private func save(_ applied: Applied, _ output: inout RunOutput) async -> Reconcile.ExitCode {
        guard let record = applied.record else { return applied.exitCode }
        do {
            try await records.save(record)
            return applied.exitCode
        } catch {
            let isWritten = applied.results.contains { $0.outcome == .applied }
            let what =
                isWritten
                ? "the target was written, but the record of it could not be saved"
                : "nothing was applied, and the record could not be saved"
            output.note("\(what): \(error)\nhint: run again; what was made is known from the record saved before")
            return isWritten ? .partial : .failure
        }
    }
}

extension ReconcileRun {
    /// How long after the longest window a change may still be on its way to a commit, in milliseconds.
    private static let patience = 60_000

    /// Says how old provisioning is that is on disk and in no commit yet, because this run does not see it; also in a
    /// quiet run, once it is so old that nothing is going to commit it.
    private func noteUncommitted(_ output: inout RunOutput) async throws {
        guard let repository = reading.repository else { return }
        let files = try await repository.status(of: ["provisioned"])
        guard !files.isEmpty else { return }
        let oldest = files.compactMap { modified($0.path) }.min()
        let since = oldest.map { ", the oldest written at \($0.wholeSeconds)" } ?? ""
        let count = Count.of(files.count, "provisioned file")
        let window = Int(reading.contents.settings.git.longestWindow.components.seconds) * 1000
        let isStuck = oldest.map { Clock.now().milliseconds - $0.milliseconds > window + Self.patience } ?? true
        let hint = "\nhint: \"dagroster serve\" has not committed it; look at its log, or commit the files"
        output.note(
            "\(count) not committed yet\(since): what they say is no part of this run" + (isStuck ? hint : ""),
            isUrgent: isStuck
        )
    }

    /// When a file was written; when its folder was, for one that was removed.
    private func modified(_ path: String) -> Timestamp? {
        let file = tree + "/" + path
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return (FileState(path: file) ?? FileState(path: folder))?.modified
    }
}
