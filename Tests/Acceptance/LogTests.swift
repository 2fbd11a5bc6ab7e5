import Testing

/// What `serve` logs: names and errors come from outside, and none may look like a field or a line of its own.
@Suite struct LogTests {
    @Test(arguments: ["text", "json"])
    func `no branch's name can forge a field`(format: String) throws {
        let settings = TemporaryTree.settings.replacing("window: 1h, maxWindow: 1h", with: "window: 3s, maxWindow: 3s")
        try TemporaryTree.with(settings: settings) { tree in
            try Server.with(tree, arguments: ["--log-format", format]) { server in
                _ = try server.create("/Users", .user(named: "ada@example.com"))
                tree.folder.wait(for: "provisioned/users/ada@example.com.yaml")
                try tree.git("switch", "--quiet", "--create", "x\"level=\u{202E}")
                Deadline.wait(for: "the failed commit to be logged", seconds: 20) {
                    server.log.contains("HEAD is on branch")
                }
                try tree.git("switch", "--quiet", "main")
                #expect(server.log.contains(#"on branch \"x\"level="#), "\(server.log)")
                #expect(!server.log.unicodeScalars.contains("\u{202E}"), "\(server.log)")
            }
        }
    }
}
