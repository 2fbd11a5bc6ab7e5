import Foundation
import Testing

/// Bytes that no polite client sends, and several clients at once.
@Suite struct WireTests {
    @Test func `a body may come in chunks`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let parts = ["{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],", "\"userName\":\"ada\"}"]
                let chunks = parts.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
                let head =
                    "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
                    + "Connection: close\r\nContent-Type: application/scim+json\r\nTransfer-Encoding: chunked\r\n\r\n"
                let answer = try Connection.exchange(Array((head + chunks).utf8), port: server.port)
                #expect(answer.status == 201, "\(answer.text)")
                tree.folder.wait(for: "provisioned/users/ada.yaml")
            }
        }
    }

    @Test(arguments: [
        "GET\r\n\r\n", "GET /scim/v2/Users HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
        "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "GET /scim/v2/Users?filter=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /scim/v2/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ])
    func `a request that is no HTTP does no harm`(request: String) throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server throws in
                let answer = try? Connection.exchange(Array(request.utf8), port: server.port)
                #expect(answer.map { (400..<500).contains($0.status) } ?? true, "\(answer?.status ?? 0)")
                #expect(try server.send("GET", "/Users").status == 200)
            }
        }
    }

    @Test(arguments: [
        "GET /scim/v2/Users?filter=\(String(repeating: "a", count: 70_000)) HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nX-Long: \(String(repeating: "a", count: 70_000))\r\n",
        "GET / HTTP/1.1\r\n"
            + (0..<5).map { "X-Long-\($0): \(String(repeating: "a", count: 30_000))\r\n" }.joined(),
        "GET / HTTP/1.1\r\n" + (0..<200).map { "X-Short-\($0): a\r\n" }.joined(),
    ])
    func `a head that is too long is refused before anybody is asked who they are`(head: String) throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server throws in
                // Not even its end is waited for.
                let answer = try Connection.exchange(Array(head.utf8), port: server.port)
                #expect(answer.status == 431 && answer.headers["connection"] == "close", "\(answer.text)")
                let filter = "userName%20eq%20%22\(String(repeating: "%61", count: 16_000))%22"
                #expect(try server.send("GET", "/Users?filter=\(filter)").status == 200)
            }
        }
    }

    @Test func `requests sent ahead are answered one after the other`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let head = "Host: x\r\nAuthorization: Bearer \(server.token)\r\n"
                // A write among reads, whose answers are ready sooner, and far more than a stack would hold.
                let body = #"{"userName":"ada"}"#
                let ahead =
                    String(repeating: "GET /scim/v2/Users?count=0 HTTP/1.1\r\n\(head)\r\n", count: 5)
                    + "POST /scim/v2/Users HTTP/1.1\r\n\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
                    + String(repeating: "GET /scim/v2/Users?count=0 HTTP/1.1\r\n\(head)\r\n", count: 2000)
                    + "GET /scim/v2/Users?count=0 HTTP/1.1\r\n\(head)Connection: close\r\n\r\n"
                let text = String(
                    decoding: try Connection.bytes(answering: Array(ahead.utf8), port: server.port),
                    as: UTF8.self
                )
                let totals = text.split(separator: "\"totalResults\":").dropFirst().map { $0.prefix { $0.isNumber } }
                #expect(totals == Array(repeating: "0", count: 5) + Array(repeating: "1", count: 2001))
                #expect(text.ranges(of: "HTTP/1.1 ").count == 2007 && text.contains("HTTP/1.1 201 "))
            }
        }
    }

    @Test func `what is no request is told behind the answers to the requests before it`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let body = #"{"userName":"ada"}"#
                let ahead =
                    "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)" + "GET no HTTP\r\n\r\n"
                let answer = try Connection.bytes(answering: Array(ahead.utf8), port: server.port)
                let statuses = String(decoding: answer, as: UTF8.self).split(separator: "HTTP/1.1 ").map {
                    $0.prefix(3)
                }
                #expect(statuses == ["201", "400"])
            }
        }
    }

    @Test func `a client that waits with its body is told to send it, and one without a token is not`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let body = #"{"userName":"ada"}"#
                let request =
                    "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n"
                let known = request + "Authorization: Bearer \(server.token)\r\n\r\n" + body
                let answer = try Connection.bytes(answering: Array(known.utf8), port: server.port)
                let text = String(decoding: answer, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n"), "\(text)")
                let unknown = try Connection.exchange(Array((request + "\r\n" + body).utf8), port: server.port)
                #expect(unknown.status == 401)
            }
        }
    }

    @Test func `an old client is answered and hung up on`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let request = "GET /scim/v2/Users HTTP/1.0\r\nAuthorization: Bearer \(server.token)\r\n\r\n"
                let answer = try Connection.exchange(Array(request.utf8), port: server.port)
                #expect(answer.status == 200 && answer.headers["connection"] == "close")
                #expect(answer.headers["content-length"] == "\(answer.body.count)")
                #expect(answer.headers["date"]?.hasSuffix(" GMT") == true && answer.headers["x-request-id"] != nil)
            }
        }
    }

    @Test func `a body that is too long is refused`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server throws in
                let body = Array("{\"userName\":\"".utf8) + [UInt8](repeating: 120, count: 20 << 20) + Array("\"}".utf8)
                let answer = try? server.client.send("POST", "/Users", bytes: body)
                // The server may hang up before the answer was read.
                #expect(answer == nil || answer?.status == 413, "\(answer?.status ?? 0)")
                #expect(try server.send("GET", "/Users").json()["totalResults"] == 0)
            }
        }
    }

    @Test func `many clients at once lose nothing`() throws {
        try TemporaryTree.with { tree in
            let token = try tree.token()
            try Server.with(tree, token: token) { server in
                let ids = try (0..<40).map { try server.create("/Users", .user(named: "user\($0)")) }
                let group = try server.create("/Groups", .group(named: "All"))
                let client = server.client
                let statuses = concurrently(ids) { id in
                    let add: JSONValue = .patch(["op": "add", "path": "members", "value": [["value": .string(id)]]])
                    return try client.send("PATCH", "/Groups/\(group)", add).status
                }
                #expect(Set(statuses) == [200])
                let members = try server.send("GET", "/Groups/\(group)").json()["members"]?.elements ?? []
                #expect(Set(members.compactMap { $0["value"]?.string }) == Set(ids))
            }
            let lines = try tree.folder.text("provisioned/groups/all.yaml").split(separator: "\n")
            #expect(lines.filter { $0.hasPrefix("  - user") }.count == 40)
            #expect(try tree.git("status", "--porcelain") == "")
        }
    }

    @Test func `one name is given to one of many who ask for it at once`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server throws in
                let client = server.client
                let statuses = concurrently((0..<20).map { $0 % 2 == 0 ? "ada" : "ADA" }) { name in
                    try client.send("POST", "/Users", .user(named: name)).status
                }
                #expect(statuses.filter { $0 == 201 }.count == 1)
                #expect(statuses.filter { $0 == 409 }.count == 19)
                #expect(try server.send("GET", "/Users").json()["totalResults"] == 1)
            }
        }
    }

    @Test func `a second server does not start on the same tree`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let second = try tree.run(["serve", "--port", "0", "--admin-port", "0"])
                #expect(second.exitCode == 7, "\(second)")
                #expect(try server.send("GET", "/Users").status == 200)
            }
        }
    }

    @Test func `a port that is taken is told`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                try TemporaryTree.with { other in
                    let result = try other.run(["serve", "--port", "\(server.port)"])
                    #expect(result.exitCode == 1 && result.errors.contains("\(server.port)"), "\(result)")
                }
            }
        }
    }

    private func concurrently<Input: Sendable>(
        _ inputs: [Input],
        _ body: @Sendable (Input) throws -> Int
    ) -> [Int] {
        let results = Results(count: inputs.count)
        DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
            results.set((try? body(inputs[index])) ?? 0, at: index)
        }
        return results.values
    }
}

/// Results of work that is done by several threads.
///
/// Unchecked, because the compiler cannot see that every access to `storage` holds `lock`.
private final class Results: @unchecked Sendable {
    private let lock = NSLock()  // protects `storage`
    private var storage: [Int]

    init(count: Int) { storage = [Int](repeating: 0, count: count) }

    var values: [Int] { lock.withLock { storage } }

    func set(_ value: Int, at index: Int) { lock.withLock { storage[index] = value } }
}
