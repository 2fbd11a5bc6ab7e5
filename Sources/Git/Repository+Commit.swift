#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A commit that was made.
package struct Committed: Hashable, Sendable {
    package var id: CommitID
    /// Paths that the commit changed and the shared index does not know yet, because another program held it.
    ///
    /// ``Repository/updateIndex(for:patience:)`` mends it; until then `git status` shows them as staged the other way round.
    package var pathsBehind: [String]
    /// Why they are behind.
    package var indexError: GitError?

    package init(id: CommitID, pathsBehind: [String] = [], indexError: GitError? = nil) {
        self.id = id
        self.pathsBehind = pathsBehind
        self.indexError = indexError
    }
}

extension Repository {
    /// Commits exactly these bytes on top of the branch, whatever lies in the work tree, and nothing else, whatever is staged.
    ///
    /// The branch moves by compare-and-swap: who is slower gets ``GitError/referenceMoved(_:expected:found:)`` and may try
    /// again on the new tip. Afterwards the shared index knows the changed paths; all else in it stays as it was. An index
    /// that another program holds is waited for, never taken by force, and undoes nothing. A rebase of the branch goes
    /// first; see ``awaitQuiet(on:_:)``.
    ///
    /// Hooks and signatures are as git is configured; see ``CommitHooks``. Without either, one process makes the commit.
    ///
    /// - Parameters:
    ///   - changes: files to write and to remove; of two for one path the later counts.
    ///   - message: the whole message; NUL is taken out.
    ///   - author: who made the change.
    ///   - committer: who commits; nil: git's configured identity, at the author's time.
    ///   - branch: the short name of the branch; HEAD must be on it, or ``GitError/wrongBranch(expected:found:)`` is thrown.
    ///   - expectation: where the branch must be.
    ///   - patience: how long to wait for somebody's git to be done, and then for an index that is held.
    /// - Returns: nil when the commit would have changed nothing; then there is none.
    /// - Throws: ``GitError``; then the branch is where it was.
    package func commit(
        _ changes: [TreeChange],
        message: String,
        author: Signature,
        committer: Signature? = nil,
        on branch: String,
        expecting expectation: ExpectedReference = .anything,
        patience: Duration = .seconds(3)
    ) async throws -> Committed? {
        let head = try await head()
        guard head.branch == branch else { throw GitError.wrongBranch(expected: branch, found: head.branch) }
        let name = "refs/heads/\(branch)"
        guard expectation.accepts(head.commit) else {
            throw GitError.referenceMoved(name, expected: expectation.commit, found: head.commit)
        }
        let committer = try await orConfigured(committer, author.seconds)
        async let configured = hooks(author: author, committer: committer)
        async let isSigning = isSigning()
        var stream = ImportStream(
            files: try files(changes),
            parents: head.commit.map { [$0] } ?? [],
            keepsParentsFiles: true,
            author: author,
            committer: committer,
            message: Self.withoutNUL(message),
            zero: zero
        )
        let made = try await make(stream)
        guard !made.isEmpty else { return nil }
        let hooks = try await configured
        let text = try await hooks.approve(made.tree, message: stream.message)
        let isReworded = text != stream.message
        stream.message = text
        let id = try await finished(made, stream, isSigned: isSigning, isReworded: isReworded)
        let subject = message.prefix { !$0.isNewline }
        let expected = head.commit.map(ExpectedReference.at) ?? .absent
        try await awaitQuiet(on: branch, patience)
        try await setReference(name, to: id, expecting: expected, reason: "commit: \(subject)")
        guard try await !yieldToRebase(of: branch, from: id, to: head.commit) else {
            throw GitError.rebaseUnderWay(branch: branch)
        }
        let committed = await adding(made.blobs, to: Committed(id: id), on: branch, patience)
        await hooks.tell()
        return committed
    }

