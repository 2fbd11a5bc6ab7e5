internal import Git
internal import Logging

extension Publisher {
    /// Commits what came before a change that is marked, or everything; whoever calls has the turn.
    ///
    /// - Throws: ``ReapplyError/uncommitted(_:)``.
    func commitAll(before mark: String) async throws(ReapplyError) {
        while let batch = pending.batches.first, !batch.requestIDs.contains(mark) {
            _ = pending.takeFirst()
            guard await publish(batch) else { throw .uncommitted(state.lastError ?? "") }
        }
    }

    /// Commits one batch.
    ///
    /// - Returns: whether it is done with; otherwise it waits in front of the others again.
    func publish(_ batch: Batch) async -> Bool {
        guard let repository else { return true }
        inFlight = batch
        defer { inFlight = nil }
        do {
            let began = elapsed
            let committed = try await commit(batch, to: repository)
            noteSuccess(of: batch, committed, after: elapsed - began)
            confirmWhatIsPushed()
            return true
        } catch {
            pending.putBack(batch)
            noteFailure(error)
            return false
        }
    }

    private func commit(_ batch: Batch, to repository: Repository) async throws -> Committed? {
        let seconds = max(batch.seconds, now())
        let author = Signature(
            name: Neutral.line(batch.source),
            email: Neutral.local(batch.source) + "@dagroster.invalid",
            seconds: batch.seconds
        )
        let changes = batch.files.map { TreeChange(path: $0.key, bytes: $0.value) }
        let message = CommitMessage(batch: batch).text
        let (branch, patience) = (branch, patience)
        return try await uncancelled {
            let committer = try await repository.committer(seconds: seconds)
            var attempt = 1
            while true {
                do {
                    return try await repository.commit(
                        changes,
                        message: message,
                        author: author,
                        committer: committer,
                        on: branch,
                        patience: patience
                    )
                } catch GitError.referenceMoved where attempt < 5 {
                    // A person was faster. The same files go on top of what they committed.
                    attempt += 1
                }
            }
        }
    }

    private func noteSuccess(of batch: Batch, _ committed: Committed?, after duration: Duration) {
        onCommit(batch.count)
        self.committed += batch.count
        state.lastError = nil
        state.failures = 0
        retryAt = .zero
        guard let committed else { return }
        state.commits += 1
        state.lastCommit = committed.id
        state.lastCommitTime = now()
        noteUnpushed(committed.id)
        let metadata: Logger.Metadata = [
            "commit": "\(committed.id.short)", "changes": "\(batch.count)",
            "milliseconds": "\(Int(duration / .milliseconds(1)))",
        ]
        logger.info("committed", metadata: metadata)
        guard !committed.pathsBehind.isEmpty else { return }
        pathsBehind.formUnion(committed.pathsBehind)
        noteIndexFailure(committed.indexError)
    }

    private func noteFailure(_ error: any Error) {
        let text = "\(error)"
        if state.lastError != text { logger.warning("changes are not committed yet", metadata: ["error": "\(text)"]) }
        state.lastError = text
        state.failures += 1
        confirmations?.fail(received, text)
        retryAt = elapsed + (Self.isElsewhere(error) ? .seconds(2) : backoff.delay(afterFailures: state.failures))
    }

    /// Whether somebody works on another branch or rebases this one: that is no fault, and ends when they are done.
    private static func isElsewhere(_ error: any Error) -> Bool {
        switch error as? GitError {
        case .wrongBranch, .rebaseUnderWay: true
        default: false
        }
    }

    /// Takes up paths that a commit of an earlier run may not have told git's index; to be called before ``run(_:)``.
    package func takeUp(pathsBehind paths: some Sequence<String>) {
        pathsBehind.formUnion(paths)
        waker.yield()
    }

    /// Tells the shared index what earlier commits could not tell it.
    func catchUpIndex() async {
        guard let repository, !pathsBehind.isEmpty else { return }
        let paths = pathsBehind.sorted()
        let patience = patience
        do {
            // The index of another branch, or of a rebase, is none of ours.
            guard try await repository.branch() == branch else {
                indexRetryAt = elapsed + .seconds(5)
                return
            }
            try await uncancelled { try await repository.updateIndex(for: paths, patience: patience) }
            pathsBehind.subtract(paths)
        } catch {
            noteIndexFailure(error)
        }
    }

    private func noteIndexFailure(_ error: (any Error)?) {
        indexRetryAt = elapsed + .seconds(5)
        // That is said of the commits, once.
        if case .kept? = error as? GitError { return }
        let reason = error.map { "\($0)" } ?? ""
        let metadata: Logger.Metadata = ["paths": "\(pathsBehind.count)", "error": "\(reason)"]
        logger.warning("git's index is held by another program and will be told later", metadata: metadata)
    }
}

/// Does something to its end even when the calling task is cancelled.
///
/// A commit is not left half-way, and what was taken up is committed before the program ends. It is waited for, so that
/// it never outlives its caller, and git's time limit bounds it.
func uncancelled<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await Task { try await body() }.value
}
