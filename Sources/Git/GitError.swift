/// Why git did not do what it was asked to.
///
/// Arguments and messages hold no credentials: what stands before "@" in a URL is taken out where the error is made.
package enum GitError: Error, Hashable, Sendable {
    /// The command was not run, because what lies in the repository's place may not be it.
    case kept(String)
    /// There is no `git` on the path.
    case missing
    /// The command ended with another exit code than 0 (negative: the signal that ended it).
    case failed(arguments: [String], status: Int, message: String)
    /// The command neither read, wrote nor ended for this long, and was stopped.
    case timedOut(arguments: [String], limit: Duration)
    case tooMuchOutput(arguments: [String], limit: Int)
    /// The command succeeded and said something that is not its documented format.
    case notUnderstood(arguments: [String], output: String)
    /// A path that is absolute, empty, leaves its folder, or names git's own files.
    case unsafePath(String)
    /// A reference's name that git would refuse, or that would be read as an option.
    case unsafeReference(String)
    case noSuchObject(ObjectID)
    /// HEAD is not on the branch that was asked for; nothing was written.
    case wrongBranch(expected: String, found: String?)
    /// A person rebases the branch, which ends only if the branch stays; nothing was written.
    case rebaseUnderWay(branch: String)
    /// Somebody else was faster: the reference is not where it was expected to be, and was left as it is.
    case referenceMoved(String, expected: CommitID?, found: CommitID?)
    /// The remote did not take the reference, because it moved there or by a rule of its own.
    case pushRejected(reference: String, remote: String, reason: String)
    /// A hook of the repository did not let a commit pass; nothing was committed.
    case hookRefused(String, message: String)
    /// Files would be written that somebody changed and did not commit; nothing was.
    case wouldOverwrite(message: String)
}

extension GitError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .kept(let reason):
            "git is not run: \(reason)"
        case .missing:
            "git is not installed, or not on the PATH\nhint: install the package \"git\""
        case .failed(let arguments, let status, let message):
            "\(Self.command(arguments)) \(Self.ending(status))" + (message.isEmpty ? "" : ": \(message)")
        case .timedOut(let arguments, let limit):
            "\(Self.command(arguments)) did nothing for \(limit.components.seconds) s and was stopped"
        case .tooMuchOutput(let arguments, let limit):
            "\(Self.command(arguments)) wrote more than \(limit) bytes and was stopped"
        case .notUnderstood(let arguments, let output):
            "\(Self.command(arguments)) answered \"\(output)\", which is not understood"
        case .unsafePath(let path):
            "path \"\(path)\" is not a path inside the tree"
        case .unsafeReference(let name):
            "\"\(name)\" is not a name of a reference or remote"
        case .noSuchObject(let id):
            "object \"\(id)\" is not in the repository"
        case .wrongBranch(let expected, let found):
            "HEAD is \(found.map { "on branch \"\($0)\"" } ?? "detached"), not on branch \"\(expected)\"; nothing was committed"
        case .rebaseUnderWay(let branch):
            "a rebase of branch \"\(branch)\" is under way in the work tree; nothing was committed\n"
                + "hint: git rebase --continue, or git rebase --abort"
        case .referenceMoved(let name, let expected, let found):
            "\"\(name)\" was expected \(Self.place(expected)) and is \(Self.place(found)); it was left as it is"
        case .pushRejected(let reference, let remote, let reason):
            "remote \"\(remote)\" refused \"\(reference)\": \(reason)"
        case .hookRefused(let hook, let message):
            "the hook \"\(hook)\" refused the commit: \(message)"
        case .wouldOverwrite(let message):
            "what the remote's branch has would be written over what somebody changed here and did not commit: "
                + "\(message)\nhint: commit it, or put it aside by \"git stash\""
        }
    }

    private static func command(_ arguments: [String]) -> String {
        "\"" + (["git"] + arguments).joined(separator: " ") + "\""
    }

    private static func ending(_ status: Int) -> String {
        status < 0 ? "was ended by signal \(-status)" : "ended with exit code \(status)"
    }

    private static func place(_ id: CommitID?) -> String { id.map { "at \($0.short)" } ?? "absent" }
}

extension GitError {
    /// Whether the command failed because another process holds a lock file, which trying again later may mend.
    package var isLock: Bool {
        guard case .failed(_, _, let message) = self else { return false }
        return message.contains(".lock': File exists") || message.contains("Another git process seems to be running")
    }
}
