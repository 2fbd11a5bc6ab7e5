#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A branch that is checked out and goes on at a commit that it does not lead to.
package struct BranchMove: Sendable {
    package var branch: String
    package var old: CommitID
    package var new: CommitID

    package init(branch: String, from old: CommitID, to new: CommitID) {
        self.branch = branch
        self.old = old
        self.new = new
    }
}

extension Repository {
    /// The paths that two commits do not have the same, from the repository's root, whether or not they are in the tree.
    package func changedPaths(from old: CommitID, to new: CommitID) async throws -> [String] {
        let arguments = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", old.hex, new.hex]
        return try await runner.output(arguments).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a person has begun in the work tree and not finished, such as a merge; nil when nothing is.
    package func undertaking() -> String? {
        let marks = [
            ("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"),
            ("rebase-merge", "rebase"), ("rebase-apply", "rebase"),
        ]
        return marks.first { FileManager.default.fileExists(atPath: folder + "/" + $0.0) }?.1
    }

    /// Asks whether ``move(_:written:patience:)`` would lose what somebody has not committed.
    ///
    /// - Parameters:
    ///   - move: what is to be done.
    ///   - isWritten: whether a path in the tree is written by somebody else, so that only the index is told of it.
    /// - Throws: ``GitError/wouldOverwrite(message:)``.
    package func check(_ move: BranchMove, written isWritten: (String) -> Bool) async throws {
        let plan = try await plan(move, written: isWritten)
        guard plan.touchesOthers, workTree != nil else { return }
        let copy = FileManager.default.temporaryDirectory.path + "/dagroster-index-\(UUID().uuidString)"
        let index = folder + "/index"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        if FileManager.default.fileExists(atPath: index) {
            try FileManager.default.copyItem(atPath: index, toPath: copy)
        }
        let variables = ["GIT_INDEX_FILE": copy]
        try await runner.output(["update-index", "-z", "--index-info"], adding: variables, input: plan.input)
        _ = try await runner.outcome(["update-index", "-q", "--refresh"], adding: variables)
        try await readTree(move, dryRun: true, variables)
    }

    /// Lets the branch that is checked out go on at another commit, as `git pull` does: files that nobody has changed
    /// here follow, what somebody staged or edited stays, and where both would meet nothing happens.
    ///
    /// - Parameters:
    ///   - move: from where to where; the branch must still be where it begins.
    ///   - isWritten: whether a path in the tree is written by somebody else, so that only the index is told of it.
    ///   - patience: how long to wait for an index that is held.
    /// - Throws: ``GitError``; then branch, index and files are as they were.
    package func move(
        _ move: BranchMove,
        written isWritten: (String) -> Bool,
        patience: Duration = .seconds(3)
    ) async throws {
        let plan = try await plan(move, written: isWritten)
        try await awaitQuiet(on: move.branch, patience)
        try await tell(plan.told, patience)
        do {
            if plan.touchesOthers, workTree != nil {
                _ = try await runner.outcome(["update-index", "-q", "--refresh"])
                try await readTree(move, dryRun: false, [:])
            }
            let name = "refs/heads/\(move.branch)"
            let reason = "dagroster: made again on what was pushed"
            do {
                try await setReference(name, to: move.new, expecting: .at(move.old), reason: reason)
            } catch {
                if plan.touchesOthers {
                    let back = BranchMove(branch: move.branch, from: move.new, to: move.old)
                    try? await readTree(back, dryRun: false, [:])
                }
                throw error
            }
        } catch {
            try? await updateIndex(for: plan.told.compactMap { relative($0.path) }, patience: patience)
            throw error
        }
    }

    private struct MovePlan {
        /// What the index is told, by path inside the repository.
        var told: [IndexChange]
        var touchesOthers: Bool
        var input: [UInt8]
    }

    private func plan(_ move: BranchMove, written isWritten: (String) -> Bool) async throws -> MovePlan {
        var told: [IndexChange] = []
        for change in try await changes(from: move.old, to: move.new) where isWritten(change.path) {
            told.append((try full(change.path), change.after))
        }
        let all = try await changedPaths(from: move.old, to: move.new)
        return MovePlan(told: told, touchesOthers: all.count > told.count, input: indexInput(told))
    }

    /// The merge of two trees into index and files that a switch of branches is.
    private func readTree(_ move: BranchMove, dryRun: Bool, _ variables: [String: String]) async throws {
        let arguments = ["read-tree"] + (dryRun ? ["-n"] : []) + ["-m", "-u", move.old.hex, move.new.hex]
        let (ending, _) = try await runner.outcome(arguments, adding: variables)
        guard ending.status != 0 else { return }
        let failure = runner.failure(arguments, ending)
        throw failure.isLock ? failure : GitError.wouldOverwrite(message: ending.message)
    }
}
