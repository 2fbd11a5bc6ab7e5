import Access
import Git
import Reconcile
import Reports
import Roster
import Tree

/// What is known of a run of `reconcile` while it goes on, for whoever is told about its end.
struct RunFacts {
    let start = Clock.now()
    /// The tree's folder; nil: none was found.
    var tree: String?
    private var target: String?
    private var objects: [String: Int] = [:]
    private var expiring: Int?
    private var commit: String?
    private var committed: Timestamp?

    /// Takes in what was read; `time` is whether it matters when the commit was made.
    mutating func take(_ reading: TreeReading, time: Bool) async throws {
        target = reading.target.name
        commit = reading.commit?.hex
        let contents = reading.contents
        objects = [
            "user": reading.userCount, "group": contents.directory.groups.count,
            "binding": contents.access.bindings.count, "role": contents.access.roles.count,
        ]
        let today = CalendarDate(secondsSince1970: Double(start.milliseconds) / 1000)
        expiring = contents.access.grantsEnding(within: RunSummary.expiryDays, of: today)
        guard time, let repository = reading.repository, let commit = reading.commit else { return }
        committed = Timestamp(milliseconds: try await repository.info(of: commit).committer.seconds * 1000)
    }

    /// The run as it ended.
    func summary(
        _ code: Reconcile.ExitCode,
        isApply: Bool = false,
        report: RunReport? = nil,
        message: String? = nil,
        target named: String?
    ) -> RunSummary {
        let target = self.target ?? named ?? tree.flatMap { RunHistoryFile.onlyTarget(in: $0) }
        return RunSummary(
            target: target ?? "",
            isApply: isApply,
            exitCode: code,
            start: start,
            end: Clock.now(),
            commit: commit,
            report: report,
            message: message,
            treeObjects: objects,
            expiringGrants: expiring,
            committed: committed
        )
    }
}
