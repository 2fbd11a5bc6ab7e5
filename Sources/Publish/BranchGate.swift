package import Git
internal import Store

/// Lets the tree be written only while the branch is checked out that its changes are committed to.
///
/// Written on another branch, a change would lie among somebody's own work and be in no commit of ours.
package struct BranchGate: WriteGate {
    private let repository: Repository
    private let head: HeadWatch
    private let branch: String

    package init(repository: Repository, branch: String) {
        self.repository = repository
        head = HeadWatch(repository)
        self.branch = branch
    }

    package func refusal() -> String? {
        switch head.note {
        // With references elsewhere than in files git would have to be run before every write; the publisher, which
        // runs it for each commit, asks.
        case .branch(branch), .elsewhere: nil
        case .unreadable: "HEAD of the repository cannot be read; it must be on branch \"\(branch)\""
        case .branch(let other): "HEAD is on branch \"\(Neutral.line(other))\", not on branch \"\(branch)\""
        case .detached: "HEAD is detached, not on branch \"\(branch)\""
        }
    }

    package var isBusy: Bool { repository.isBusy }
}
