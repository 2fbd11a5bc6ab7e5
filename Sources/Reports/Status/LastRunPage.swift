internal import Roster

/// The last run for a target as a page: what it came to, and its report as `reconcile` printed it.
///
/// Unlike the status page it is not loaded again by itself, so that it can be read.
package struct LastRunPage {
    private let name: String
    private let last: LastRun

    /// Nil where no run is known.
    package init?(_ target: ServiceStatus.Target) {
        guard let last = target.last else { return nil }
        name = target.name
        self.last = last
    }

    /// Where the admin port shows it; a target's name needs no encoding.
    package static func path(of target: String) -> String { "/runs/\(target)" }

    package var html: String {
        let tables = LastRunTables(name: name, last: last)
        let body = [
            HTML.section("How it went", id: "state", tables.state + "\n" + tables.counts),
            HTML.section("The report", id: "report", report),
        ]
        let back = HTML.element("a", attributes: [("href", "../")], "status of the service")
        return Page(title: "The last reconcile of \(name)", facts: [back], body: body.joined()).html
    }

    private var report: String {
        guard !last.report.isEmpty else { return "" }
        let cut = last.cutLines > 0 ? ["… and \(PlanText.counted(last.cutLines, "more line", "more lines"))"] : []
        let lines = (last.report + cut).map(HTML.text).joined(separator: "\n")
        let attributes = [("tabindex", "0"), ("role", "region"), ("aria-label", "The report")]
        return HTML.element("pre", attributes: attributes, lines)
    }
}
