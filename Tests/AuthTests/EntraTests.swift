import Auth
import Foundation
import Roster
import Synchronization
import Testing

struct EntraTests {
    let now = Timestamp(milliseconds: 1_795_452_420_000)
    var seconds: Double { Double(now.milliseconds) / 1000 }

    @Test func `a token that Entra signed for the principal is taken, by both versions of the issuer`() async throws {
        let login = try EntraLogin()
        let identity = try #require(EntraLogin.identity)
        let verifier = EntraVerifier(source: login)
        let first = try await login.token(issued: seconds)
        let second = try await login.token(iss: "https://sts.windows.net/\(EntraLogin.tenant)/", issued: seconds)
        #expect(try await verifier.objection(to: first, as: identity, at: now) == nil)
        #expect(try await verifier.objection(to: second, as: identity, at: now) == nil)
        #expect(login.fetches.withLock { $0 } == 1)
    }

    struct Wrong: CustomTestStringConvertible {
        var testDescription: String
        var make: @Sendable (EntraLogin, Double) async throws -> String
        var objection: String
    }

    @Test(arguments: [
        Wrong(
            testDescription: "another tenant's issuer",
            make: { try await $0.token(iss: "https://login.microsoftonline.com/other/v2.0", issued: $1) },
            objection: "it was issued by another tenant"
        ),
        Wrong(
            testDescription: "an issuer that only begins so",
            make: {
                try await $0.token(
                    iss: "https://login.microsoftonline.com/\(EntraLogin.tenant)/v2.0.evil",
                    issued: $1
                )
            },
            objection: "it was issued by another tenant"
        ),
        Wrong(
            testDescription: "another tenant",
            make: { try await $0.token(tid: "11111111-1111-1111-1111-111111111111", issued: $1) },
            objection: "it is another tenant's"
        ),
        Wrong(
            testDescription: "another audience",
            make: { try await $0.token(aud: "api://other", issued: $1) },
            objection: "it was made for another audience"
        ),
        Wrong(
            testDescription: "another principal",
            make: { try await $0.token(sub: "22222222-2222-2222-2222-222222222222", issued: $1) },
            objection: "it is another principal's"
        ),
        Wrong(
            testDescription: "expired an hour ago",
            make: { try await $0.token(issued: $1 - 7200) },
            objection: "it has expired"
        ),
        Wrong(
            testDescription: "not valid yet",
            make: { try await $0.token(issued: $1 + 3600) },
            objection: "it is not valid yet"
        ),
        Wrong(
            testDescription: "an unknown key",
            make: { try await $0.token(kid: "k9", issued: $1) },
            objection: "it is signed with an unknown key"
        ),
        Wrong(
            testDescription: "HS256 with the public key as the secret",
            make: { try await $0.confused(issued: $1) },
            objection: "it is signed with \"HS256\", which is not taken"
        ),
        Wrong(
            testDescription: "alg none",
            make: { login, seconds in
                let parts = try await login.token(issued: seconds).split(separator: ".")
                let head = Data(#"{"alg":"none","kid":"k1"}"#.utf8).base64EncodedString()
                    .replacingOccurrences(of: "=", with: "")
                return "\(head).\(parts[1])."
            },
            objection: "it is signed with \"none\", which is not taken"
        ),
        Wrong(
            testDescription: "a changed payload",
            make: { login, seconds in
                let real = try await login.token(sub: "33333333-3333-3333-3333-333333333333", issued: seconds)
                let other = try await login.token(issued: seconds)
                let (left, right) = (real.split(separator: "."), other.split(separator: "."))
                return "\(left[0]).\(right[1]).\(left[2])"
            },
            objection: "its signature or its form is wrong"
        ),
        Wrong(testDescription: "words", make: { _, _ in "a.b.c" }, objection: "it is no signed token"),
        Wrong(
            testDescription: "very long",
            make: { login, seconds in try await login.token(aud: String(repeating: "a", count: 20_000), issued: seconds)
            },
            objection: "it is no signed token"
        ),
    ])
    func `what is wrong with a token is found`(wrong: Wrong) async throws {
        let login = try EntraLogin()
        let identity = try #require(EntraLogin.identity)
        let text = try await wrong.make(login, seconds)
        let objection = try await EntraVerifier(source: login).objection(to: text, as: identity, at: now)
        #expect(objection == wrong.objection)
    }

    @Test func `an unknown key has the keys fetched once more, and a flood of them does not`() async throws {
        let login = try EntraLogin()
        let identity = try #require(EntraLogin.identity)
        let verifier = EntraVerifier(source: login)
        let old = try await login.token(issued: seconds)
        #expect(try await verifier.objection(to: old, as: identity, at: now) == nil)
        login.published.withLock { $0 = ["k1", "k2"] }
        let new = try await login.token(kid: "k2", issued: seconds)
        // Too soon after the last fetch.
        #expect(try await verifier.objection(to: new, as: identity, at: now) == "it is signed with an unknown key")
        let later = Timestamp(milliseconds: now.milliseconds + 31_000)
        #expect(try await verifier.objection(to: new, as: identity, at: later) == nil)
        #expect(login.fetches.withLock { $0 } == 2)
        let unknown = try await login.token(kid: "k3", issued: seconds)
        for _ in 0..<20 { _ = try await verifier.objection(to: unknown, as: identity, at: later) }
        #expect(login.fetches.withLock { $0 } == 2)
    }

    @Test func `keys that are a day old are fetched again, and those that cannot be are no refusal`() async throws {
        let login = try EntraLogin()
        let identity = try #require(EntraLogin.identity)
        let verifier = EntraVerifier(source: login)
        let text = try await login.token(issued: seconds, lasting: 200_000)
        #expect(try await verifier.objection(to: text, as: identity, at: now) == nil)
        login.isDown.withLock { $0 = true }
        let hour = Timestamp(milliseconds: now.milliseconds + 3_600_000)
        #expect(try await verifier.objection(to: text, as: identity, at: hour) == nil)
        let day = Timestamp(milliseconds: now.milliseconds + 86_400_000)
        await #expect(throws: KeysUnavailable.self) {
            try await verifier.objection(to: text, as: identity, at: day)
        }
        login.isDown.withLock { $0 = false }
        #expect(try await verifier.objection(to: text, as: identity, at: day) == nil)
    }

    @Test(arguments: [
        ("5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f", "api://x", "https://login.microsoftonline.com", true),
        ("5F0C1B2E-8A4D-4C3B-9E7F-1A2B3C4D5E6F", "api://x", "https://login.microsoftonline.us", true),
        ("5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f", "api://x", "http://127.0.0.1:8123", true),
        ("5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f", "api://x", "https://login.evil.com", false),
        ("5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f", "api://x", "http://127.0.0.1:8123/x", false),
        ("5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6f", "", "https://login.microsoftonline.com", false),
        ("../../common", "api://x", "https://login.microsoftonline.com", false),
        ("5f0c1b2e-8a4d-4c3b-9e7f-1a2b3c4d5e6g", "api://x", "https://login.microsoftonline.com", false),
    ])
    func `an identity is a tenant's, for an audience, by a login service that is known`(
        tenant: String,
        audience: String,
        authority: String,
        isValid: Bool
    ) {
        let identity = EntraIdentity(
            tenant: tenant,
            audience: audience,
            subject: EntraLogin.subject,
            authority: authority
        )
        #expect((identity != nil) == isValid)
        #expect(identity.map { $0.tenant == tenant.lowercased() } ?? true)
    }
}
