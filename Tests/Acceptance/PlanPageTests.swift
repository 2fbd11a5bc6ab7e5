import Foundation
import Testing

/// A plan as a page, in a real browser.
@Suite(.enabled(if: Browser.isInstalled))
struct PlanPageTests {
    private static let people = "#matrix-table tbody tr th"

    /// The page of the first plan of a small organisation, in which three people join.
    private func open(isDark: Bool = false, _ body: (Browser) throws -> Void) throws {
        try Acme.with { tree in
            let result = try tree.reconcile("--format", "html")
            try #require(result.exitCode == 0, "\(result)")
            try tree.folder.write(result.output, to: "plan.html")
            try Browser.open("file://" + tree.folder.path("plan.html"), isDark: isDark, body)
        }
    }

    @Test func `a plan is a page that loads nothing but itself`() throws {
        try open { browser in
            #expect(try browser.evaluate("document.title") == "sandbox: 12 changes")
            #expect(browser.requests.count == 1 && browser.requests.allSatisfy { $0.hasPrefix("file://") })
            #expect(browser.complaints.isEmpty)
            try browser.screenshot("plan")
        }
        try open(isDark: true) { try $0.screenshot("plan-dark") }
    }

    @Test func `the people of a plan are filtered by name, role, place and change`() throws {
        try open { browser in
            let all = try browser.visibleTexts(Self.people)
            #expect(all.count == 3)
            try browser.type("grace", into: "#filter-search")
            #expect(try browser.visibleTexts(Self.people).map { $0.hasPrefix("grace@example.com") } == [true])
            #expect(try browser.visibleTexts("#filter-count") == ["1 of 3 people"])
            try browser.type("", into: "#filter-search")
            try browser.choose("admin", of: "#filter-role")
            #expect(try browser.visibleTexts(Self.people).count == 2)
            try browser.choose("", of: "#filter-role")
            #expect(try browser.visibleTexts(Self.people) == all)
        }
    }

    @Test func `the matrix is coloured by role`() throws {
        try open { browser in
            let colours = try browser.evaluate(
                """
                Array.from(document.querySelectorAll("#matrix-table .role"))
                  .map((role) => role.innerText + " " + getComputedStyle(role).backgroundColor)
                """
            )
            let byRole = Set(colours.elements.compactMap(\.string))
            #expect(Set(byRole.map { $0.prefix { $0 != " " } }).count == byRole.count, "one colour a role: \(byRole)")
            #expect(byRole.count > 2)
        }
    }
}
