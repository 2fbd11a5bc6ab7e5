import Auth
import Foundation
import Roster
import Testing

struct TokenKindTests {
    let now = TemporaryTokens.now

    @Test func `every kind of credential is kept without its secret and read back`() async throws {
        try await TemporaryTokens.with { tokens in
            let identity = try #require(EntraLogin.identity)
            let bearer = try tokens.file.create("audit", at: now, expires: TemporaryTokens.later(60), access: .read)
            let secret = try tokens.file.create("okta", at: now, expires: nil, isClientSecret: true)
            try tokens.file.trust(identity, as: "entra", at: now, expires: nil)
            #expect(
                try tokens.file.tokens() == [
                    Token(
                        name: "audit",
                        proof: .bearer(bearer.digest),
                        created: now,
                        expires: TemporaryTokens.later(60),
                        access: .read
                    ),
                    Token(name: "entra", proof: .entra(identity), created: now),
                    Token(name: "okta", proof: .clientSecret(secret.digest), created: now),
                ]
            )
            let kept = try String(contentsOfFile: tokens.file.path, encoding: .utf8)
            #expect(!kept.contains(bearer.revealed) && !kept.contains(secret.revealed))
        }
    }

    @Test(arguments: [
        "tokens: [{name: a, created: 2026-11-23T16:47:00Z}]",
        "tokens: [{name: a, created: 2026-11-23T16:47:00Z, sha256: \"12\"}]",
        "tokens: [{name: a, created: 2026-11-23T16:47:00Z, entra: {tenant: common, audience: a, subject: b}}]",
        "tokens: [{name: a, created: 2026-11-23T16:47:00Z, sha256: HASH, clientSecretSHA256: HASH}]",
        "tokens: [{name: a, created: 2026-11-23T16:47:00Z, sha256: HASH, access: all}]",
        "tokens: [{name: a, created: yesterday, sha256: HASH}]",
    ])
    func `a file that is not as it was written lets nobody in`(text: String) async throws {
        try await TemporaryTokens.with { tokens in
            let secret = try tokens.file.create("a", at: now, expires: nil)
            let changed = text.replacingOccurrences(of: "HASH", with: "\"\(secret.digest.hexadecimal)\"")
            try changed.write(toFile: tokens.file.path, atomically: true, encoding: .utf8)
            #expect(throws: TokenError.self) {
                try TokenAuthenticator(tokens.file).caller(authorization: "Bearer \(secret.revealed)", at: now)
            }
        }
    }

    @Test func `the last use is known to the minute, and a name cannot leave the folder`() async throws {
        try await TemporaryTokens.with { tokens in
            let uses = TokenUses(tree: tokens.tree)
            #expect(uses.lastUse(of: "okta") == nil)
            let secret = try tokens.file.create("okta", at: now, expires: nil)
            let authenticator = TokenAuthenticator(tokens.file, uses: uses)
            _ = try authenticator.caller(authorization: "Bearer wrong", at: now)
            #expect(uses.lastUse(of: "okta") == nil)
            _ = try authenticator.caller(authorization: "Bearer \(secret.revealed)", at: now)
            #expect(uses.lastUse(of: "okta")?.description == "2026-11-23T16:47:00Z")
            _ = try authenticator.caller(authorization: "Bearer \(secret.revealed)", at: TemporaryTokens.later(125))
            #expect(TokenUses(tree: tokens.tree).lastUse(of: "okta")?.description == "2026-11-23T16:49:00Z")
            for name in ["..", ".", "../x"] { uses.note(name, at: now) }
            let folder = try FileManager.default.contentsOfDirectory(atPath: tokens.tree + "/.dagroster/used").sorted()
            #expect(folder == ["...used", "..used", "okta.used"])
        }
    }
}

struct RateLimitTests {
    @Test func `a caller has two seconds' worth at once, then its rate, and is told when to come again`() {
        let limit = RateLimit(rate: 5)
        let now = TemporaryTokens.now
        let taken = (0..<20).filter { _ in limit.delay(for: "okta", at: now) == nil }.count
        #expect(taken == 10)
        #expect(limit.delay(for: "okta", at: now) == 1)
        // Another's requests are not counted.
        #expect(limit.delay(for: "entra", at: now) == nil)
        let later = TemporaryTokens.later(1)
        #expect((0..<20).filter { _ in limit.delay(for: "okta", at: later) == nil }.count == 5)
        // A clock that is set back neither fills nor breaks it.
        #expect(limit.delay(for: "okta", at: now) == 1)
    }

    @Test func `a rate below one a second waits as long as it takes`() {
        let limit = RateLimit(rate: 0.1)
        let now = TemporaryTokens.now
        #expect(limit.delay(for: "okta", at: now) == nil)
        #expect(limit.delay(for: "okta", at: now) == 10)
        #expect(limit.delay(for: "okta", at: TemporaryTokens.later(10)) == nil)
    }
}
