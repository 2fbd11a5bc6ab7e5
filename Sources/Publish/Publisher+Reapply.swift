internal import Git
internal import Logging
internal import Roster
internal import Store

// After a push that somebody else forestalled: what they pushed comes into the store as changes from outside, and our
// commits are made again on top of theirs.
extension Publisher {
    /// How often the branch may have moved when its commits are made again.
    private static var attempts: Int { 5 }

    /// Brings the branch on top of the remote's, so that it can be pushed.
    ///
    /// The order keeps every moment sound: what others changed is in the store, and so in the files, before the branch
    /// goes on from their commit; what was changed here until then is committed before that, and made again, too.
    ///
    /// - Throws: the refusal itself where the remote has nothing that we lack, so that it has another reason.
    func reapply(
        after rejection: GitError,
        _ rule: PushRule,
        in repository: Repository
    ) async throws {
        let remote = rule.remote
        guard let theirs = try await repository.fetch(rule.reference, from: remote) else { throw rejection }
        await takeTurn()
        defer { passTurn() }
        let mark = "made again on \(theirs.short) \(UInt32.random(in: 0 ... .max))"
        try await commitAll(before: mark)
        awaited = AwaitedChanges(requestID: mark)
        defer { awaited = nil }
        for _ in 0..<Self.attempts {
            guard let ours = try await repository.reference(reference) else { throw rejection }
            guard try await !repository.isAncestor(theirs, of: ours) else { throw rejection }
            if let what = repository.undertaking() { throw ReapplyError.underWay(what) }
            let head = try await repository.head()
            guard head.branch == branch else { throw GitError.wrongBranch(expected: branch, found: head.branch) }
            let again = try await ReappliedBranch(
                ours,
                on: theirs,
                at: remote,
                in: repository,
                committer: repository.committer(seconds: now())
            )
            let move = BranchMove(branch: branch, from: ours, to: again.tip)
            try await repository.check(move, written: Self.isRecord)
            let isComplete = try await takeOver(again.mutations, remote, mark)
            try await commitAll(before: mark)
            // Something was changed here meanwhile: it is made again with the rest.
            guard isComplete, try await repository.reference(reference) == ours else { continue }
            let patience = patience
            try await uncancelled {
                try await repository.move(move, written: Self.isRecord, patience: patience)
            }
            return try await note(again, theirs, repository)
        }
        throw ReapplyError.restless(attempts: Self.attempts)
    }

    private static func isRecord(_ path: String) -> Bool { RecordTree.kind(of: path) != nil }

    /// Makes others' changes in the store, and waits until they are in the files.
    ///
    /// - Returns: whether none of them contradicted what was changed here meanwhile.
    private func takeOver(_ mutations: [Mutation], _ remote: String, _ mark: String) async throws -> Bool {
        guard let records else { throw ReapplyError.stopped }
        let requester = Requester(source: "git:" + remote, requestID: mark)
        var count = awaited?.seen ?? 0
        var isComplete = true
        for mutation in mutations {
            do {
                if try await records.takeOver(mutation, by: requester) { count += 1 }
            } catch is RosterError {
                isComplete = false
            }
        }
        let wanted = count
        let isSeen = await withCheckedContinuation { continuation in
            guard var awaited else { return continuation.resume(returning: false) }
            awaited.wait(for: wanted, continuation)
            self.awaited = awaited
        }
        guard isSeen else { throw ReapplyError.stopped }
        return isComplete
    }

    /// Notes that a change came from the store.
    func noteArrival(of change: StoredChange) {
        guard let awaited, change.requestID == awaited.requestID else { return }
        self.awaited?.arrive()
    }

    /// Nothing comes from the store any more.
    func stopAwaiting() { awaited?.end(false) }

    private func note(_ again: ReappliedBranch, _ theirs: CommitID, _ repository: Repository) async throws {
        state.reapplied += 1
        for loss in again.losses {
            state.lostChanges += 1
            state.lastLoss = "\(loss)"
            confirmations?.lose(loss.mutation.id, loss.reason)
            logger.warning("a change that was answered gave way to another writer's", metadata: ["lost": "\(loss)"])
        }
        let waiting = try await repository.history(of: [], from: again.tip, excluding: theirs)
        let entries = waiting.reversed().map { PushQueue.Entry(id: $0.id, seconds: $0.author.seconds) }
        pushes?.replace(entries, at: elapsed)
        confirmWhatIsPushed()
        let metadata: Logger.Metadata = ["commits": "\(entries.count)", "on": "\(theirs.short)"]
        logger.notice("commits were made again on top of what others pushed", metadata: metadata)
    }
}
