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

    @Test func `every JSON line has time, level and message, and a refused request its id`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree, arguments: ["--log-format", "json", "--log-level", "debug"]) { server in
                let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
                _ = try server.create("/Users", .user(named: "ada@example.com"))
                let answer = try server.send("GET", "/Users?filter=nonsense", headers: ["X-Request-Id": id])
                #expect(answer.headers["x-request-id"] == id)
                Deadline.wait(for: "the request to be logged") { server.log.contains(id) }
                // Words for whoever started it by hand are no log.
                let words = ["serving SCIM on ", "status on "]
                let lines = server.log.split(separator: "\n").filter { line in !words.contains { line.hasPrefix($0) } }
                #expect(!lines.isEmpty)
                for line in lines {
                    let object = try JSONValue(parsing: Array(line.utf8))
                    for key in ["time", "level", "message"] { #expect(object[key]?.string != nil, "\(line)") }
                }
            }
        }
    }
}