    /// Makes a commit of exactly these bytes on top of another, and moves no reference.
    ///
    /// - Returns: nil when it would have changed nothing.
    package func makeCommit(
        _ changes: [TreeChange],
        on parent: CommitID,
        message: String,
        author: Signature,
        committer: Signature? = nil
    ) async throws -> CommitID? {
        let stream = ImportStream(
            files: try files(changes),
            parents: [parent],
            keepsParentsFiles: true,
            author: author,
            committer: try await orConfigured(committer, author.seconds),
            message: Self.withoutNUL(message),
            zero: zero
        )
        let made = try await make(stream)
        return made.isEmpty ? nil : try await finished(made, stream, isSigned: isSigning())
    }

    /// Makes a commit that holds exactly the given files, with any parents, and moves no reference.
    ///
    /// For records: their paths start at the repository's root.
    package func makeCommit(
        files: [TreeChange],
        parents: [CommitID],
        message: String,
        author: Signature,
        committer: Signature? = nil
    ) async throws -> CommitID {
        let stream = ImportStream(
            files: try self.files(files, from: .repository),
            parents: parents,
            keepsParentsFiles: false,
            author: author,
            committer: try await orConfigured(committer, author.seconds),
            message: Self.withoutNUL(message),
            zero: zero
        )
        return try await finished(make(stream), stream, isSigned: isSigning())
    }

    private func files(
        _ changes: [TreeChange],
        from root: Root = .tree
    ) throws(GitError) -> [(path: String, bytes: [UInt8]?)] {
        var last: [String: [UInt8]?] = [:]
        for change in changes { last[try full(change.path, from: root)] = .some(change.bytes) }
        return last.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
    }

    private func orConfigured(_ committer: Signature?, _ seconds: Int) async throws -> Signature {
        if let committer { return committer }
        return try await self.committer(seconds: seconds)
    }

    private func make(_ stream: ImportStream) async throws -> ImportStream.Made {
        // Loose objects are not synced by default: a power cut would leave a branch that points at nothing.
        let arguments = ["-c", "core.fsync=all", "fast-import", "--quiet", "--done", "--date-format=raw"]
        var output: [UInt8] = []
        let ending = try await runner.stream(arguments, input: stream.chunks) { output.append(contentsOf: $0) }
        guard ending.status == 0 else {
            await removeCrashReport(named: ending.message)
            throw runner.failure(arguments, ending)
        }
        guard let made = stream.made(from: output) else { throw runner.notUnderstood(arguments, output) }
        return made
    }

    /// Removes the report that `fast-import` leaves in git's folder whenever it fails: there would be one for each attempt.
    private func removeCrashReport(named message: String) async {
        guard let name = message.firstMatch(of: /fast_import_crash_[0-9]+/)?.output,
            let folder = try? await runner.line(["rev-parse", "--absolute-git-dir"])
        else { return }
        unlink("\(folder)/\(name)")
    }

    /// The commit itself, or one like it with a signature or with another message.
    private func finished(
        _ made: ImportStream.Made,
        _ stream: ImportStream,
        isSigned: Bool,
        isReworded: Bool = false
    ) async throws -> CommitID {
        guard isSigned || isReworded else { return made.commit }
        var arguments = ["commit-tree"] + (isSigned ? ["-S"] : [])
        for parent in stream.parents { arguments += ["-p", parent.hex] }
        arguments += ["-F", "-", made.tree.hex]
        let variables = CommitHooks.environment(author: stream.author, committer: stream.committer)
        let output = try await runner.output(arguments, adding: variables, input: Array(stream.message.utf8))
        guard let id = Self.id(in: output) else { throw runner.notUnderstood(arguments, output) }
        return id
    }

    private func isSigning() async throws -> Bool {
        let arguments = ["config", "--type=bool", "--get", "commit.gpgSign"]
        let (ending, output) = try await runner.outcome(arguments)
        guard ending.status <= 1, ending.status >= 0 else { throw runner.failure(arguments, ending) }
        return output.starts(with: "true".utf8)
    }

    private static func withoutNUL(_ message: String) -> String {
        message.utf8.contains(0) ? message.filter { $0 != "\0" } : message
    }
}
