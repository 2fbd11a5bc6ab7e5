package import Roster
package import YAML

/// Why commits that a remote refused could not be made again on top of what it has; nothing was changed.
package enum ReapplyError: Error, Hashable, Sendable {
    /// The remote's branch and ours share no commit that is here.
    case unrelated(remote: String)
    /// A commit that is not pushed is somebody else's, or touches more than provisioned records.
    case foreign(commit: String, subject: String)
    /// A record's file on one of the branches cannot be read.
    case unreadable(commit: String, Diagnostic)
    /// The records on one of the branches contradict each other.
    case contradictory(commit: String, RosterError)
    /// The remote's branch keeps records elsewhere than we do.
    case otherLayout(remote: String)
    /// Somebody is in the middle of something in the work tree.
    case underWay(String)
    /// The store was closed before it had taken over what the remote has.
    case stopped
    /// What came before it could not be committed.
    case uncommitted(String)
    /// The branch, or the remote's, moved again each time.
    case restless(attempts: Int)
}

extension ReapplyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unrelated(let remote):
            "the branch at remote \"\(remote)\" and this one share no commit; nothing was pushed\n"
                + "hint: in a shallow clone, git fetch --unshallow"
        case .foreign(let commit, let subject):
            "the remote's branch moved, and commit \(commit) (\"\(Neutral.line(subject))\") is not pushed and not "
                + "dagroster's to make again; nothing was pushed\nhint: git pull --rebase"
        case .unreadable(let commit, let problem):
            "commit \(commit) has a record that cannot be read: \(problem); nothing was pushed"
        case .contradictory(let commit, let error):
            "the records of commit \(commit) contradict each other: \(error); nothing was pushed"
        case .otherLayout(let remote):
            "the branch at remote \"\(remote)\" has another layout.shards than this one; nothing was pushed\n"
                + "hint: stop dagroster, git pull --rebase, and start it again"
        case .underWay(let what):
            "a \(what) is under way in the work tree; nothing was pushed\nhint: finish it, or abort it"
        case .stopped: "dagroster is stopping; nothing was pushed"
        case .uncommitted(let reason): "changes are not committed yet, so that nothing was pushed: \(reason)"
        case .restless(let attempts):
            "the branches moved \(attempts) times while changes were made again on top of them"
        }
    }
}
