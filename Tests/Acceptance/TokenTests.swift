import Foundation
import Testing

/// `dagroster token` and what `serve` makes of it.
@Suite struct TokenTests {
    @Test func `a token is printed alone, once, and kept only as a hash`() throws {
        try TemporaryTree.with { tree in
            let made = try tree.run(["token", "create", "entra-prod", "--expires", "180d"])
            #expect(made.exitCode == 0, "\(made)")
            let token = made.output.trimmingCharacters(in: .newlines)
            #expect(made.output == token + "\n")
            #expect(token.count >= 32 && !token.contains(" "))
            let grep = try Program.run(executable: "grep", ["--recursive", "--text", token, "."], in: tree.folder)
            #expect(grep.exitCode == 1, "the token itself is on disk: \(grep.output)")
            let list = try tree.run(["token", "list"])
            #expect(list.output.contains("entra-prod") && !list.output.contains(token), "\(list)")
            let expiry = Calendar(identifier: .gregorian).date(byAdding: .day, value: 180, to: Date()) ?? Date()
            #expect(list.output.contains(expiry.formatted(.iso8601.year())), "\(list)")
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }

    @Test func `two tokens cannot have one name, and a name that is not there cannot be revoked`() throws {
        try TemporaryTree.with { tree in
            _ = try tree.token("okta")
            let again = try tree.run(["token", "create", "okta"])
            #expect(again.exitCode != 0 && again.output == "" && again.errors.contains("okta"), "\(again)")
            let unknown = try tree.run(["token", "revoke", "otka"])
            #expect(unknown.exitCode != 0 && unknown.errors.contains("otka"), "\(unknown)")
        }
    }

    @Test func `tokens that are made at once are all kept, for their owner alone`() throws {
        try TemporaryTree.with { tree in
            let script = "seq 12 | xargs -P 12 -I{} \"$0\" token create t{}"
            let made = try Program.run(executable: "/bin/sh", ["-c", script, Program.path()], in: tree.folder)
            #expect(made.exitCode == 0 && made.output.split(separator: "\n").count == 12, "\(made)")
            #expect(try tree.run(["token", "list"]).output.split(separator: "\n").count == 12)
            let modes = ["-c", "%a", ".dagroster", ".dagroster/tokens.yaml"]
            #expect(try Program.run(executable: "stat", modes, in: tree.folder).output == "700\n600\n")
        }
    }

    @Test func `a token that is made or revoked counts without a restart`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let second = try tree.token("second")
                let bearer = ["Authorization": "Bearer \(second)"]
                try Deadline.wait(for: "the new token to count", seconds: 2) {
                    try server.send("GET", "/Users", headers: bearer).status == 200
                }
                #expect(try tree.run(["token", "revoke", "second"]).exitCode == 0)
                try Deadline.wait(for: "the revoked token to be refused", seconds: 2) {
                    try server.send("GET", "/Users", headers: bearer).status == 401
                }
                #expect(try server.send("GET", "/Users").status == 200)
                #expect(try tree.run(["token", "list"]).output.contains("entra-prod"))
            }
        }
    }

    @Test(arguments: ["", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "bearer-not", "Bearer wrong wrong"])
    func `a wrong or missing token is told so in SCIM`(authorization: String) throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let before = try tree.state()
                for path in ["/Users", "/Users/1", "/Groups", "/Nothing"] {
                    let body: JSONValue = .user(named: "ada@example.com")
                    let answer = try server.send("POST", path, body, headers: ["Authorization": authorization])
                    #expect(answer.status == 401)
                    #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
                    #expect(answer.headers["content-type"] == "application/scim+json")
                    #expect(try answer.json().masked(by: .error(401)).lines == JSONValue.error(401).lines)
                }
                #expect(try tree.state() == before)
            }
        }
    }

    @Test func `the scheme may be written in any letters`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let headers = ["Authorization": "bearer \(server.token)"]
                let answer = try server.send("GET", "/Users", headers: headers)
                #expect(answer.status == 200)
            }
        }
    }
}
