import Foundation
import Testing

/// What stands in `examples/`, checked by the tools that read it; the scripts there have tests of their own.
@Suite struct ExampleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "examples").path

    /// A program by its name, if it is installed or was unpacked by `Tests/run.sh`.
    private static func tool(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin"]).map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    }

    private static var files: [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let kinds = [".md", ".service", ".yaml", ".yml", ".conf", "Containerfile"]
        return all.filter { name in kinds.contains { name.hasSuffix($0) } }.sorted()
    }

    @Test func `every command in an example is one that the program has, with options that it takes`() throws {
        try TemporaryFolder.with { folder in
            var helps: [String: String] = [:]
            var seen = 0
            for file in Self.files {
                let joined = try Self.text(file).replacingOccurrences(of: "\\\n", with: " ")
                for line in joined.split(separator: "\n") {
                    for match in line.matches(of: /(?:^|[\s\/])dagroster ((?:[a-z][a-z-]*)(?: [^`|;&#]*)?)/) {
                        let words = match.1.split(separator: " ").map(String.init)
                        guard let command = words.first, Self.isCommandLine(line, file) else { continue }
                        if helps[command] == nil {
                            let sub = command == "token" && words.count > 1 ? [command, words[1]] : [command]
                            let help = try Program.run(sub + ["--help"], in: folder)
                            #expect(help.exitCode == 0, "\(file): \(line)")
                            helps[command] = help.output
                        }
                        for option in words.filter({ $0.hasPrefix("--") }) {
                            let name = String(option.prefix { $0 != "=" })
                            #expect(helps[command]?.contains(name) == true, "\(file): \(name) in \(line)")
                        }
                        seen += 1
                    }
                }
            }
            #expect(seen > 10)
        }
    }

    /// A line that somebody types or a machine runs, not a sentence.
    private static func isCommandLine(_ line: Substring, _ file: String) -> Bool {
        guard file.hasSuffix(".md") else { return !line.hasPrefix("#") && !line.hasPrefix("Description") }
        return line.hasPrefix("    ")
    }

    @Test(.enabled(if: tool("systemd-analyze") != nil, "systemd-analyze is not installed"))
    func `systemd takes the units, and what they leave open is little`() throws {
        let tool = try #require(Self.tool("systemd-analyze"))
        try TemporaryFolder.with { folder in
            let names = ["dagroster.service", "dagroster-reconcile.service", "dagroster-reconcile.timer"]
            for name in names {
                // The program need not be installed where this runs.
                let text = try Self.text("systemd/\(name)").replacingOccurrences(
                    of: "/usr/local/bin/dagroster",
                    with: "/bin/true"
                )
                try folder.write(text, to: name)
            }
            let verified = try Program.run(executable: tool, ["verify", "--man=no"] + names, in: folder)
            #expect(verified.exitCode == 0, "\(verified)")
            let arguments = ["security", "--offline=yes", "--threshold=25", "dagroster.service"]
            let judged = try Program.run(executable: tool, arguments, in: folder)
            #expect(judged.exitCode == 0, "\(judged)")
        }
    }

    @Test(.enabled(if: tool("nginx") != nil, "nginx is not installed"))
    func `nginx takes the proxy's configuration`() throws {
        let tool = try #require(Self.tool("nginx"))
        try TemporaryFolder.with { folder in
            let openssl = try Program.run(
                executable: "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=roster", "-keyout",
                    "roster.key", "-out", "roster.pem",
                ],
                in: folder
            )
            try #require(openssl.exitCode == 0)
            for name in ["dagroster.conf", "dagroster-proxy.conf"] {
                let text = try Self.text("nginx/\(name)")
                    .replacingOccurrences(of: "/etc/nginx/tls", with: folder.path)
                    .replacingOccurrences(of: "/etc/nginx", with: folder.path)
                    .replacingOccurrences(of: "listen 443", with: "listen 127.0.0.1:44443")
                try folder.write(text, to: name)
            }
            let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            let temporary = kinds.map { "\($0)_temp_path \(folder.path)/\($0);" }.joined(separator: " ")
            let main = """
                pid \(folder.path)/pid; error_log stderr; events {}
                http { access_log off; \(temporary) include \(folder.path)/dagroster.conf; }
                """
            try folder.write(main, to: "nginx.conf")
            let arguments = ["-t", "-p", folder.path, "-c", folder.path("nginx.conf")]
            let tested = try Program.run(executable: tool, arguments, in: folder)
            #expect(tested.exitCode == 0, "\(tested)")
        }
    }

    @Test(.enabled(if: tool("promtool") != nil, "promtool is not installed"))
    func `Prometheus takes the alerts, and each is about something that serve or reconcile measures`() throws {
        let tool = try #require(Self.tool("promtool"))
        try TemporaryFolder.with { folder in
            let rules = "\(Self.folder)/prometheus/alerts.yaml"
            let checked = try Program.run(executable: tool, ["check", "rules", rules], in: folder)
            #expect(checked.exitCode == 0, "\(checked)")
        }
        try Acme.with { tree in
            try Server.with(tree) { server in
                _ = try server.create("/Users", .user(named: "hedy@example.com"))
                let left = tree.folder.path(".dagroster/reconcile.prom")
                try #require(try tree.reconcile("--apply", "--metrics-file", left).exitCode == 0)
                let metrics = [try server.page("/metrics").text, try tree.folder.text(".dagroster/reconcile.prom")]
                for text in metrics {
                    try tree.folder.write(text, to: ".dagroster/metrics.txt")
                    let input = ["-c", "exec \"$0\" check metrics < .dagroster/metrics.txt", tool]
                    let linted = try Program.run(executable: "/bin/sh", input, in: tree.folder)
                    #expect(linted.exitCode == 0, "\(linted)")
                }
                let named = Set(try Self.text("prometheus/alerts.yaml").matches(of: /dagroster_[a-z_]+/).map { $0.0 })
                for name in named { #expect(metrics.joined().contains("# TYPE \(name) "), "\(name)") }
                #expect(named.count > 5)
            }
        }
    }
}
