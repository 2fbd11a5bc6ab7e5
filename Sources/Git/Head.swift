/// What is checked out.
package struct Head: Hashable, Sendable {
    /// The branch's short name; nil when HEAD is detached.
    package var branch: String?
    /// Nil on a branch that has no commit yet.
    package var commit: CommitID?

    package init(branch: String?, commit: CommitID?) {
        self.branch = branch
        self.commit = commit
    }
}

extension Repository {
    /// What is checked out now.
    package func head() async throws -> Head {
        async let branch = branch()
        async let commit = commit(at: "HEAD")
        return try await Head(branch: branch, commit: commit)
    }

    /// The short name of the branch that is checked out; nil when HEAD is detached.
    package func branch() async throws -> String? {
        if case .branch(let name) = headNote() { return name }
        let arguments = ["symbolic-ref", "--quiet", "HEAD"]
        let (ending, output) = try await runner.outcome(arguments)
        if ending.status == 1 { return nil }
        guard ending.status == 0 else { throw runner.failure(arguments, ending) }
        let name = String(decoding: output, as: UTF8.self).split(separator: "\n").first ?? ""
        return name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : String(name)
    }
}
