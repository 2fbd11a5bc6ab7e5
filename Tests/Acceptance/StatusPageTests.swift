import Testing

/// The status page in a real browser.
@Suite(.enabled(if: Browser.isInstalled))
struct StatusPageTests {
    /// A server that has been asked, has refused, and has a target with a plan.
    private static func with(_ body: (Server, String) throws -> Void) throws {
        try Acme.applied { tree in
            try Server.with(tree) { server in
                for name in ["hedy", "joan", "mary"] {
                    _ = try server.create("/Users", .user(named: "\(name)@example.com"))
                    tree.folder.wait(for: "provisioned/users/\(name)@example.com.yaml")
                }
                _ = try server.send("GET", "/Users?filter=%3Cimg%20src=x%20onerror=alert(1)%3E")
                _ = try server.send("POST", "/Users", ["displayName": "Nobody"])
                _ = try server.send("GET", "/Users", headers: ["Authorization": "Bearer wrong-token"])
                try #require(try tree.reconcile("--worktree").exitCode == 0)
                try body(server, "http://127.0.0.1:\(try server.adminPort())/")
            }
        }
    }

    @Test(arguments: [true, false])
    func `the status page says the same with scripts and without, and loads nothing but itself`(scripts: Bool) throws {
        try Self.with { server, address in
            try Browser.open(address, runsScripts: scripts) { browser in
                #expect(try browser.evaluate("document.title") == "All is well")
                // A browser asks for a favicon by itself.
                let asked = Set(browser.requests).subtracting([address + "favicon.ico"])
                #expect(asked == [address] && browser.complaints.isEmpty, "\(browser.requests) \(browser.complaints)")
                let headings = try browser.visibleTexts("h2")
                #expect(
                    headings == [
                        "Requests over the last day", "What failed, by kind", "The last failures", "The last requests",
                        "Who provisions", "Files, commits and pushes", "The last reconcile of each target",
                    ]
                )
                let failures = Set(try browser.visibleTexts("#failures tbody th"))
                #expect(failures == ["400 invalidFilter", "400 invalidValue", "401"])
                #expect(try browser.visibleTexts("#targets h3") == ["sandbox"])
                #expect(try browser.evaluate("document.querySelectorAll('svg.plot rect').length > 1") == true)
                try browser.screenshot(scripts ? "status" : "status-plain", isWhole: true)
            }
        }
    }

    @Test func `the plan is a link away, and back`() throws {
        try Self.with { _, address in
            try Browser.open(address, runsScripts: false) { browser in
                try browser.follow("#targets a")
                #expect(try browser.visibleTexts("h1") == ["The last reconcile of sandbox"])
                #expect(try browser.visibleTexts("#report pre").first?.contains("hedy@example.com") == true)
                try browser.screenshot("status-run", isWhole: true)
                try browser.follow(".facts a")
                #expect(try browser.evaluate("location.href").string == address)
            }
        }
    }

    @Test(arguments: [("", true), ("", false), ("runs/sandbox", true), ("runs/sandbox", false)])
    func `whoever cannot see well finds headings, names and contrast`(path: String, isDark: Bool) throws {
        try Self.with { _, address in
            try Browser.open(address + path, width: isDark ? 420 : 1280, isDark: isDark) { browser in
                #expect(try browser.evaluate(Accessibility.problems).elements.compactMap(\.string) == [])
                if isDark, path.isEmpty { try browser.screenshot("status-dark", isWhole: true) }
            }
        }
    }
}
