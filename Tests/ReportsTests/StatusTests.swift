import Reconcile
import Reports
import Roster
import Testing
import YAML

struct StatusTests {
    private var sample: ServiceStatus {
        var status = ServiceStatus(version: "1.2.3", now: "2026-11-27T20:00:00Z", started: "2026-11-27T08:00:00Z")
        status.people.active = 41
        status.people.inactive = 2
        status.people.groups = 7
        let hostile = ServiceStatus.Requests.Outcome(
            time: "2026-11-27T19:59:00Z",
            source: nil,
            method: "GET",
            target: "/scim/v2/Users?filter=<script>alert(1)</script>\u{1b}[31m",
            status: 401,
            reason: "this token is not known",
            requestID: "r\"1",
            milliseconds: 0.26
        )
        status.requests.recent = [hostile]
        status.requests.recentFailures = [hostile]
        status.requests.failures = [.init(kind: "401", number: 3, last: hostile)]
        status.requests.counts = [.init(method: "GET", status: 401, number: 3)]
        status.requests.buckets = [.init(bound: 0.00025, number: 1), .init(bound: nil, number: 3)]
        status.requests.seconds = 0.75
        status.requests.slices = [
            .init(begin: "2026-11-27T19:50:00Z", reads: 8, writes: 2, failures: 1),
            .init(begin: "2026-11-27T19:55:00Z", reads: 0, writes: 0, failures: 0),
        ]
        status.commits.isRepository = true
        status.commits.made = 5
        let time = Timestamp(milliseconds: 1_795_808_700_000)
        var users = LastRun.Count(.user)
        users.planned = 2
        users.failed = 1
        status.targets = [
            .init(
                name: "acme",
                last: LastRun(
                    time: time,
                    isApply: true,
                    exitCode: .partial,
                    commit: Samples.commit,
                    followed: Samples.base,
                    counts: [users],
                    drift: 3,
                    reason: "1 of 2 changes were not applied",
                    report: ["plan for target \"acme\"", "  + user  <b>ada</b>"],
                    cutLines: 7
                )
            ),
            .init(name: "never"),
        ]
        return status
    }

    @Test func `readiness says a word and then each reason on a line`() {
        var status = sample
        #expect(status.readiness == "ready\n")
        status.warnings = ["3 commits are at no remote, the oldest for 90 s"]
        #expect(status.readiness == "ready\nwarning: 3 commits are at no remote, the oldest for 90 s\n")
        status.refusal = "HEAD is on \"topic\nready\""
        #expect(status.readiness.split(separator: "\n").count == 2)
        #expect(status.readiness.hasPrefix("not ready: HEAD is on \"topic; ready\""))
        status.warnings = ["1 change is in no commit: git is held\nhint: look for \u{1b}[31mthem"]
        let warning = "warning: 1 change is in no commit: git is held; hint: look for \\u{1B}[31mthem\n"
        #expect(status.readiness.hasSuffix("\n" + warning))
    }

