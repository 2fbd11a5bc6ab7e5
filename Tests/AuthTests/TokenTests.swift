import Auth
import Foundation
import Roster
import Testing

struct TokenTests {
    @Test func `a secret does not print itself`() {
        let secret = Secret("dgr_very-secret")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("very-secret"))
        }
    }

    @Test func `random tokens are long and different`() {
        let tokens = (0..<100).map { _ in Secret.random().revealed }
        #expect(Set(tokens).count == 100)
        #expect(tokens.allSatisfy { $0.hasPrefix("dgr_") && $0.count == 47 })
    }

    @Test func `the digest is SHA-256`() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Secret("abc").digest.hexadecimal == digest)
        #expect(TokenDigest(hexadecimal: digest) == Secret("abc").digest)
    }

    @Test(arguments: ["", "ab", String(repeating: "g", count: 64), String(repeating: "a", count: 65)])
    func `what is no digest is refused`(_ text: String) {
        #expect(TokenDigest(hexadecimal: text) == nil)
    }

    @Test(arguments: [
        ("entra-prod", true), ("a", true), ("A.b_c-9", true), ("", false), ("a b", false), ("a\nb", false),
        ("ä", false), ("../x", false), (String(repeating: "a", count: 65), false),
    ])
    func `names can stand in a commit`(_ name: String, _ isName: Bool) {
        #expect(Token.isName(name) == isName)
    }
}

struct TokenFileTests {
    let tree = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    let now = Timestamp(milliseconds: 1_795_452_420_000)

    @Test func `a token is kept as a hash and found by its text`() throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        let authenticator = TokenAuthenticator(file)
        #expect(try authenticator.caller(authorization: "Bearer x", at: now) == nil)
        let secret = try file.create("entra-prod", at: now, expires: nil)
        let kept = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(!kept.contains(secret.revealed))
        #expect(
            kept == """
                # Tokens of provisioning clients, as hashes. Written by dagroster token.
                tokens:
                  - name: entra-prod
                    sha256: \(quotedIfNeeded(secret.digest.hexadecimal))
                    created: 2026-11-23T16:47:00Z

                """
        )
        let caller = Caller(source: "entra-prod")
        #expect(try authenticator.caller(authorization: "Bearer \(secret.revealed)", at: now) == caller)
        #expect(try authenticator.caller(authorization: "bearer  \(secret.revealed)", at: now) == caller)
        for header in [nil, "", "Bearer", "Bearer ", "Basic \(secret.revealed)", secret.revealed, "Bearer x"] {
            #expect(try authenticator.caller(authorization: header, at: now) == nil)
        }
        try file.revoke("entra-prod", at: now)
        #expect(try authenticator.caller(authorization: "Bearer \(secret.revealed)", at: now) == nil)
    }

    @Test func `a token is accepted until it expires and not after`() throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        let end = Timestamp(milliseconds: now.milliseconds + 60_000)
        let header = "Bearer " + (try file.create("okta", at: now, expires: end)).revealed
        let authenticator = TokenAuthenticator(file)
        let before = Timestamp(milliseconds: end.milliseconds - 1)
        #expect(try authenticator.caller(authorization: header, at: before) == Caller(source: "okta"))
        #expect(try authenticator.caller(authorization: header, at: end) == nil)
    }

    @Test func `names are unique, and only known ones can be revoked`() throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        _ = try file.create("okta", at: now, expires: nil)
        #expect(throws: TokenError.nameTaken("okta")) { try file.create("okta", at: now, expires: nil) }
        #expect(throws: TokenError.badName("a b")) { try file.create("a b", at: now, expires: nil) }
        #expect(throws: TokenError.unknownName("entra", known: ["okta"])) { try file.revoke("entra", at: now) }
        #expect(try file.tokens().map(\.name) == ["okta"])
    }

    @Test func `tokens that are made and revoked at once all count`() async throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        let now = now
        for number in 0..<8 { _ = try file.create("old\(number)", at: now, expires: nil) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { _ = try file.create("new\(number)", at: now, expires: nil) }
                group.addTask { try file.revoke("old\(number)", at: now) }
            }
            try await group.waitForAll()
        }
        #expect(try file.tokens().map(\.name) == (0..<8).map { "new\($0)" })
    }

    @Test func `nobody but the owner reads the tokens, however the folder was before`() throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        let mode = { (path: String) in
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        _ = try file.create("okta", at: now, expires: nil)
        #expect(try mode(file.path) == 0o600)
        #expect(try mode(tree + "/.dagroster") == 0o700)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tree + "/.dagroster")
        try file.revoke("okta", at: now)
        #expect(try mode(file.path) == 0o600)
        #expect(try mode(tree + "/.dagroster") == 0o700)
    }

    @Test func `while the file cannot be read nobody is let in`() throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        let secret = try file.create("okta", at: now, expires: nil)
        try "tokens: [".write(toFile: file.path, atomically: true, encoding: .utf8)
        #expect(throws: TokenError.self) {
            try TokenAuthenticator(file).caller(authorization: "Bearer \(secret.revealed)", at: now)
        }
    }

    @Test(arguments: [false, true])
    func `tokens that were there and are gone are no unknown ones, and count again when they are back`(
        isAsked: Bool
    ) throws {
        defer { try? FileManager.default.removeItem(atPath: tree) }
        let file = TokenFile(tree: tree)
        #expect(TokenAuthenticator(file).problem == nil)
        let header = "Bearer " + (try file.create("okta", at: now, expires: nil)).revealed
        let authenticator = TokenAuthenticator(file)
        if isAsked { #expect(try authenticator.caller(authorization: header, at: now) == Caller(source: "okta")) }
        try FileManager.default.moveItem(atPath: tree + "/.dagroster", toPath: tree + "/away")
        #expect(throws: TokenError.gone(file.path)) { try authenticator.caller(authorization: header, at: now) }
        #expect(authenticator.problem == TokenError.gone(file.path).description)
        #expect(try authenticator.caller(authorization: nil, at: now) == nil)
        // Whoever starts without any has never had one.
        #expect(try TokenAuthenticator(file).caller(authorization: header, at: now) == nil)
        try FileManager.default.moveItem(atPath: tree + "/away", toPath: tree + "/.dagroster")
        #expect(try authenticator.caller(authorization: header, at: now) == Caller(source: "okta"))
        #expect(authenticator.problem == nil)
    }

    /// A hash of digits alone, or one like `1e5`, would be a number for some reader.
    private func quotedIfNeeded(_ text: String) -> String {
        text.contains { !$0.isNumber && $0 != "e" } ? text : "\"\(text)\""
    }
}
