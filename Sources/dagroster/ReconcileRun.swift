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
    let target: OpenTarget
    let records: any RecordStore
    let record: TargetRecord?
    /// The saved plan that is applied; nil: a plan of its own.
    let saved: SavedPlan?
    /// The snapshot that is brought back; nil: the tree says what is wanted.
    let snapshot: Snapshot?
    /// Whom a plan cannot touch, where they are left out of everything.
    var bystanders = Bystanders()
    /// The names of everybody in the tree, where some are left out.
    var userNames: (@Sendable () -> [String])?
    /// Says on a terminal what takes so long.
    let progress: Progress
    /// What keeps other runs away while this one applies; nil: it only plans.
    private let lock: FileLock?

    /// Reads everything that a plan needs but the target itself.
    static func begin(
        _ command: ReconcileCommand,
        tree: String,
        _ progress: Progress
    ) async throws -> ReconcileRun {
        let saved = try command.plans.savedPlan()
        let command = try command.following(saved)
        if let run = await reduced(command, tree: tree, progress) { return run }
        return try await ReconcileRun(command, tree, TreeReading.read(command, tree), saved, progress, lock: nil)
    }

    /// The same under the target's lock: what is read before it may be older than what the run before left.
    static func beginToApply(
        _ command: ReconcileCommand,
        tree: String,
        _ progress: Progress
    ) async throws -> ReconcileRun {
        let saved = try command.plans.savedPlan()
        let command = try command.following(saved)
        let first = try await TreeReading.read(command, tree)
        if let saved, saved.commit == nil, first.repository != nil {
            throw Failure.usage("the saved plan is one of files as they lie; only a plan of a commit can be applied")
        }
        if command.worktree, first.repository != nil {
            throw Failure.usage("--apply takes a commit, so that it can be said who asked for what; commit first")
        }
        let holder = LockHolder.current(command: "dagroster reconcile", since: Clock.now().wholeSeconds.description)
        let lock = try RunLock.acquire(
            tree: tree,
            target: first.target.name,
            as: holder,
            seconds: command.plans.lockSeconds
        )
        let reading = try await first.again(command, tree)
        guard reading.target.name == first.target.name else {
            throw Failure.unexpected("the settings changed meanwhile; nothing was applied\nhint: run again")
        }
        return try await ReconcileRun(command, tree, reading, saved, progress, lock: lock)
    }

    /// A run that only plans, of what was read.
    init(
        command: ReconcileCommand,
        tree: String,
        reading: TreeReading,
        target: OpenTarget,
        records: any RecordStore,
        record: TargetRecord,
        progress: Progress
    ) {
        self.command = command
        self.tree = tree
        self.reading = reading
        self.target = target
        self.records = records
        self.record = record
        self.progress = progress
        (saved, snapshot, lock) = (nil, nil, nil)
    }

    private init(
        _ command: ReconcileCommand,
        _ tree: String,
        _ reading: TreeReading,
        _ saved: SavedPlan?,
        _ progress: Progress,
        lock: FileLock?
    ) async throws {
        self.command = command
        self.tree = tree
        self.reading = reading
        self.saved = saved
        self.progress = progress
        self.lock = lock
        snapshot = try command.plans.restore.map {
            try SnapshotFolder(tree: tree).snapshot($0, of: reading.target.name)
        }
        target = try OpenTarget.open(
            reading.target,
            tree: tree,
            access: reading.contents.access,
            options: command.reaching
        )
        records = try await reading.records(tree: tree)
        record = try await records.load()
    }

    /// Shows the plan; nothing is written.
    func plan(_ output: inout RunOutput) async throws -> Reconcile.ExitCode {
        try await checkAncestry(ofSaved: true)
        noteHalfImport(&output)
        let prepared = try await progress.during("reading \(words)") { try await self.prepared() }
        if let out = command.plans.out {
            let saved = prepared.saved(settingsCommit: reading.settingsCommit?.hex)
            try DurableFile.replace(out, with: SavedPlanFile.bytes(of: prepared.plan, saved: saved))
        }
        return show(prepared, &output)
    }

    /// Applies the plan, verifies it, says what came of it, and writes the record.
    func apply(_ output: inout RunOutput) async throws -> Reconcile.ExitCode {
        defer { withExtendedLifetime(lock) {} }
        try await checkAncestry(ofSaved: false)
        noteHalfImport(&output)
        let isStuck = try await noteUncommitted(&output)
        let prepared = try await progress.during("reading \(words)") { try await self.prepared() }
        guard !prepared.plan.isRefused else { return show(prepared, &output) }
        if prepared.plan.suspension != nil {
            _ = show(prepared, &output)
            return prepared.plan.isEmpty && prepared.plan.heldBack.isEmpty ? .success : .pending
        }
        try await records.share()
        let (progress, words, count) = (progress, words, prepared.plan.items.count)
        let applied = try await Reconciler.apply(
            prepared,
            reader: target.reader,
            writer: target.writer(),
            records: records,
            snapshots: SnapshotFolder(tree: tree),
            progress: { progress.show("applying to \(words): \($0) of \(count)") },
            time: Clock.now().wholeSeconds.description
        )
        report(.applied(applied), of: prepared, &output)
        // Said before the record is saved: what was done to the target is not lost with a run that ends there.
        let code: Reconcile.ExitCode = isStuck && applied.exitCode == .success ? .pending : applied.exitCode
        output.print(endingWith: code)
        return await save(applied, &output) ?? code
    }

    /// An old job must not give leavers their access back: neither by its commit, nor by a plan or a snapshot.
    private func checkAncestry(ofSaved isPlanning: Bool) async throws {
        guard !isPlanning || saved != nil, let repository = reading.repository, let commit = reading.commit else {
            return
        }
        try await Ancestry.check(commit, against: record, in: repository)
    }
}