    @Test func `metrics are families with help and type, each sample on a line`() {
        let text = StatusMetrics(sample).text
        #expect(text.contains("dagroster_users{state=\"active\"} 41\n"))
        #expect(text.contains("dagroster_scim_requests_total{method=\"GET\",status=\"401\"} 3\n"))
        #expect(text.contains("dagroster_scim_request_duration_seconds_bucket{le=\"0.00025\"} 1\n"))
        #expect(text.contains("dagroster_scim_request_duration_seconds_bucket{le=\"+Inf\"} 3\n"))
        #expect(text.contains("dagroster_scim_request_duration_seconds_sum 0.75\n"))
        #expect(text.contains("dagroster_last_reconcile_exit_code{target=\"acme\",mode=\"apply\"} 6\n"))
        #expect(
            text.contains("dagroster_last_reconcile_timestamp_seconds{target=\"acme\",mode=\"apply\"} 1795808700\n")
        )
        #expect(
            text.contains("dagroster_last_reconcile_drift_items{target=\"acme\",mode=\"apply\"} 3\n")
                && !text.contains("never")
        )
        #expect(text.hasSuffix("\n") && !text.contains("\n\n"))
        var helped: Set<Substring> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "#" {
                if words[1] == "HELP" { #expect(helped.insert(words[2]).inserted, "\(line)") }
            } else {
                #expect(words.count == 2 && Double(words[1]) != nil, "\(line)")
            }
        }
    }

    @Test func `a label's value cannot forge a sample`() {
        var status = sample
        status.version = "1\"} 1\ndagroster_ready 0\\"
        let text = StatusMetrics(status).text
        #expect(text.contains(#"dagroster_build_info{version="1\"} 1\ndagroster_ready 0\\"} 1"#))
        #expect(!text.split(separator: "\n").contains("dagroster_ready 0"))
    }

    @Test func `the page names what is wrong first, and nothing in it runs`() {
        var status = sample
        status.refusal = "HEAD is on \"topic\", and the branch is \"main\""
        status.files.broken = [Diagnostic(file: "provisioned/users/a.yaml", place: nil, message: "it is cut")]
        let html = StatusPage(status).html
        #expect(html.contains("<h1>Writes are not taken</h1>"))
        #expect(!html.contains("<script>alert"))
        #expect(!html.contains("\u{1b}"))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(html.contains("10 requests from 2026-11-27T19:50:00Z"))
        #expect(html.contains("it is cut"))
        #expect(html.contains("<meta http-equiv=\"refresh\" content=\"30\">"))
    }

    @Test func `the last reconcile of each target is shown with its plan, and an apply that went wrong is named first`()
    {
        let html = StatusPage(sample).html
        #expect(html.contains("<h1>Needs attention</h1>"))
        let alert =
            "target &quot;acme&quot;: the last apply, 2026-11-27T19:45:00Z: some changes failed, the others are applied"
        #expect(html.contains("<li>\(alert)</li>"))
        let rows = [
            ("When", "<time>2026-11-27T19:45:00Z</time>"), ("What", "apply"),
            ("How it ended", "exit 6: some changes failed, the others are applied"),
            ("Commit of the tree", "1d2e3f4a5b"), ("Commit that the target follows", "0a1b2c3d4e"),
            ("Drift", "3 changes by others"), ("Why", "1 of 2 changes were not applied"),
        ]
        for (name, value) in rows {
            #expect(html.contains("<tr><th scope=\"row\">\(name)</th><td>\(value)</td></tr>"), "\(name)")
        }
        let numbers = ["2", "0", "0", "1", "0", "0"].map { "<td>\($0)</td>" }.joined()
        #expect(html.contains("<tr><th scope=\"row\">user</th>\(numbers)</tr>"))
        #expect(html.contains("<p><a href=\"runs/acme\">The plan for acme, and what came of it</a></p>"))
        #expect(html.contains(">never</h3>\n<p class=\"hint\">No run is known.</p>"))
    }

    @Test func `a run has a page with its report, which is not loaded again by itself`() throws {
        let html = try #require(LastRunPage(sample.targets[0])).html
        #expect(html.contains("<h1>The last reconcile of acme</h1>") && html.contains("exit 6: some changes failed"))
        let report = "plan for target &quot;acme&quot;\n  + user  &lt;b&gt;ada&lt;/b&gt;\n… and 7 more lines</pre>"
        #expect(html.contains(report))
        #expect(!html.contains("http-equiv=\"refresh\"") && html.contains("<a href=\"../\">"))
        #expect(LastRunPage(sample.targets[1]) == nil)
    }

    @Test func `the plot says when it begins, and when it ends once an hour is full`() {
        var status = sample
        let begin = "<time>2026-11-27T19:50:00Z</time>"
        #expect(StatusPage(status).html.contains("<p class=\"axis\" aria-hidden=\"true\">\(begin)</p>"))
        status.requests.slices = (0..<12).map { number in
            .init(begin: "2026-11-27T19:\(10 + number):00Z", reads: 1, writes: 0, failures: 0)
        }
        let ends = "<time>2026-11-27T19:10:00Z</time><time>2026-11-27T19:21:00Z</time></p>"
        #expect(StatusPage(status).html.contains(ends))
    }

    @Test func `a page of a server that nobody has asked yet stands, too`() {
        let status = ServiceStatus(version: "1", now: "2026-11-27T20:00:00Z", started: "2026-11-27T20:00:00Z")
        #expect(StatusPage(status).html.contains("No request has come since the start."))
        #expect(StatusMetrics(status).text.contains("dagroster_ready 1\n"))
    }
}
