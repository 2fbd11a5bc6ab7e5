import NIOCore
import NIOEmbedded
import Testing

@testable import Endpoint

/// Answers as the bytes that a client reads (RFC 9112 sections 4 and 6).
struct AnswerTextTests {
    private static let ours = "X-Request-Id: request-1\r\nDate: Mon, 23 Nov 2026 16:47:00 GMT\r\n"

    struct Case: Sendable {
        var request: String
        var fields = ""
        var status: String
        var hasLength = true
        var hasBody = false
        var end = ""
    }

    private static let cases = [
        Case(request: "GET /scim/v2/Users/ID HTTP/1.1", status: "200 OK", hasBody: true),
        Case(request: "HEAD /scim/v2/Users/ID HTTP/1.1", status: "200 OK"),
        Case(
            request: "GET /scim/v2/Users/ID HTTP/1.1",
            fields: "If-None-Match: *\r\n",
            status: "304 Not Modified",
            hasLength: false
        ),
        Case(
            request: "HEAD /scim/v2/Users/ID HTTP/1.1",
            fields: "If-None-Match: *\r\n",
            status: "304 Not Modified",
            hasLength: false
        ),
        Case(
            request: "GET /scim/v2/Users/ID HTTP/1.1",
            fields: "Connection: close\r\n",
            status: "200 OK",
            hasBody: true,
            end: "Connection: close\r\n"
        ),
        Case(request: "GET /scim/v2/Users/ID HTTP/1.0", status: "200 OK", hasBody: true, end: "Connection: close\r\n"),
        Case(
            request: "GET /scim/v2/Users/ID HTTP/1.0",
            fields: "Connection: keep-alive\r\n",
            status: "200 OK",
            hasBody: true,
            end: "Connection: keep-alive\r\n"
        ),
    ]

    @Test(arguments: cases)
    func `an answer says what it is and where it ends`(_ row: Case) async throws {
        let world = try await World()
        let id = await world.user("ada")
        let user = await world.get("/Users/" + id)
        let channel = try world.channel()
        let known = world.authorization.values.map { "Authorization: \($0)\r\n" }.joined()
        let request = row.request.replacing("ID", with: id)
        try channel.writeInbound(
            ByteBuffer(
                string: "\(request)\r\nHost: roster.test\r\nX-Request-Id: request-1\r\n\(known)\(row.fields)\r\n"
            )
        )
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        let body = user.text.replacing("https:", with: "http:")
        #expect(
            text == "HTTP/1.1 \(row.status)\r\nETag: \(user.version)\r\nCache-Control: no-cache\r\n"
                + (row.hasLength ? "Content-Type: application/scim+json\r\n" : "")
                + (row.hasLength && !row.hasBody ? "Content-Length: \(body.utf8.count)\r\n" : "") + Self.ours
                + (row.hasBody ? "Content-Length: \(body.utf8.count)\r\n" : "") + row.end + "\r\n"
                + (row.hasBody ? body : "")
        )
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }
}
