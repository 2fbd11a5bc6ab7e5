import DagsterPlus
import Testing

struct AddressTests {
    @Test(arguments: [
        ("https://acme.dagster.cloud", "https://acme.dagster.cloud", 443),
        ("https://acme.eu.dagster.cloud/", "https://acme.eu.dagster.cloud", 443),
        ("HTTPS://ACME.dagster.cloud:443", "https://acme.dagster.cloud", 443),
        ("https://dagster.cloud/acme", "https://dagster.cloud/acme", 443),
        ("http://127.0.0.1:3333", "http://127.0.0.1:3333", 3333),
        ("http://[::1]:3333/", "http://[::1]:3333", 3333),
    ])
    func `an address is read`(text: String, description: String, port: Int) throws {
        let address = try #require(Address(text))
        #expect(address.description == description)
        #expect(address.origin.port == port)
    }

    @Test(arguments: [
        "acme.dagster.cloud", "ftp://x", "https://", "https://me@x", "https://x:0", "https://x:99999", "https://x/?a=1",
        "https://x/#a", "https://x:y", "https://a b",
    ])
    func `what is no address of a server is refused`(text: String) { #expect(Address(text) == nil) }

    @Test func `ports and schemes make different origins`() throws {
        let texts = ["https://x", "http://x", "https://x:444", "https://y", "https://x.evil.com"]
        let origins = texts.compactMap { Address($0)?.origin }
        #expect(Set(origins).count == texts.count)
        #expect(Address("https://X:443/a")?.origin == Address("https://x/b")?.origin)
    }

    @Test(arguments: ["user:abc", " user:abc\n", "user:abc\r\nsecond line"])
    func `a token is the first line, and never printed`(text: String) throws {
        let token = try #require(APIToken(text))
        var dumped = ""
        dump(token, to: &dumped)
        for shown in ["\(token)", String(reflecting: token), String(describing: [token]), dumped] {
            #expect(!shown.contains("abc"))
        }
        #expect("\(token)" == "[hidden]")
    }

    @Test(arguments: ["", "  \n", "a b", "ümlaut", "a\u{0}b"])
    func `what no header can carry is no token`(text: String) { #expect(APIToken(text) == nil) }

    @Test(arguments: [
        ("Fri, 27 Nov 2026 20:55:26 GMT", 1_795_812_926 as Int?), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 31 Feb 2026 20:55:26 GMT", nil), ("2026-11-27T20:55:26Z", nil), ("", nil),
        ("Fri, 27 Nov 2026 24:00:00 GMT", nil), ("Fri, 27 Nov 2026 20:55:26 CET", nil),
    ])
    func `dates of headers are read`(text: String, seconds: Int?) { #expect(HTTPDate.seconds(text) == seconds) }
}
