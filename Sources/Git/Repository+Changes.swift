/// A file that two states of the tree do not have the same.
package struct FileChange: Hashable, Sendable {
    package var path: String
    /// Nil: it was not there.
    package var before: ObjectID?
    /// Nil: it is gone.
    package var after: ObjectID?
    /// Whether it is a plain file wherever it is there: not executable, no link, no repository of its own.
    package var isPlain: Bool

    package init(path: String, before: ObjectID?, after: ObjectID?, isPlain: Bool = true) {
        self.path = path
        self.before = before
        self.after = after
        self.isPlain = isPlain
    }
}

/// A commit with the files that it changed.
package struct CommitChanges: Hashable, Sendable {
    package var info: CommitInfo
    /// In git's order; a file that moved is one that is gone and one that is new.
    package var files: [FileChange]

    package init(info: CommitInfo, files: [FileChange]) {
        self.info = info
        self.files = files
    }
}

/// Which commits are looked at, and what a merge is compared with.
package enum Walk: Hashable, Sendable {
    /// The line of first parents, each commit compared with the one before it: what the branch became, step by step.
    case firstParents
    /// All commits, merges with every parent: of a merge only files count that are as in none of them.
    case everything
}

extension Repository {
    /// The files that differ between two commits, or of these only those that are gone.
    package func changes(
        from old: CommitID,
        to new: CommitID,
        under paths: [String] = [],
        onlyGone: Bool = false
    ) async throws -> [FileChange] {
        var arguments = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames"]
        arguments += (onlyGone ? ["--diff-filter=D"] : []) + [old.hex, new.hex, "--"]
        for path in paths { arguments.append(try full(path)) }
        if paths.isEmpty, !prefix.isEmpty { arguments.append(prefix) }
        let output = try await runner.output(arguments)
        var fields = Fields(output)
        var changes: [FileChange] = []
        while let change = try change(&fields, arguments) { changes.append(contentsOf: change) }
        return changes
    }

    /// The commits that changed one of the paths (or a file in one of them), newest first, each with these files.
    ///
    /// - Parameters:
    ///   - paths: files or folders; none: the whole tree.
    ///   - commit: where to begin.
    ///   - base: whose history is left out.
    ///   - walk: which commits count, and what merges are compared with.
    ///   - limit: how many commits at most.
    /// - Returns: with ``Walk/everything`` also merges that changed nothing themselves.
    /// - Throws: ``GitError``.
    package func log(
        of paths: [String] = [],
        from commit: CommitID,
        excluding base: CommitID? = nil,
        walk: Walk,
        limit: Int? = nil
    ) async throws -> [CommitChanges] {
        var arguments = ["log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-show-signature", "--no-notes"]
        arguments += walk == .firstParents ? ["--first-parent"] : ["-c"]
        arguments.append("--format=\(CommitFields.format)")
        if let limit { arguments.append("--max-count=\(limit)") }
        arguments.append(commit.hex)
        if let base { arguments.append("^\(base.hex)") }
        arguments.append("--")
        for path in paths { arguments.append(try full(path)) }
        if paths.isEmpty, !prefix.isEmpty { arguments.append(prefix) }
        let settings = [
            "-c", "i18n.logOutputEncoding=UTF-8", "-c", "log.showRoot=true",
        ]
        let output = try await runner.output(settings + arguments)
        var fields = Fields(output)
        var commits: [CommitChanges] = []
        while !fields.isAtEnd {
            let texts = (0..<CommitFields.count).compactMap { _ in fields.next() }
            guard texts.count == CommitFields.count, fields.next()?.isEmpty == true,
                let info = CommitFields.info(texts)
            else { throw runner.notUnderstood(arguments, output.prefix(200)) }
            // Before what a merge changed itself stands one more NUL, where other commits have the end of a line.
            while fields.peek()?.isEmpty == true { _ = fields.next() }
            var files: [FileChange] = []
            while let change = try change(&fields, arguments) { files += change }
            commits.append(CommitChanges(info: info, files: files))
        }
        return commits
    }

    /// The commits of a history's first-parent line, newest first.
    package func firstParents(of commit: CommitID) async throws -> [CommitID] {
        let arguments = ["rev-list", "--first-parent", commit.hex]
        let output = try await runner.output(arguments)
        return output.split(separator: UInt8(ascii: "\n"))
            .compactMap { ObjectID(String(decoding: $0, as: UTF8.self)) }
    }

    /// The newest commit that two histories share; nil when they share none.
    package func mergeBase(_ left: CommitID, _ right: CommitID) async throws -> CommitID? {
        let arguments = ["merge-base", left.hex, right.hex]
        let (ending, output) = try await runner.outcome(arguments)
        if ending.status == 1 { return nil }
        guard ending.status == 0 else { throw runner.failure(arguments, ending) }
        return Self.id(in: output)
    }

    /// Reads `:mode mode object object letter`, or with more parents `::mode mode mode object object object letters`, and
    /// the path behind it; an empty list for a path outside the tree, nil where no change stands.
    private func change(_ fields: inout Fields, _ arguments: [String]) throws -> [FileChange]? {
        guard let head = fields.peek()?.drop(while: \.isNewline), head.hasPrefix(":") else { return nil }
        _ = fields.next()
        let parents = head.prefix { $0 == ":" }.count
        let parts = head.dropFirst(parents).split(separator: " ")
        guard parts.count == 2 * (parents + 1) + 1, let path = fields.next() else {
            throw runner.notUnderstood(arguments, Array(head.utf8))
        }
        let objects = parts[(parents + 1)...(2 * parents + 1)].map { $0.allSatisfy { $0 == "0" } ? nil : ObjectID($0) }
        guard let inTree = relative(path), let after = objects.last else { return [] }
        let isPlain = parts[...parents].allSatisfy { $0 == "100644" || $0 == "000000" }
        return [FileChange(path: inTree, before: objects[0], after: after, isPlain: isPlain)]
    }
}

/// Texts that end with NUL.
private struct Fields {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    func peek() -> String? {
        guard !isAtEnd else { return nil }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    mutating func next() -> String? {
        guard let text = peek() else { return nil }
        position = end + 1
        return text
    }

    private var end: Int { bytes[position...].firstIndex(of: 0) ?? bytes.count }
}
