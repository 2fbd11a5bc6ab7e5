import Foundation
import Testing

/// The page that an auditor keeps, in a real browser.
@Suite(.enabled(if: Browser.isInstalled))
struct ReportPageTests {
    private static let people = "#matrix-table tbody tr th"
    private static let hostile = "<img src=x onerror=alert(1)>\"'&"

    /// Two hundred people and six deployments; one of the people has a name that would like to be a tag.
    private static func with(_ body: (TemporaryTree) throws -> Void) throws {
        try Acme.with { tree in
            for number in 0..<200 {
                let name = number == 7 ? "mallory" : "person\(number)"
                let shown = number == 7 ? "\"<img src=x onerror=alert(1)>\\\"'&\"" : "Person Number \(number)"
                try tree.folder.write(
                    Acme.user(name) + "displayName: \(shown)\n",
                    to: "provisioned/users/\(name)@example.com.yaml"
                )
            }
            for team in 0..<12 {
                let members = (0..<200).filter { $0 % 12 == team || $0 % 5 == team % 5 }
                    .map { $0 == 7 ? "mallory" : "person\($0)" }
                try tree.folder.write(Acme.group("Team \(team)", members), to: "provisioned/groups/team-\(team).yaml")
                let roles = ["catalog_viewer", "viewer", "launcher", "editor", "admin"]
                let names = ["prod", "staging", "research", "finance-reporting", "experiments", "sandbox"]
                let text = """
                    team: Team \(team)
                    reason: DATA-\(team)
                    grants:
                      - deployment: \(names[team % 6])
                        role: \(roles[team % 5])
                        \(team == 3 ? "expires: 2099-01-31" : "locations: {}")

                    """
                try tree.folder.write(text, to: "access/team-\(team).yaml")
            }
            try tree.commit("two hundred people")
            try body(tree)
        }
    }

    private static func open(_ tree: TemporaryTree, _ body: (Browser) throws -> Void) throws {
        let result = try tree.run(["report", "--format", "html", "--since", "HEAD~1"])
        try #require(result.exitCode == 0, "\(result)")
        try tree.folder.write(result.output, to: "report.html")
        try Browser.open("file://" + tree.folder.path("report.html"), body)
    }

    @Test func `a report is a page that loads nothing but itself, filters, and opens its paths`() throws {
        try Self.with { tree in
            try Self.open(tree) { browser in
                #expect(browser.requests.count == 1 && browser.complaints.isEmpty)
                try browser.screenshot("report")
                #expect(try browser.visibleTexts(Self.people).count == 203)
                try browser.type("mallory", into: "#filter-search")
                let shown = try browser.visibleTexts(Self.people)
                #expect(shown.count == 1 && shown[0].contains(Self.hostile), "\(shown)")
                try browser.evaluate(
                    "document.querySelector('#matrix-table tr:not([hidden]) details.ways').open = true"
                )
                #expect(try browser.visibleTexts("#matrix-table details.ways[open] li").joined().contains("opened by"))
                try browser.screenshot("report-cell")
                try browser.type("", into: "#filter-search")
                try browser.choose("admin", of: "#filter-role")
                #expect(try browser.visibleTexts(Self.people).count < 203)
            }
        }
    }
}
