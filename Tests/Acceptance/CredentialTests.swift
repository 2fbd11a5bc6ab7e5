import Foundation
import Testing

/// Credentials that are no plain token: read-only ones, OAuth clients, principals that Entra signs for.
@Suite struct CredentialTests {
    private func post(_ form: String, _ server: Server, headers: [String: String] = [:]) throws -> HTTPResponse {
        var all = [
            "Host": "127.0.0.1:\(server.port)", "Connection": "close", "Content-Length": String(form.utf8.count),
            "Content-Type": "application/x-www-form-urlencoded",
        ]
        for (name, value) in headers { all[name] = value }
        let lines = all.map { "\($0): \($1)\r\n" }.sorted().joined()
        return try Connection.exchange(
            Array("POST /oauth/token HTTP/1.1\r\n\(lines)\r\n\(form)".utf8),
            port: server.port
        )
    }

    @Test func `a read-only token may look and search, and changes nothing`() throws {
        try TemporaryTree.with { tree in
            let made = try tree.run(["token", "create", "audit", "--read-only"])
            let token = made.output.trimmingCharacters(in: .newlines)
            try Server.with(tree) { server in
                let bearer = ["Authorization": "Bearer \(token)"]
                #expect(try server.send("GET", "/Users", headers: bearer).status == 200)
                let search: JSONValue = [
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]
                ]
                #expect(try server.send("POST", "/Users/.search", search, headers: bearer).status == 200)
                let refused = try server.send(
                    "POST",
                    "/Users",
                    .user(named: "a@example.com"),
                    headers: bearer
                )
                #expect(refused.status == 403 && refused.text.contains("only look"), "\(refused.text)")
                #expect(try server.send("DELETE", "/Users/x", headers: bearer).status == 403)
                #expect(try tree.run(["token", "list"]).output.contains("read-only"))
            }
        }
    }

    @Test func `a client secret is exchanged for a token that lasts an hour, and revoking it ends that`() throws {
        try TemporaryTree.with { tree in
            let made = try tree.run(["token", "create", "okta", "--client-secret"])
            let secret = made.output.trimmingCharacters(in: .newlines)
            try Server.with(tree) { server in
                let form = "grant_type=client_credentials&client_id=okta&client_secret=\(secret)"
                let answer = try post(form, server)
                #expect(answer.status == 200 && answer.headers["cache-control"] == "no-store", "\(answer.text)")
                let body = try answer.json()
                #expect(body["token_type"]?.string == "Bearer")
                #expect(body["expires_in"] == .number(3600))
                let bearer = ["Authorization": "Bearer \(body["access_token"]?.string ?? "")"]
                let user = JSONValue.user(named: "ada@example.com")
                #expect(try server.send("POST", "/Users", user, headers: bearer).status == 201)
                #expect(try server.send("GET", "/Users", headers: ["Authorization": "Bearer \(secret)"]).status == 401)
                let wrong = try post("grant_type=client_credentials&client_id=okta&client_secret=x", server)
                #expect(wrong.status == 401)
                #expect(try wrong.json()["error"]?.string == "invalid_client")
                #expect(try post(form + String(repeating: "x", count: 40_000), server).status == 413)
                #expect(try tree.run(["token", "list"]).output.contains("last used 20"))
                #expect(try tree.run(["token", "revoke", "okta"]).exitCode == 0)
                try Deadline.wait(for: "the revoked client to be refused", seconds: 2) {
                    try server.send("GET", "/Users", headers: bearer).status == 401
                }
                #expect(try post(form, server).status == 401)
                #expect(!server.log.contains(secret))
                let audit = try tree.folder.text(".dagroster/audit/audit.jsonl")
                let refused = audit.split(separator: "\n").filter { $0.contains("POST /oauth/token") }
                #expect(refused.count == 2 && refused.allSatisfy { $0.contains("a client that is not accepted") })
                #expect(!audit.contains(secret))
            }
            #expect(try tree.git("log", "--format=%an").contains("okta"))
        }
    }

    /// A login service that publishes one key, and signs with it by openssl.
    private struct Login {
        static let tenant = "5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f"
        static let subject = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"

        let folder: TemporaryFolder
        let child: ChildProcess
        let port: Int

        static func with(_ body: (Login) throws -> Void) throws {
            try TemporaryFolder.with { folder in
                func openssl(_ arguments: String...) throws -> String {
                    let result = try Program.run(executable: "openssl", arguments, in: folder)
                    try #require(result.exitCode == 0, "\(result)")
                    return result.output
                }
                _ = try openssl("genrsa", "-out", "key.pem", "2048")
                let modulus = try openssl("rsa", "-in", "key.pem", "-noout", "-modulus")
                let digits = modulus.dropFirst("Modulus=".count).trimmingCharacters(in: .newlines)
                let keys = """
                    {"keys":[{"kty":"RSA","use":"sig","kid":"k1","n":"\(encoded(bytes(digits)))","e":"AQAB"}]}
                    """
                try folder.write(keys, to: "site/\(tenant)/discovery/v2.0/keys")
                let server = try ChildProcess(
                    "python3",
                    ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder.path("site")],
                    environment: Program.environment(home: folder),
                    folder: folder.path,
                    scratch: folder
                )
                defer {
                    server.signal(SIGKILL)
                    _ = try? server.exitCode(within: 10)
                }
                var port: Int?
                Deadline.wait(for: "the login service") {
                    port = server.standardOutput.firstMatch(of: /port ([0-9]+)/).flatMap { Int($0.1) }
                    return port != nil
                }
                try body(Login(folder: folder, child: server, port: try #require(port)))
            }
        }

        var authority: String { "http://127.0.0.1:\(port)" }

        /// A signed token for the principal, valid for an hour.
        func token(audience: String = "api://dagroster") throws -> String {
            let now = Int(Date().timeIntervalSince1970)
            let head = #"{"alg":"RS256","typ":"JWT","kid":"k1"}"#
            let claims = """
                {"iss":"\(authority)/\(Self.tenant)/v2.0","aud":"\(audience)","sub":"\(Self.subject)",\
                "tid":"\(Self.tenant)","nbf":\(now),"exp":\(now + 3600)}
                """
            let text = Self.encoded(Array(head.utf8)) + "." + Self.encoded(Array(claims.utf8))
            try folder.write(text, to: "text")
            let arguments = ["dgst", "-sha256", "-sign", "key.pem", "-out", "signature", "text"]
            let signed = try Program.run(executable: "openssl", arguments, in: folder)
            try #require(signed.exitCode == 0, "\(signed)")
            let signature = try Data(contentsOf: URL(filePath: folder.path("signature")))
            return text + "." + Self.encoded(Array(signature))
        }

        private static func encoded(_ bytes: [UInt8]) -> String {
            Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
                .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
        }

        private static func bytes(_ hexadecimal: some StringProtocol) -> [UInt8] {
            let digits = hexadecimal.compactMap(\.hexDigitValue)
            return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        }
    }

    @Test func `a principal that Entra signs for is let in by its own token, and by one that it is exchanged for`()
        throws
    {
        try Login.with { login in
            try TemporaryTree.with { tree in
                let trusted = try tree.run([
                    "token", "trust", "entra-wif", "--tenant", Login.tenant, "--subject", Login.subject, "--audience",
                    "api://dagroster", "--authority", login.authority,
                ])
                #expect(trusted.exitCode == 0, "\(trusted)")
                try Server.with(tree) { server in
                    let token = try login.token()
                    let bearer = ["Authorization": "Bearer \(token)"]
                    #expect(try server.send("GET", "/Users", headers: bearer).status == 200)
                    let user = JSONValue.user(named: "ada@example.com")
                    #expect(try server.send("POST", "/Users", user, headers: bearer).status == 201)
                    let other = try login.token(audience: "api://other")
                    let refused = try server.send("GET", "/Users", headers: ["Authorization": "Bearer \(other)"])
                    #expect(refused.status == 401)
                    let form =
                        "grant_type=client_credentials&client_id=8f14e45f&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=\(token)"
                    let answer = try post(form, server)
                    #expect(answer.status == 200, "\(answer.text)")
                    let access = try answer.json()["access_token"]?.string ?? ""
                    #expect(
                        try server.send("GET", "/Users", headers: ["Authorization": "Bearer \(access)"]).status == 200
                    )
                    #expect(!server.log.contains(token))
                }
                #expect(try tree.git("log", "--format=%an").contains("entra-wif"))
            }
        }
    }

    @Test func `what is no identity is refused with what is expected`() throws {
        try TemporaryTree.with { tree in
            let wrong = try tree.run(["token", "trust", "x", "--tenant", "common", "--subject", Login.subject])
            #expect(wrong.exitCode == 64 && wrong.errors.contains("nothing was changed"), "\(wrong)")
            let host = try tree.run([
                "token", "trust", "x", "--tenant", Login.tenant, "--subject", Login.subject, "--authority",
                "https://login.evil.example.com",
            ])
            #expect(host.exitCode == 64, "\(host)")
        }
    }
}
