/// What identity providers asked, as tables.
struct StatusRequests {
    let requests: ServiceStatus.Requests

    var recent: String { table("The last requests", requests.recent) }

    var recentFailures: String { table("The last failures", requests.recentFailures) }

    var failures: String {
        guard !requests.failures.isEmpty else { return "" }
        let rows = requests.failures.map { failure in
            [failure.kind, String(failure.number), failure.last.time, failure.last.reason ?? ""]
        }
        return StatusTable(caption: "Failures by kind", head: ["kind", "how many", "the last", "why"], rows: rows).html
    }

    var sources: String {
        guard !requests.lastHeard.isEmpty else { return "" }
        let rows = requests.lastHeard.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
        return StatusTable(caption: "Who provisions", head: ["token", "last heard of"], rows: rows).html
    }

    private func table(_ caption: String, _ outcomes: [ServiceStatus.Requests.Outcome]) -> String {
        guard !outcomes.isEmpty else { return "" }
        let rows = outcomes.map { outcome in
            [
                outcome.time, outcome.source ?? "nobody", "\(outcome.method) \(outcome.target)", String(outcome.status),
                outcome.reason ?? "", outcome.requestID, Self.milliseconds(outcome.milliseconds),
            ]
        }
        let head = ["when", "token", "request", "status", "why", "request id", "ms"]
        return StatusTable(caption: caption, head: head, rows: rows).html
    }

    /// With one digit after the point.
    private static func milliseconds(_ value: Double) -> String { String((value * 10).rounded() / 10) }
}
