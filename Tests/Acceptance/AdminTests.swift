import Foundation
import Glibc
import Testing

/// The admin port of `serve`, and the audit log.
@Suite struct AdminTests {
    private let user = JSONValue.user(named: "ada@example.com")

    @Test func `health, readiness, metrics and the page say how the server is`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                #expect(try server.page("/healthz").text == "ok\n")
                #expect(try server.page("/readyz").text == "ready\n")
                _ = try server.create("/Users", user)
                _ = try server.send("GET", "/Users?filter=nonsense")
                let metrics = try server.page("/metrics")
                #expect(metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(metrics.text.contains("dagroster_users{state=\"active\"} 1\n"))
                #expect(metrics.text.contains("dagroster_scim_requests_total{method=\"POST\",status=\"201\"} 1\n"))
                #expect(metrics.text.contains("dagroster_ready 1\n"))
                let page = try server.page("/")
                #expect(page.status == 200 && page.text.contains("1 active person"))
                #expect(page.text.contains("invalidFilter"))
                #expect(page.headers["cache-control"] == "no-store")
                #expect(try server.page("/nothing").status == 404)
            }
        }
    }

    @Test func `a page in a browser cannot read it by a name that leads here`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { (server) throws in
                #expect(try server.page("/", headers: ["Host": "evil.example.com"]).status == 421)
                #expect(try server.page("/", headers: ["Host": "localhost:9090"]).status == 200)
            }
        }
    }

    @Test func `on another branch it is not ready and says why, and is ready again afterwards`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                try tree.git("switch", "--quiet", "--create", "topic")
                try Deadline.wait(for: "the branch to count") { try server.page("/readyz").status == 503 }
                let page = try server.page("/readyz").text
                #expect(page.hasPrefix("not ready: ") && page.contains("topic"), "\(page)")
                #expect(try server.page("/").text.contains("Writes are not taken"))
                #expect(try server.send("POST", "/Users", user).status == 503)
                try tree.git("switch", "--quiet", "main")
                try Deadline.wait(for: "the branch to count") { try server.page("/readyz").status == 200 }
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isAllowed, "nobody may mount a file system here"))
    func `started where the disk has no room it is not ready, and is when there is some`() throws {
        try SmallDisk.with { folder in
            let tree = TemporaryTree(folder: folder)
            try #require(try tree.run(["init"]).exitCode == 0)
            let token = try tree.token()
            // Of 24 megabytes; a server can begin with the rest, and a journal cannot.
            let ballast = [UInt8](repeating: 1, count: 22 << 20)
            try Data(ballast).write(to: URL(fileURLWithPath: folder.path("ballast")))
            try Server.with(tree, token: token) { server in
                try Deadline.wait(for: "it not to be ready") { try server.page("/readyz").status == 503 }
                #expect(try server.page("/readyz").text.contains("No space left"))
                try folder.remove("ballast")
                try Deadline.wait(for: "it to be ready") { try server.page("/readyz").status == 200 }
                _ = try server.create("/Users", user)
            }
        }
    }

    @Test func `while the tokens cannot be read nobody is told that a token is unknown, and it is not ready`() throws {
        try TemporaryTree.with { tree in
            let path = ".dagroster/tokens.yaml"
            try Server.with(tree) { server in
                let tokens = try tree.folder.text(path)
                try tree.folder.write("tokens: [\n", to: path)
                let answer = try server.send("GET", "/Users")
                #expect(answer.status == 503 && answer.text.contains("the tokens cannot be read"), "\(answer.text)")
                let page = try server.page("/readyz")
                #expect(page.status == 503 && page.text.contains("tokens.yaml:"), "\(page.text)")
                try tree.folder.write(tokens, to: path)
                #expect(try server.send("GET", "/Users").status == 200)
                #expect(try server.page("/readyz").text == "ready\n")
            }
        }
    }

    @Test func `every write and every refused credential is a line of the audit log, and no secret is in it`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let body = JSONValue.user(named: "ada@example.com", ["password": "hunter2-secret"])
                let id = try server.create("/Users", body)
                _ = try server.send("GET", "/Users", headers: ["Authorization": "Bearer wrong-token"])
                #expect(try server.send("DELETE", "/Users/\(id)").status == 204)
                let path = ".dagroster/audit/audit.jsonl"
                let text = tree.folder.text(path) { $0.split(separator: "\n").count == 3 }
                let lines = try text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
                let actions = Set(lines.compactMap { $0["action"]?.string })
                #expect(actions == ["user.create", "GET /scim/v2/Users", "user.delete"])
                let created = try #require(lines.first { $0["action"]?.string == "user.create" })
                #expect(created["id"]?.string == id && created["source"]?.string == "entra-prod")
                #expect(created["after"]?.string != nil && created["before"] == nil)
                for secret in ["hunter2-secret", "wrong-token", server.token] { #expect(!text.contains(secret)) }
                #expect(!server.log.contains("hunter2-secret") && !server.log.contains("wrong-token"))
            }
        }
    }

    @Test func `SIGHUP reads the settings again, and wrong ones change nothing`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let lax: JSONValue = ["userName": "ada@example.com"]
                _ = try server.create("/Users", lax)
                try tree.write("dagroster.yaml", TemporaryTree.settings + "scim: {strict: true}\n")
                server.signal(SIGHUP)
                Deadline.wait(for: "the settings to be read") { server.log.contains("the settings were read again") }
                let strict = try server.send("POST", "/Users", ["userName": "grace@example.com"])
                #expect(strict.status == 400, "\(strict.text)")
                try tree.write("dagroster.yaml", "version: 1\nscim: {strict: [}\n")
                server.signal(SIGHUP)
                Deadline.wait(for: "the error to be said") { server.log.contains("the settings have errors") }
                #expect(try server.send("GET", "/Users").status == 200)
                try tree.write("dagroster.yaml", TemporaryTree.settings)
            }
        }
    }

    @Test func `--check-config says what is wrong and starts nothing`() throws {
        try TemporaryTree.with { tree in
            _ = try tree.token()
            let well = try tree.run(["serve", "--check-config"])
            #expect(well.exitCode == 0 && well.errors.contains("can be used"), "\(well)")
            let cert = try tree.run(["serve", "--check-config", "--tls-cert", "none.pem", "--tls-key", "none.key"])
            #expect(cert.exitCode == 1 && cert.errors.contains("none.pem"), "\(cert)")
            try tree.write("dagroster.yaml", "version: 1\ntargets: {a: {kind: fiel}}\n")
            let wrong = try tree.run(["serve", "--check-config"])
            #expect(wrong.exitCode == 3 && wrong.errors.contains("dagroster.yaml:2:"), "\(wrong)")
        }
    }
}
