internal import Git
internal import Logging

// Commits go to the remote in windows of their own: a push costs far more than a commit, and forges limit them.
extension Publisher {
    /// The branch here.
    var reference: String { "refs/heads/\(branch)" }

    /// Pushes commits as they become due, until the task is cancelled.
    func pushWhatIsDue() async {
        await learnWhatIsUnpushed()
        await withDiscardingTaskGroup { timers in
            for await _ in pushWakes {
                while let deadline = pushes?.deadline, !Task.isCancelled {
                    guard deadline > elapsed else {
                        await push()
                        continue
                    }
                    if let pushAlarm, pushAlarm <= deadline { break }
                    pushAlarm = deadline
                    timers.addTask { await self.wakePushing(at: deadline) }
                    break
                }
            }
            timers.cancelAll()
        }
    }

    private func wakePushing(at deadline: Duration) async {
        await sleep(until: deadline)
        if pushAlarm == deadline { pushAlarm = nil }
        pushWaker.yield()
    }

    /// Makes a last attempt before the program ends; what it does not manage, the next start does.
    func pushTheRest() async {
        guard pushes?.deadline != nil else { return }
        // Of its own, so that it is made even where this task is cancelled; it is waited for.
        let attempt = Task { await push() }
        let limit = Task {
            try await Task.sleep(for: .seconds(8))
            attempt.cancel()
        }
        await attempt.value
        limit.cancel()
    }

    /// Takes up what an earlier run committed and did not push.
    private func learnWhatIsUnpushed() async {
        guard let repository, let rule = pushes?.rule else { return }
        do {
            guard let tip = try await repository.reference(reference) else { return }
            var known = try await repository.lastKnown(rule.reference, at: rule.remote)
            // What a clone or somebody's fetch knows.
            if known == nil { known = try await repository.reference("refs/remotes/\(rule.remote)/\(rule.branch)") }
            guard tip != known else { return }
            // Where nothing is known of the remote, one commit stands for all that it may lack.
            let limit = known == nil ? 1 : 10_000
            let commits = try await repository.history(of: [], from: tip, excluding: known, limit: limit)
            let entries = commits.reversed().map { PushQueue.Entry(id: $0.id, seconds: $0.committer.seconds) }
            pushes?.replace(entries, at: elapsed)
            pushWaker.yield()
        } catch {
            notePushFailure(error, of: committed)
        }
    }

    /// Notes a commit that the remote does not have.
    func noteUnpushed(_ id: CommitID) {
        pushes?.add(PushQueue.Entry(id: id, seconds: now()), at: elapsed)
        pushWaker.yield()
    }

    /// Tells who waits for it that nothing is left to push.
    func confirmWhatIsPushed() {
        if pushes?.deadline == nil { confirmations?.succeed(committed) }
    }
}

extension Publisher {
    private func push() async {
        guard let repository, let rule = pushes?.rule else { return }
        // Before the branch is looked at: whatever was committed by now is in what is found there.
        let (count, waiting) = (committed, pushes?.entries.count ?? 0)
        do {
            guard let tip = try await repository.reference(reference) else {
                pushes?.replace([], at: elapsed)
                return
            }
            do {
                try await repository.push(tip, to: rule.reference, at: rule.remote, expecting: .anything)
            } catch let rejection as GitError where rejection.isRejectedPush {
                try await reapply(after: rejection, rule, in: repository)
                pushes?.lose(at: elapsed, jitter: .random(in: 0.5...1))
                return
            }
            try? await repository.remember(rule.reference, at: rule.remote, is: tip)
            notePush(of: tip, first: waiting, count, rule)
        } catch {
            notePushFailure(error, of: count)
        }
    }

    private func notePush(of tip: CommitID, first waiting: Int, _ count: Int, _ rule: PushRule) {
        pushes?.succeed(upTo: tip, first: waiting, at: elapsed)
        state.lastPushTime = now()
        state.lastPushError = nil
        state.pushFailures = 0
        confirmations?.succeed(count)
        // The branch may have been found at a commit that was noted during the push only.
        confirmWhatIsPushed()
        logger.info("pushed", metadata: ["commit": "\(tip.short)", "remote": "\(rule.remote)"])
        pushWaker.yield()
    }

    private func notePushFailure(_ error: any Error, of count: Int) {
        // The last attempt before the end was cut short; the next start makes it.
        let text = error is CancellationError ? "the push was cut short" : "\(error)"
        if state.lastPushError != text {
            logger.warning("commits are not pushed yet", metadata: ["error": "\(text)"])
        }
        state.lastPushError = text
        state.pushFailures += 1
        pushes?.fail(at: elapsed)
        confirmations?.fail(count, text)
    }
}

extension GitError {
    /// Whether the remote did not take a reference, for whatever reason.
    var isRejectedPush: Bool {
        guard case .pushRejected = self else { return false }
        return true
    }
}
