#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// People's own git in the folder that is served. Git's locks last for one step of a command, not for the whole: a rebase
// notes where the branch is, works elsewhere, and fails at its very end when the branch has moved since. It then stands
// there half-done, and `git rebase --abort` puts the branch back to where the rebase began, without what was committed
// meanwhile.
extension Repository {
    /// How long after a fetch a rebase of what it brought may begin: `git pull --rebase` says nothing of itself in
    /// between.
    private static let pullTime = 2.0
    /// How long after it has let go of the index git may take to move HEAD, which fails where HEAD is not as before; the
    /// index and the files are then those of another commit.
    private static let moveTime = 0.05

    /// Waits until nobody is about to rebase the branch or in the middle of writing files, then looks at HEAD again.
    ///
    /// - Parameters:
    ///   - branch: the short name of the branch that is to be moved.
    ///   - patience: how long to wait; then the branch is moved beside whoever it is, because a lock may be left over
    ///     and somebody may fetch for ever.
    /// - Throws: ``GitError/wrongBranch(expected:found:)``, ``GitError/rebaseUnderWay(branch:)``.
    func awaitQuiet(on branch: String, _ patience: Duration) async throws {
        let end = ContinuousClock.now + patience
        while workTree != nil, isInUse, ContinuousClock.now < end {
            // Looked at again, because git tells nobody when it is done; and some of this is a time that has to pass.
            try await Task.sleep(for: .milliseconds(20))
        }
        let found = try await self.branch()
        guard found == branch else { throw GitError.wrongBranch(expected: branch, found: found) }
        if rebase(of: branch) != nil { throw GitError.rebaseUnderWay(branch: branch) }
    }

    /// Whether somebody's git writes files, has just written them, or has just fetched; our own fetches leave no note.
    private var isInUse: Bool {
        isBusy || isWritten("index", within: Self.moveTime) || isWritten("FETCH_HEAD", within: Self.pullTime)
    }

    private func isWritten(_ file: String, within seconds: Double) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + file)
        guard let time = attributes?[.modificationDate] as? Date else { return false }
        return (0..<seconds).contains(Date().timeIntervalSince(time))
    }

    /// A rebase that a person has begun and not finished.
    struct Rebase: Hashable, Sendable {
        /// Where the branch was; nil while git has not said so yet.
        var start: CommitID?
    }

    /// The rebase of a branch that is under way in the work tree.
    func rebase(of branch: String) -> Rebase? {
        for name in ["rebase-merge", "rebase-apply"] where note("\(name)/head-name") == "refs/heads/\(branch)" {
            return Rebase(start: note("\(name)/orig-head").flatMap { ObjectID($0) })
        }
        return nil
    }

    private func note(_ file: String) -> String? {
        guard let data = FileManager.default.contents(atPath: folder + "/" + file) else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }

    /// Puts the branch back when a rebase of it began before the branch was moved, so that the rebase can end.
    ///
    /// - Returns: whether it was put back.
    func yieldToRebase(of branch: String, from new: CommitID, to old: CommitID?) async throws -> Bool {
        guard let old, let start = try await startOfRebase(of: branch), start == old else { return false }
        do {
            let reason = "dagroster: a rebase is under way"
            try await setReference("refs/heads/\(branch)", to: old, expecting: .at(new), reason: reason)
            return true
        } catch GitError.referenceMoved {
            return false
        }
    }

    /// Where the branch was when the rebase that is under way began; git writes its notes one after the other.
    private func startOfRebase(of branch: String) async throws -> CommitID? {
        for _ in 0..<100 {
            guard let rebase = rebase(of: branch) else { return nil }
            if let start = rebase.start { return start }
            // Git, which is about to write it, tells nobody.
            try await Task.sleep(for: .milliseconds(5))
        }
        return nil
    }
}
