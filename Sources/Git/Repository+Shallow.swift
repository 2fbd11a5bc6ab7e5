extension Repository {
    /// Whether the clone leaves out the older part of its history.
    package func isShallow() async throws -> Bool {
        try await runner.line(["rev-parse", "--is-shallow-repository"]) == "true"
    }

    /// Whether a commit has parents that are not here, because a shallow clone ends with it; git itself shows none then.
    package func isCutOff(_ commit: CommitInfo) async throws -> Bool {
        guard commit.parents.isEmpty else { return false }
        let output = try await runner.output(["cat-file", "commit", commit.id.hex])
        let header = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return header.prefix { !$0.isEmpty }.contains { $0.hasPrefix("parent ") }
    }
}
