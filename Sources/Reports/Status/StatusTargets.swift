internal import Reconcile
internal import Roster

/// What the last run of `reconcile` came to, target by target; its plan is a page of its own.
struct StatusTargets {
    let targets: [ServiceStatus.Target]

    var html: String {
        guard !targets.isEmpty else { return "" }
        let words = "Runs on this machine, on this tree; what ran elsewhere is not seen here."
        let parts = targets.enumerated().map { html($1, id: "target-\($0 + 1)") }
        return HTML.element("p", class: "hint", words) + "\n" + parts.joined()
    }

    private func html(_ target: ServiceStatus.Target, id: String) -> String {
        let title = HTML.element("h3", attributes: [("id", id)], HTML.text(target.name))
        guard let last = target.last else {
            return title + "\n" + HTML.element("p", class: "hint", "No run is known.") + "\n"
        }
        let run = LastRunTables(name: target.name, last: last)
        return [title, run.state, run.counts, link(to: target.name, last)].filter { !$0.isEmpty }
            .joined(separator: "\n") + "\n"
    }

    private func link(to name: String, _ last: LastRun) -> String {
        guard !last.report.isEmpty else { return "" }
        let words = last.isApply ? "The plan for \(name), and what came of it" : "The plan for \(name)"
        let address = String(LastRunPage.path(of: name).dropFirst())
        return HTML.element("p", HTML.element("a", attributes: [("href", address)], HTML.text(words)))
    }
}

/// One run in tables.
struct LastRunTables {
    let name: String
    let last: LastRun

    var state: String {
        let commit = last.commit.map(PlanText.short) ?? (last.report.isEmpty ? "not read" : "files as they lie")
        var rows = [
            ["When", last.time.description], ["What", last.isApply ? "apply" : "dry run"],
            ["How it ended", "exit \(last.exitCode.rawValue): \(last.meaning)"], ["Commit of the tree", commit],
            ["Commit that the target follows", last.followed.map(PlanText.short) ?? "none known"],
            ["Drift", last.drift.map { PlanText.counted($0, "change", "changes") + " by others" } ?? "not known"],
        ]
        if let reason = last.reason { rows.append(["Why", reason]) }
        return StatusTable(caption: "How the last run for \(name) went", head: ["what", "state"], rows: rows).html
    }

    /// Nothing where there was nothing to change.
    var counts: String {
        guard !last.counts.isEmpty else { return "" }
        let rows = last.counts.map { count in
            let numbers = [count.planned, count.applied, count.waiting, count.failed, count.skipped, count.held]
            return [count.itemClass.rawValue] + numbers.map(String.init)
        }
        let head = ["changes of", "planned", "applied", "waiting", "failed", "left out", "held back"]
        return StatusTable(caption: "What became of the changes for \(name)", head: head, rows: rows).html
    }
}
