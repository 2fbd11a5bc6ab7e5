#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The hooks of a commit, run around one that is made without `git commit`, as that would run them.
///
/// A hook sees an index that holds the commit, as `git commit --only` shows it one: nothing that other people staged is
/// in it, and what the hook does to it stays there. It may refuse, and it may reword the message; what is committed is
/// ours, so that a hook that changes the files is a refusal, too.
struct CommitHooks {
    /// The hooks that `git commit` runs, in its order.
    enum Hook: String, CaseIterable, Sendable {
        case check = "pre-commit"
        case prepareMessage = "prepare-commit-msg"
        case checkMessage = "commit-msg"
        case afterwards = "post-commit"
    }

    /// Those that are there and may be run.
    let found: Set<Hook>
    private let runner: Runner
    private let environment: [String: String]

    fileprivate init(found: Set<Hook>, runner: Runner, author: Signature, committer: Signature) {
        self.found = found
        var runner = runner
        // As a person's shell has it: the hook's own git commands find the repository by themselves.
        runner.prefix = Array(runner.prefix.prefix(2))
        self.runner = runner
        environment = Self.environment(author: author, committer: committer)
            .merging(["GIT_LITERAL_PATHSPECS": "0", "GIT_EDITOR": ":"]) { own, _ in own }
    }

    /// The variables by which git is told whose commit it is.
    static func environment(author: Signature, committer: Signature) -> [String: String] {
        [
            "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email,
            "GIT_AUTHOR_DATE": "@\(author.seconds) +0000",
            "GIT_COMMITTER_NAME": committer.name, "GIT_COMMITTER_EMAIL": committer.email,
            "GIT_COMMITTER_DATE": "@\(committer.seconds) +0000",
        ]
    }
}

extension CommitHooks {
    /// Asks the hooks that come before a commit.
    ///
    /// - Parameters:
    ///   - tree: what is to be committed.
    ///   - message: the message that was written for it.
    /// - Returns: the message that the hooks leave.
    /// - Throws: ``GitError/hookRefused(_:message:)``; then nothing was committed.
    func approve(_ tree: ObjectID, message: String) async throws -> String {
        guard found != [.afterwards], !found.isEmpty else { return message }
        let folder = FileManager.default.temporaryDirectory.path + "/dagroster-commit-\(UUID().uuidString)"
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: false,
            attributes: attributes
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let index = ["GIT_INDEX_FILE": folder + "/index"]
        try await runner.output(["read-tree", tree.hex], adding: index)
        try await run(.check, [], index)
        try await refuseChange(of: tree, index)
        let file = folder + "/COMMIT_EDITMSG"
        try Data(message.utf8).write(to: URL(fileURLWithPath: file))
        try await run(.prepareMessage, [file, "message"], index)
        try await run(.checkMessage, [file], index)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw GitError.hookRefused(Hook.checkMessage.rawValue, message: "it left an empty message")
        }
        return text
    }

    /// Runs the hook that only looks on; the commit stands, whatever becomes of it.
    func tell() async { try? await run(.afterwards, [], [:]) }

    private func run(_ hook: Hook, _ arguments: [String], _ variables: [String: String]) async throws {
        guard found.contains(hook) else { return }
        let command = ["hook", "run", hook.rawValue] + (arguments.isEmpty ? [] : ["--"] + arguments)
        let (ending, _) = try await runner.outcome(command, adding: environment.merging(variables) { _, new in new })
        guard ending.status != 0 else { return }
        let reason = ending.message.isEmpty ? "exit code \(ending.status)" : ending.message
        throw GitError.hookRefused(hook.rawValue, message: reason)
    }

    private func refuseChange(of tree: ObjectID, _ index: [String: String]) async throws {
        guard found.contains(.check) else { return }
        let after = try await runner.output(["write-tree"], adding: index)
        guard Repository.id(in: after) != tree else { return }
        throw GitError.hookRefused(Hook.check.rawValue, message: "it changed the files that are to be committed")
    }
}

extension Repository {
    /// The hooks that git is configured with (`core.hooksPath`) and that may be run.
    func hooks(author: Signature, committer: Signature) async throws -> CommitHooks {
        let path = try await runner.line(["rev-parse", "--git-path", "hooks"])
        let folder = path.hasPrefix("/") ? path : (workTree ?? folder) + "/" + path
        let found = CommitHooks.Hook.allCases.filter {
            FileManager.default.isExecutableFile(atPath: folder + "/" + $0.rawValue)
        }
        return CommitHooks(found: Set(found), runner: runner, author: author, committer: committer)
    }
}
