import Foundation
import Testing

/// What a pull request changes, as a page in a real browser.
@Suite(.enabled(if: Browser.isInstalled))
struct DiffPageTests {
    private static let hostile = "<img src=x onerror=alert(1)>@evil.example"

    /// Thirty people and one with a name that would like to be a tag join the group, and its role is raised.
    private static func with(isDark: Bool = false, _ body: (Browser) throws -> Void) throws {
        try Acme.with { tree in
            let people = (0..<30).map { "person\($0)" }
            for name in people { try tree.folder.write(Acme.user(name), to: "provisioned/users/\(name).yaml") }
            try tree.folder.write("id: x\nuserName: \"\(hostile)\"\n", to: "provisioned/users/x.yaml")
            try tree.folder.write(
                Acme.group("Data Platform", ["ada", "grace"] + people) + "  - \"\(hostile)\"\n",
                to: "provisioned/groups/data-platform.yaml"
            )
            try tree.write(
                "access/data-platform.yaml",
                Acme.dataPlatform.replacing("role: viewer", with: "role: launcher")
            )
            let result = try tree.run(["diff", "HEAD~1..HEAD", "--format", "html"])
            try #require(result.exitCode == 0, "\(result)")
            try tree.folder.write(result.output, to: "diff.html")
            try Browser.open("file://" + tree.folder.path("diff.html"), isDark: isDark, body)
        }
    }

    @Test func `a difference is a page that loads nothing but itself, and a name in it is text`() throws {
        try Self.with { browser in
            #expect(browser.requests.count == 1 && browser.requests.allSatisfy { $0.hasPrefix("file://") })
            #expect(browser.complaints.isEmpty)
            #expect(try browser.evaluate("document.title").string?.hasPrefix("dagroster diff: 1 group, ") == true)
            let people = try browser.visibleTexts("main").joined()
            for text in [Self.hostile, "grace@example.com", "launcher", "Data Platform"] {
                #expect(people.contains(text), "\(text) in \(people)")
            }
            #expect(try browser.evaluate("document.querySelectorAll('img').length") == 0)
            try browser.screenshot("diff", isWhole: true)
        }
        try Self.with(isDark: true) { try $0.screenshot("diff-dark") }
    }

    @Test func `a long list of names is folded, and opens`() throws {
        try Self.with { browser in
            let folded = "main details"
            #expect(try browser.visibleTexts(folded).first?.hasPrefix("and ") == true)
            #expect(try browser.visibleTexts(folded + " .who").isEmpty)
            try browser.click(folded + " summary")
            #expect(try !browser.visibleTexts(folded + " .who").isEmpty)
        }
    }
}
