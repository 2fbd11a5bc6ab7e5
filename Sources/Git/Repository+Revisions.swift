extension Repository {
    /// The commit that a revision names, as git writes revisions, or a day; nil when there is none.
    ///
    /// A day (`2026-10-01`) that is no revision's name stands for the last commit of HEAD's first-parent history that was
    /// made before that day ended in UTC.
    package func resolve(_ revision: String) async throws -> CommitID? {
        guard !revision.isEmpty, !revision.utf8.contains(0) else { return nil }
        if let commit = try await commit(at: revision) { return commit }
        guard Self.isDay(revision) else { return nil }
        return try await lastCommit(before: "\(revision)T23:59:59Z")
    }

    /// The shortest name of at least seven digits that stands for one object only.
    package func abbreviation(of id: ObjectID) async throws -> String {
        try await runner.line(["rev-parse", "--short=7", id.hex])
    }

    /// Whether a commit is the other one or in its history.
    package func isAncestor(_ commit: CommitID, of other: CommitID) async throws -> Bool {
        let arguments = ["merge-base", "--is-ancestor", commit.hex, other.hex]
        let (ending, _) = try await runner.outcome(arguments)
        switch ending.status {
        case 0: return true
        case 1: return false
        default: throw runner.failure(arguments, ending)
        }
    }

    /// The commit that a revision names; nil when it names none.
    func commit(at revision: String) async throws -> CommitID? {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"]
        let (ending, output) = try await runner.outcome(arguments)
        if ending.status == 1 { return nil }
        guard ending.status == 0 else { throw runner.failure(arguments, ending) }
        guard let id = Self.id(in: output) else { throw runner.notUnderstood(arguments, output) }
        return id
    }

    private func lastCommit(before instant: String) async throws -> CommitID? {
        guard let head = try await commit(at: "HEAD") else { return nil }
        let arguments = ["rev-list", "--max-count=1", "--first-parent", "--before=\(instant)", head.hex]
        let output = try await runner.output(arguments)
        guard !output.isEmpty else { return nil }
        guard let id = Self.id(in: output) else { throw runner.notUnderstood(arguments, output) }
        return id
    }

    /// The object's name that an answer of one line consists of.
    static func id(in output: [UInt8]) -> ObjectID? {
        ObjectID(String(decoding: output.last == UInt8(ascii: "\n") ? output.dropLast() : output[...], as: UTF8.self))
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2] else { return false }
        let numbers = parts.compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
        return numbers.count == 3 && (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
    }
}
