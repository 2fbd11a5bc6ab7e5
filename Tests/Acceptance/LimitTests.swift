import Foundation
import Glibc
import Testing

/// What a client may do to `serve` at most.
@Suite struct LimitTests {
    @Test func `a token that asks too often is told when to come again`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree, arguments: ["--max-rate", "2"]) { server in
                let answers = try (0..<12).map { _ in try server.send("GET", "/Users") }
                let refused = try #require(answers.first { $0.status == 429 })
                #expect(refused.headers["retry-after"].flatMap(Int.init) == 1)
                #expect(refused.headers["content-type"] == "application/scim+json")
                #expect(answers.first?.status == 200)
            }
        }
    }

    @Test func `hundreds of half-sent requests keep nobody out`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree, arguments: ["--max-connections", "64"]) { server in
                var open: [Int32] = []
                defer { open.forEach { close($0) } }
                for _ in 0..<300 {
                    let descriptor = try Connection.opened(port: server.port)
                    open.append(descriptor)
                    let half = Array("POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthor".utf8)
                    _ = half.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                }
                for _ in 0..<5 { #expect(try server.send("GET", "/Users").status == 200) }
            }
        }
    }

    @Test func `a bulk request may be a mebibyte long, and is refused before it is read`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let head =
                    "POST /scim/v2/Bulk HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
                    + "Content-Length: 2000000\r\nConnection: close\r\n\r\n"
                let answer = try Connection.exchange(Array(head.utf8), port: server.port)
                #expect(answer.status == 413 && answer.text.contains("1048576"), "\(answer.text)")
            }
        }
    }

    @Test func `a PATCH that compares the values of a list too often is refused as a whole`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let emails = (0..<1000).map { ["value": .string("\($0)@example.com")] as JSONValue }
                let made = try server.send("POST", "/Users", .user(named: "ada", ["emails": .array(emails)]))
                let path = try "/Users/" + #require(made.json()["id"]?.string)
                let brackets = (0..<40).map { #"value eq "\#($0)""# }.joined(separator: " or ")
                func answer(operations: Int) throws -> HTTPResponse {
                    let operation: JSONValue = ["op": "remove", "path": .string("emails[\(brackets)]")]
                    let last: JSONValue = ["op": "replace", "path": "title", "value": "Countess"]
                    let all = Array(repeating: operation, count: operations) + [last]
                    return try server.send("PATCH", path, ["schemas": [.patchOp], "Operations": .array(all)])
                }
                // 6 million comparisons in a request.
                let refused = try answer(operations: 151)
                #expect(refused.status == 413 && refused.text.contains("6000000"), "\(refused.text)")
                #expect(try server.send("GET", path).json()["title"] == nil)
                #expect(try answer(operations: 10).status == 200)
                #expect(try server.send("GET", path).json()["title"] == "Countess")
            }
        }
    }

    @Test func `names that a proxy forwards count from a trusted one alone`() throws {
        let headers = ["X-Forwarded-Proto": "https", "X-Forwarded-Host": "roster.example.com"]
        let user = JSONValue.user(named: "ada@example.com")
        try TemporaryTree.with { tree in
            try Server.with(tree, arguments: ["--trusted-proxy", "127.0.0.1"]) { server in
                let answer = try server.send("POST", "/Users", user, headers: headers)
                let location = answer.headers["location"] ?? ""
                #expect(location.hasPrefix("https://roster.example.com/scim/v2/Users/"), "\(location)")
            }
        }
        try TemporaryTree.with { tree in
            try Server.with(tree, arguments: ["--trusted-proxy", "127.0.0.2"]) { server in
                let answer = try server.send("POST", "/Users", user, headers: headers)
                #expect(answer.headers["location"]?.hasPrefix("http://127.0.0.1:") == true, "\(answer.headers)")
            }
        }
        try TemporaryTree.with { tree in
            let wrong = try tree.run(["serve", "--trusted-proxy", "proxy.example.com"])
            #expect(wrong.exitCode == 64, "\(wrong)")
        }
    }
}
