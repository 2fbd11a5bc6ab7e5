import Endpoint
import Git
import Logging
import Publish
import Roster
import ServiceLifecycle
import Store
import Synchronization
import Tree

/// Commits what the store writes, beside the server, and commits what is open before the process ends.
///
/// A class, because how it ended is asked for afterwards.
final class PublisherService: Service {
    let store: Store
    let written: WrittenFiles
    let tree: String
    let repository: Repository?
    let settings: GitSettings
    /// Who waits for pushes; nil where answers do not.
    let confirmations: PushConfirmations?
    let board: StatusBoard
    let audit: AuditLog
    let logger: Logger
    /// Why this ended badly, for whoever is told only that it ended; nil when nothing is left to do.
    var failure: Failure? { ending.withLock { $0 } }
    private let ending = Mutex<Failure?>(nil)

    init(
        store: Store,
        written: WrittenFiles,
        tree: String,
        repository: Repository?,
        settings: GitSettings,
        confirmations: PushConfirmations?,
        board: StatusBoard,
        audit: AuditLog,
        logger: Logger
    ) {
        (self.store, self.written, self.tree, self.repository) = (store, written, tree, repository)
        (self.settings, self.confirmations) = (settings, confirmations)
        (self.board, self.audit, self.logger) = (board, audit, logger)
    }

    func run() async throws {
        do {
            try await withGracefulShutdownHandler {
                try await withTaskCancellationHandler {
                    // Of its own: whoever cuts the others short does not cut short what was answered.
                    try await Task { [self] in try await publishAll() }.value
                } onCancel: { [self] in
                    finish()
                }
            } onGracefulShutdown: { [self] in
                finish()
            }
        } catch let failure as Failure {
            ending.withLock { $0 = failure }
            throw failure
        }
    }

    /// Lets everything that was answered be the last.
    private func finish() {
        // The server has answered everything by now; the end of the changes is the publisher's sign to finish.
        store.close()
        // A git that hangs keeps nobody from ending: tried twice, it is within the time that services are given. What it
        // leaves is committed at the next start.
        repository?.hurry(.seconds(6))
    }

    private func publishAll() async throws {
        let status = await publish()
        // Whatever ended it: a store is not left open.
        store.close()
        do {
            try await store.closed()
        } catch {
            throw Failure.unexpected(
                "files are behind what was answered: \(error)\nhint: the next start writes them from the journal"
            )
        }
        guard let status, status.pendingChanges > 0 else { return }
        let count = Count.of(status.pendingChanges, "change")
        throw Failure.unexpected(
            "\(count) written and in no commit: \(status.lastError ?? "unknown")\n"
                + "hint: they are committed at the next start"
        )
    }

    /// Publishes until there are no more changes.
    ///
    /// - Returns: what is left then; nil where nothing is to be committed.
    private func publish() async -> PublishStatus? {
        guard settings.commits else {
            for await _ in audited(store.changes) {}
            return nil
        }
        let recovered = await recover()
        let publisher = Publisher(
            repository: repository,
            branch: settings.branch,
            window: settings.commitWindow,
            push: settings.pushRule,
            records: store,
            confirmations: confirmations,
            logger: logger,
            now: { Clock.now().milliseconds / 1000 },
            onCommit: { [written] in written.committed($0) }
        )
        // A crash between a commit and git's index leaves the index behind.
        await publisher.takeUp(pathsBehind: recovered)
        await board.show { await publisher.status() }
        await publisher.run(audited(store.changes))
        let status = await publisher.status()
        if status.unpushedCommits > 0 {
            let metadata: Logger.Metadata = [
                "commits": "\(status.unpushedCommits)", "error": "\(status.lastPushError ?? "")",
            ]
            logger.warning("commits are not pushed and will be at the next start", metadata: metadata)
        }
        return status
    }

    /// The same changes, each written to the audit log first.
    private func audited(_ changes: AsyncStream<StoredChange>) -> some AsyncSequence<StoredChange, Never> & Sendable {
        let audit = audit
        return changes.map { change in
            audit.write(AuditEntry(change), isLast: change.endsBatch)
            return change
        }
    }

    /// Commits what an earlier run wrote and could not commit; other changes under `provisioned/` are for a person
    /// to look at.
    ///
    /// - Returns: the paths that are in a commit then.
    private func recover() async -> Set<String> {
        guard let repository else { return [] }
        do {
            let changes = try await written.uncommitted(in: repository, tree: tree)
            if !changes.isEmpty { try await commit(changes, repository) }
            written.recovered()
            let recovered = Set(changes.map(\.path))
            let others = try await repository.status(of: ["provisioned"]).filter { !recovered.contains($0.path) }
            if !others.isEmpty {
                logger.warning(
                    "files under provisioned/ are in no commit, and were not written here; look at them with git status",
                    metadata: ["files": "\(others.count)"]
                )
            }
            return recovered
        } catch {
            logger.warning("what an earlier run left is not committed", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func commit(_ changes: [TreeChange], _ repository: Repository) async throws {
        let count = Count.of(changes.count, "file")
        let committed = try await repository.commit(
            changes,
            message: "provision: \(count) that an earlier run wrote\n\nDagroster-Recovered: \(changes.count)\n",
            author: try await repository.committer(seconds: Clock.now().milliseconds / 1000),
            on: settings.branch
        )
        let id = committed?.id.short ?? "none"
        let metadata: Logger.Metadata = ["files": "\(changes.count)", "commit": "\(id)"]
        logger.notice("committed what an earlier run wrote", metadata: metadata)
    }
}

extension GitSettings {
    fileprivate var pushRule: PushRule? {
        push.map { push in
            PushRule(
                remote: push.remote,
                branch: push.branch ?? branch,
                window: push.window,
                isDurable: push.isDurable
            )
        }
    }

    /// How long changes are gathered: not at all where somebody waits for their push.
    fileprivate var commitWindow: Window {
        push?.isDurable == true
            ? Window(quiet: .zero, longest: .zero) : Window(quiet: window, longest: longestWindow)
    }
}
