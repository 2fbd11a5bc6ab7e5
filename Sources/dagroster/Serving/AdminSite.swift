import Auth
import Endpoint
import Publish
import Reports
import Roster
import Store
import Tree
import YAML

/// The pages of the admin port, made of what every part says of itself.
struct AdminSite: AdminPages {
    let tree: String
    let store: Store
    let gate: any WriteGate
    let authenticator: TokenAuthenticator
    let board: StatusBoard
    let activity: Activity
    let audit: AuditLog
    let started: Timestamp

    func page(at path: String) async -> AdminPage? {
        switch path {
        // Whether the process lives: it does, since it answers.
        case "/healthz": return .text("ok\n")
        case "/readyz":
            let status = await status()
            return .text(status.readiness, status: status.isReady ? 200 : 503)
        case "/metrics": return .metrics(StatusMetrics(await status(withTargets: true)).text)
        case "/": return .html(StatusPage(await status(withTargets: true)).html)
        default:
            return targets.first { LastRunPage.path(of: $0.name) == path }.flatMap(LastRunPage.init).map {
                .html($0.html)
            }
        }
    }

    /// How everything is; of targets only where somebody sees it, because readiness is asked for often.
    private func status(withTargets: Bool = false) async -> ServiceStatus {
        let now = Clock.now()
        var status = ServiceStatus(
            version: Version.current,
            now: now.wholeSeconds.description,
            started: started.wholeSeconds.description
        )
        let stored = store.status
        let snapshot = store.snapshot
        status.people = ServiceStatus.People(in: snapshot.directory)
        status.requests = ServiceStatus.Requests(activity.summary(at: now))
        status.files.changesBehind = stored.changesBehind
        status.files.oldestSeconds = stored.oldestAge?.seconds
        status.files.trouble = stored.fileTrouble
        status.files.broken = stored.brokenFiles
        status.audit.lost = audit.status.lost
        status.audit.problem = audit.status.problem
        if let published = await board.publishStatus() { status.commits = ServiceStatus.Commits(published) }
        status.refusal = refusal(stored, snapshot)
        status.warnings = warnings(status)
        if let trouble = stored.watchTrouble {
            status.warnings.append("changed files are looked for every few seconds and not noticed at once: \(trouble)")
        }
        if withTargets { status.targets = targets }
        return status
    }

    /// The targets of the settings as they are now, each with its last run on this tree.
    private var targets: [ServiceStatus.Target] {
        let names = (try? ServedTree.settings(of: tree).targets.map(\.name)) ?? []
        return names.map { ServiceStatus.Target(name: $0, last: LastRunFile(tree: tree, target: $0).load()) }
    }

    /// Why writes are refused; nil while they are taken.
    private func refusal(_ stored: StoreStatus, _ snapshot: Snapshot) -> String? {
        if let failure = stored.failure { return failure }
        if let problem = authenticator.problem { return problem }
        if let reason = gate.refusal() ?? stored.refusal { return reason }
        guard let unknown = snapshot.broken.unknown.first else { return nil }
        return "nobody is created while a record cannot be read: \(unknown.description)"
    }

    private func warnings(_ status: ServiceStatus) -> [String] {
        var warnings = status.files.broken.map { "a file cannot be read or written: \($0.description)" }
        if let trouble = status.files.trouble { warnings.append("files are behind what was answered: \(trouble)") }
        if status.commits.failures > 0, let error = status.commits.lastError {
            let count = Count.of(status.commits.pendingChanges, "change")
            warnings.append("\(count) in files and in no commit: \(error)")
        }
        if let error = status.commits.pushError {
            warnings.append("\(Count.of(status.commits.unpushed, "commit")) at no remote: \(error)")
        }
        if status.commits.lostChanges > 0, let loss = status.commits.lastLoss {
            let count = Count.of(status.commits.lostChanges, "answered change")
            warnings.append("\(count) that another writer's change left no room for; the last: \(loss)")
        }
        if let problem = status.audit.problem { warnings.append("the audit log cannot be written: \(problem)") }
        return warnings
    }
}
