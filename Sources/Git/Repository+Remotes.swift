extension Repository {
    /// The names of the remotes.
    package func remotes() async throws -> [String] {
        let output = try await runner.output(["remote"])
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Fetches one reference of a remote, and leaves ours of that name as it is.
    ///
    /// What was fetched is kept at `refs/dagroster/remotes/<remote>/<name without refs/>`, so that git keeps it, too.
    ///
    /// - Returns: where the reference is on the remote; nil when the remote has none.
    package func fetch(_ name: String, from remote: String) async throws -> CommitID? {
        let local = try fetched(name, from: remote)
        let arguments = [
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
            "--no-auto-maintenance", "--refmap=", remote, "+\(name):\(local)",
        ]
        let (ending, _) = try await runner.outcome(arguments)
        guard ending.status == 0 else {
            guard ending.message.contains("couldn't find remote ref") else { throw runner.failure(arguments, ending) }
            try await deleteReference(local)
            return nil
        }
        return try await reference(local)
    }

    /// Puts a remote's reference at a commit, if it is there where it is expected.
    ///
    /// Expecting anything pushes without force, which the remote takes only when the commit descends from what it has. A
    /// refusal is ``GitError/pushRejected(reference:remote:reason:)``; an unreachable remote is another error.
    package func push(
        _ commit: CommitID,
        to name: String,
        at remote: String,
        expecting expectation: ExpectedReference
    ) async throws {
        _ = try fetched(name, from: remote)
        var arguments = ["push", "--porcelain", "--no-follow-tags", "--no-recurse-submodules"]
        if expectation != .anything { arguments.append("--force-with-lease=\(name):\(expectation.commit?.hex ?? "")") }
        arguments += [remote, "\(commit.hex):\(name)"]
        let (ending, output) = try await runner.outcome(arguments)
        guard ending.status != 0 else { return }
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") where line.hasPrefix("!\t") {
            let reason = Redaction.message(Array((line.split(separator: "\t").last ?? line).utf8))
            throw GitError.pushRejected(reference: name, remote: remote, reason: reason)
        }
        throw runner.failure(arguments, ending)
    }

    /// Where a remote's reference was when it was last fetched or pushed; nil when neither has happened.
    package func lastKnown(_ name: String, at remote: String) async throws -> CommitID? {
        try await reference(fetched(name, from: remote))
    }

    /// Notes where a remote's reference is after a push.
    package func remember(_ name: String, at remote: String, is commit: CommitID) async throws {
        try await setReference(fetched(name, from: remote), to: commit)
    }

    private func fetched(_ name: String, from remote: String) throws(GitError) -> String {
        guard Self.isSafeName(remote) else { throw .unsafeReference(remote) }
        guard name.hasPrefix("refs/"), Self.isSafeName(name) else { throw .unsafeReference(name) }
        return "refs/dagroster/remotes/\(remote)/" + name.dropFirst("refs/".count)
    }
}
