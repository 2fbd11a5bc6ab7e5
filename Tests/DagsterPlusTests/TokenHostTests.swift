import DagsterPlus
import Testing

struct TokenHostTests {
    @Test(arguments: [
        ("acme.dagster.cloud", true, true), ("acme.eu.dagster.cloud", true, true), ("dagster.cloud", true, true),
        ("ACME.Dagster.Cloud", true, true), ("acme.dagster.cloud", false, false),
        ("dagster.cloud.evil.com", true, false),
        ("notdagster.cloud", true, false), ("127.0.0.1", false, true), ("127.9.9.9", false, true),
        ("localhost", false, true),
        ("[::1]", false, true), ("127.0.0.1.evil.com", true, false), ("127.0.0.256", true, false),
        ("proxy.example.com", true, true), ("proxy.example.com", false, false), ("", true, false),
    ])
    func `a token goes to Dagster+, to this machine, and to hosts that were named`(
        host: String,
        overTLS: Bool,
        allowed: Bool
    ) {
        #expect(TokenHost(host).mayBeSentToken(overTLS: overTLS, allowing: ["proxy.example.com"]) == allowed)
    }
}
