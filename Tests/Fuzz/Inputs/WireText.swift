import Generators
import SCIM

/// What a client could send over a connection: some requests, whole, wrongly framed, or damaged.
enum WireText {
    /// What stands where the endpoint's token is to be, so that an input is the same in every run.
    static let token = "{{token}}"

    static func random(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) { bytes += request(using: &generator) }
        if generator.chance(3) {
            bytes.mangle(with: tokens, times: Int.random(in: 1...4, using: &generator), using: &generator)
        }
        return bytes
    }

    private static func request(using generator: inout SeededGenerator) -> [UInt8] {
        let method = generator.pick(generator.chance(30) ? oddMethods : methods)
        let (target, body) = message(for: method, using: &generator)
        var head = "\(method) \(target) \(generator.chance(60) ? generator.pick(versions) : "HTTP/1.1")\r\n"
        if !generator.chance(20) { head += "Host: roster.test\r\n" }
        if !generator.chance(30) { head += "Authorization: Bearer \(token)\r\n" }
        if generator.chance(12) { head += generator.pick(fields) + "\r\n" }
        guard let body else { return Array((head + "\r\n").utf8) }
        head += "Content-Type: application/scim+json\r\n"
        switch Int.random(in: 0..<24, using: &generator) {
        case 0: head += "Content-Length: \(Int.random(in: -1...9999, using: &generator))\r\n"
        case 1: break
        case 2: head += "Content-Length: \(body.count)\r\nTransfer-Encoding: chunked\r\n"
        case 3...7: return Array((head + "Transfer-Encoding: chunked\r\n\r\n").utf8) + chunks(body, using: &generator)
        default: head += "Content-Length: \(body.count)\r\n"
        }
        return Array((head + "\r\n").utf8) + body
    }

    private static func message(
        for method: String,
        using generator: inout SeededGenerator
    ) -> (target: String, body: [UInt8]?) {
        let kind = generator.pick(["/Users", "/Groups"])
        let base = "/scim/v2" + kind
        let record = base + "/" + BodyText.recordID(using: &generator)
        if generator.chance(10) {
            let body = generator.chance(2) ? BodyText.random(using: &generator) : nil
            return (generator.pick(targets), body)
        }
        switch method {
        case "POST":
            let value = kind == "/Users" ? BodyText.user(using: &generator) : BodyText.group(using: &generator)
            return (base, JSON.write(.object(value)))
        case "PUT":
            let value = kind == "/Users" ? BodyText.user(using: &generator) : BodyText.group(using: &generator)
            return (record, JSON.write(.object(value)))
        case "PATCH": return (record, JSON.write(.object(BodyText.patch(using: &generator))))
        case "DELETE": return (record, nil)
        case _ where generator.chance(2): return (base + "?" + PathText.query(using: &generator), nil)
        default: return (record, nil)
        }
    }

    private static func chunks(_ body: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = body[...]
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...64, using: &generator))
            bytes += Array("\(String(part.count, radix: 16))\r\n".utf8) + part + [0x0D, 0x0A]
            rest = rest.dropFirst(part.count)
        }
        return bytes
            + Array(
                generator.pick(generator.chance(6) ? ["0\r\nX: y\r\n\r\n", "0\r\n", "", "-1\r\n"] : ["0\r\n\r\n"]).utf8
            )
    }

    private static let methods = [
        "GET", "GET", "POST", "POST", "POST", "PATCH", "PATCH", "PATCH", "PUT", "DELETE", "HEAD",
    ]
    private static let oddMethods = ["OPTIONS", "CONNECT", "get", "BREW", "", "TRACE"]
    private static let versions = ["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1 ", "", "HTTQ/1.1"]
    private static let fields = [
        "Connection: close", "Expect: 100-continue", "Content-Length: 3", "Transfer-Encoding: gzip, chunked",
        "If-Match: W/\"x\"", "If-Match: *", "If-None-Match: *", "X-Request-Id: abcdefgh", "X: \u{1}", "X : y",
        " folded",
        "Host: other", "Upgrade: h2c", "Connection: Upgrade", "X-Forwarded-Host: evil", "Authorization: Basic YTpi",
        "Content-Type: text/plain", "Accept: text/html", "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
        "Range: bytes=0-1", "Trailer: X",
    ]
    private static let targets = [
        "/scim/v2/Bulk", "/scim/v2/.search", "/scim/v2/Users/.search", "/scim/v2/Schemas", "/scim/v2/ResourceTypes",
        "/scim/v2/ServiceProviderConfig", "/scim/v2/Me", "/", "*", "/scim/v2", "/scim/v2/../../etc/passwd",
        "http://roster.test/scim/v2/Users", "/oauth/token", "/scim/v2/Users/%", "/scim/v2/Users/%2e%2e", "?", "//",
        "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "roster.test:443", "/healthz",
    ]
    private static let tokens = [
        "\r\n", "\r", "\n", "\r\n\r\n", ":", " ", "\t", "\0", "%", "0\r\n\r\n", "HTTP/1.1", "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n", "GET / HTTP/1.1\r\n\r\n", "é", "{", "}", "\"", "ffffffffffffffff\r\n",
    ]
}
