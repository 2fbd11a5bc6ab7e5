/// How a path differs between HEAD, the index and the work tree.
package struct PathStatus: Hashable, Sendable {
    package var path: String
    /// The index differs from HEAD.
    package var isStaged: Bool
    /// The work tree differs from the index, or git does not know the file.
    package var isUnstaged: Bool
    package var isUntracked: Bool
    /// A merge left it for people to decide.
    package var isConflicted: Bool

    package init(
        path: String,
        isStaged: Bool = false,
        isUnstaged: Bool = false,
        isUntracked: Bool = false,
        isConflicted: Bool = false
    ) {
        self.path = path
        self.isStaged = isStaged
        self.isUnstaged = isUnstaged
        self.isUntracked = isUntracked
        self.isConflicted = isConflicted
    }
}

extension Repository {
    /// The paths (files, or files in folders) that are not as in HEAD, ignored ones left out; none given: the whole tree.
    package func status(of paths: [String] = []) async throws -> [PathStatus] {
        var arguments = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames", "--"]
        for path in paths { arguments.append(try full(path)) }
        if paths.isEmpty, !prefix.isEmpty { arguments.append(prefix) }
        let output = try await runner.output(arguments)
        var found: [PathStatus] = []
        for record in output.split(separator: 0) {
            guard let status = Self.status(String(decoding: record, as: UTF8.self)) else {
                throw runner.notUnderstood(arguments, record)
            }
            guard let path = relative(status.path) else { continue }
            found.append(status.at(path))
        }
        return found
    }

    /// Whether a rule of `.gitignore` leaves the path out; one that git follows already is not left out.
    package func isIgnored(_ path: String) async throws -> Bool {
        let arguments = ["check-ignore", "--quiet", "--", try full(path)]
        // It takes names as they are anyway, and says so if told to.
        let (ending, _) = try await runner.outcome(arguments, adding: ["GIT_LITERAL_PATHSPECS": "0"])
        switch ending.status {
        case 0: return true
        case 1: return false
        default: throw runner.failure(arguments, ending)
        }
    }

    /// Reads `1 XY sub mH mI mW hH hI path`, `u XY sub m1 m2 m3 mW h1 h2 h3 path` or `? path`.
    private static func status(_ record: String) -> PathStatus? {
        let fields = record.split(separator: " ", maxSplits: record.hasPrefix("u ") ? 10 : 8)
        switch record.first {
        case "?":
            return PathStatus(path: String(record.dropFirst(2)), isUnstaged: true, isUntracked: true)
        case "1" where fields.count == 9 && fields[1].count == 2:
            let isStaged = fields[1].first != "."
            return PathStatus(path: String(fields[8]), isStaged: isStaged, isUnstaged: fields[1].last != ".")
        case "u" where fields.count == 11:
            return PathStatus(path: String(fields[10]), isStaged: true, isUnstaged: true, isConflicted: true)
        default:
            return nil
        }
    }
}

extension PathStatus {
    fileprivate func at(_ path: String) -> PathStatus {
        var moved = self
        moved.path = path
        return moved
    }
}
