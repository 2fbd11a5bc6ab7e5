extension Repository {
    /// What a commit says about itself.
    package func info(of commit: CommitID) async throws -> CommitInfo {
        guard let info = try await history(of: [], from: commit, limit: 1).first else {
            throw GitError.noSuchObject(commit)
        }
        return info
    }

    /// The commits that changed one of the paths (or a file in one of them), newest first; with no paths, all commits.
    ///
    /// Those that another commit contains are left out.
    package func history(
        of paths: [String],
        from commit: CommitID,
        excluding base: CommitID? = nil,
        limit: Int? = nil
    ) async throws -> [CommitInfo] {
        var arguments = ["rev-list", "--no-commit-header", "--format=\(CommitFields.format)"]
        if let limit { arguments.append("--max-count=\(limit)") }
        arguments.append(commit.hex)
        if let base { arguments.append("^\(base.hex)") }
        arguments.append("--")
        for path in paths { arguments.append(try full(path)) }
        let output = try await runner.output(["-c", "i18n.logOutputEncoding=UTF-8"] + arguments)
        guard let commits = CommitFields.read(output) else { throw runner.notUnderstood(arguments, output) }
        return commits
    }
}

/// How `git rev-list` is asked for commits, and how its answer is read: fields that end with NUL.
enum CommitFields {
    static let format = [
        "%H", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%s", "%b", "%(trailers:only=true,unfold=true)",
    ].map { $0 + "%x00" }.joined()
    static let count = 11

    static func read(_ output: [UInt8]) -> [CommitInfo]? {
        let fields = output.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let rest = fields.last, rest.allSatisfy(\.isNewline), (fields.count - 1) % count == 0 else { return nil }
        var commits: [CommitInfo] = []
        for start in stride(from: 0, to: fields.count - 1, by: count) {
            guard let info = info(Array(fields[start..<start + count])) else { return nil }
            commits.append(info)
        }
        return commits
    }

    static func info(_ fields: [String]) -> CommitInfo? {
        // Between two commits stands the end of a line.
        guard let id = ObjectID(fields[0].drop(while: \.isNewline)) else { return nil }
        let parents = fields[1].split(separator: " ").compactMap { ObjectID($0) }
        guard let authored = Int(fields[4]), let committed = Int(fields[7]) else { return nil }
        return CommitInfo(
            id: id,
            parents: parents,
            author: Signature(name: fields[2], email: fields[3], seconds: authored),
            committer: Signature(name: fields[5], email: fields[6], seconds: committed),
            subject: fields[8],
            body: fields[9],
            trailers: fields[10].split(separator: "\n").compactMap(trailer)
        )
    }

    private static func trailer(_ line: Substring) -> Trailer? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return Trailer(String(line[..<colon]), String(line[line.index(after: colon)...].drop(while: \.isWhitespace)))
    }
}