extension ReconcileRun {
    /// The target in words.
    private var words: String { "target \"\(reading.target.name)\"" }

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
        let now = Clock.now().wholeSeconds
        let options = Reconciler.Options(
            target: reading.target,
            commit: reading.commit?.hex,
            provenance: provenance,
            adoption: adoption,
            overrides: (saved?.overrides ?? [])
                + command.overrides.compactMap { GuardOverride(argument: $0, reason: command.reason ?? "") },
            today: CalendarDate(secondsSince1970: Double(now.milliseconds) / 1000),
            now: now,
            keepsAll: command.plans.noRemovals,
            snapshot: snapshot,
            saved: saved,
            bystanders: bystanders,
            userNames: userNames
        )
        return try await Reconciler.prepare(reading.contents, record: record, reader: target.reader, options: options)
    }

    private var adoption: Adoption {
        if let saved { return saved.adoption }
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
    ///
    /// - Returns: how the run ends where that fails; nil where it does not.
    private func save(_ applied: Applied, _ output: inout RunOutput) async -> Reconcile.ExitCode? {
        guard let record = applied.record else { return nil }
        do {
            try await records.save(record)
            return nil
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

    /// Says that files are there of which no commit should be made.
    private func noteHalfImport(_ output: inout RunOutput) {
        do throws(Diagnostic) {
            guard let note = try ImportNote(of: tree), note.isHalf else { return }
            output.note("\(note.problem)")
        } catch {
            output.note("\(error)")
        }
    }

    /// Says how old provisioning is that is on disk and in no commit yet, because this run does not see it.
    ///
    /// - Returns: whether it is so old that nothing is going to commit it: then it is held back, and the run says so.
    private func noteUncommitted(_ output: inout RunOutput) async throws -> Bool {
        guard let repository = reading.repository else { return false }
        let files = try await repository.status(of: ["provisioned"])
        guard !files.isEmpty else { return false }
        let oldest = files.compactMap { modified($0.path) }.min()
        let since = oldest.map { ", the oldest written at \($0.wholeSeconds)" } ?? ""
        let count = Count.of(files.count, "provisioned file")
        let window = Int(reading.contents.settings.git.longestWindow.components.seconds) * 1000
        let isStuck = oldest.map { Clock.now().milliseconds - $0.milliseconds > window + Self.patience } ?? true
        let hint = "\nhint: \"dagroster serve\" has not committed it; look at its log, or commit the files"
        output.note(
            "\(count) not committed yet\(since): what they say is no part of this run" + (isStuck ? hint : "")
        )
        return isStuck
    }

    /// When a file was written; when its folder was, for one that was removed.
    private func modified(_ path: String) -> Timestamp? {
        let file = tree + "/" + path
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return (FileState(path: file) ?? FileState(path: folder))?.modified
    }
}
