internal import Roster
internal import YAML

/// The status as one page for an administrator: what is wrong first, then what was asked, then how far everything is.
///
/// It works without JavaScript and loads nothing; it asks the browser to load it again by the half minute.
package struct StatusPage {
    private let status: ServiceStatus

    package init(_ status: ServiceStatus) { self.status = status }

    package var html: String {
        Page(title: title, facts: facts, body: body, refreshSeconds: 30).html
    }

    private var title: String {
        guard status.isReady else { return "Writes are not taken" }
        return attention.isEmpty ? "All is well" : "Needs attention"
    }

    /// What the service warns of, and applies that did not end well.
    private var attention: [String] {
        status.warnings
            + status.targets.compactMap { target in
                guard let last = target.last, last.needsAttention else { return nil }
                return "target \"\(target.name)\": the last apply, \(last.time): \(last.meaning)"
            }
    }

    private var facts: [String] {
        let people = status.people
        let state =
            status.isReady
            ? HTML.element("span", class: "good", "ready") : HTML.element("span", class: "bad", "not ready")
        return [
            state, PlanText.counted(people.active, "active person", "active people"), "\(people.inactive) inactive",
            PlanText.counted(people.groups, "group", "groups"),
            "as of \(HTML.text(status.now))", "running since \(HTML.text(status.started))",
            "version \(HTML.text(status.version))",
        ]
    }

    private var body: String {
        let requests = StatusRequests(requests: status.requests)
        let parts = [
            alert("Writes are not taken", class: "refused", status.refusal.map { [$0] } ?? []),
            alert("Needs attention", class: "held", attention),
            HTML.section(
                "Requests over the last day",
                id: "activity",
                ActivityPlot(slices: status.requests.slices).html
            ),
            HTML.section("What failed, by kind", id: "failures", requests.failures),
            HTML.section("The last failures", id: "recent-failures", requests.recentFailures),
            HTML.section("The last requests", id: "recent", requests.recent),
            HTML.section("Who provisions", id: "sources", requests.sources),
            HTML.section("Files, commits and pushes", id: "progress", progress),
            HTML.section("Files that cannot be read", id: "broken", broken),
            HTML.section(
                "The last reconcile of each target",
                id: "targets",
                StatusTargets(targets: status.targets).html
            ),
        ]
        return parts.joined()
    }

    private func alert(_ title: String, class classes: String, _ items: [String]) -> String {
        guard !items.isEmpty else { return "" }
        let list = HTML.list(items.map(HTML.text))
        return HTML.element("section", class: classes, HTML.element("h2", HTML.text(title)) + "\n" + list) + "\n"
    }

    private var progress: String {
        let (files, commits) = (status.files, status.commits)
        var rows = [
            ("Answered and in no file yet", Self.waiting(files.changesBehind, "change", files.oldestSeconds)),
            ("Files that could not be written", files.trouble ?? "none"),
        ]
        if commits.isRepository {
            rows += [
                (
                    "In files and in no commit yet",
                    Self.waiting(commits.pendingChanges, "change", commits.oldestSeconds)
                ),
                ("Commits since the start", "\(commits.made)"),
                ("Last commit", lastCommit),
                ("Last attempt to commit", commits.lastError ?? (commits.made == 0 ? "none yet" : "succeeded")),
            ]
        } else {
            rows.append(("Commits", "none: the tree is in no repository"))
        }
        if commits.isPushing {
            rows += [
                ("Commits at no remote", Self.waiting(commits.unpushed, "commit", commits.oldestUnpushedSeconds)),
                ("Last push", commits.pushError ?? "succeeded"),
            ]
        }
        rows.append(("Audit log", status.audit.problem.map { "\($0); \(status.audit.lost) lines lost" } ?? "complete"))
        return StatusTable(
            caption: "Files, commits and pushes",
            head: ["what", "state"],
            rows: rows.map { [$0.0, $0.1] }
        )
        .html
    }

    private var lastCommit: String {
        let parts = [status.commits.lastCommit, status.commits.lastCommitTime].compactMap(\.self)
        return parts.isEmpty ? "none since the start" : parts.joined(separator: ", ")
    }

    private static func waiting(_ number: Int, _ noun: String, _ seconds: Double?) -> String {
        guard number > 0 else { return "none" }
        let age = seconds.map { ", the oldest for \(Int($0.rounded())) s" } ?? ""
        return PlanText.counted(number, noun, noun + "s") + age
    }

    private var broken: String {
        status.files.broken.isEmpty ? "" : HTML.list(status.files.broken.map { HTML.text($0.description) })
    }
}
