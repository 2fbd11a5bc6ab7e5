import Foundation
import Testing

/// Answers of more than a connection takes at once (64 KiB), whatever asked for them.
@Suite struct LargeAnswerTests {
    private static let count = 600

    private func bulk(_ names: [String]) -> JSONValue {
        [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "Operations": .array(
                names.map { name in
                    ["method": "POST", "path": "/Users", "bulkId": .string(name), "data": .user(named: name)]
                }
            ),
        ]
    }

    /// A server with enough people, on one connection to it.
    private func with(_ body: (Server, KeptConnection, _ ids: [String]) throws -> Void) throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let connection = try KeptConnection(to: server)
                let answer = try connection.send("POST", "/Bulk", bulk((0..<Self.count).map { "person\($0)" }))
                #expect(answer.status == 200 && answer.body.count > 1 << 16)
                let operations = try answer.json()["Operations"]?.elements ?? []
                let ids = operations.compactMap { $0["location"]?.string?.split(separator: "/").last.map(String.init) }
                try #require(ids.count == Self.count)
                try body(server, connection, ids)
            }
        }
    }

    private func members(_ response: HTTPResponse) throws -> Set<String> {
        Set(try response.json()["members"]?.elements.compactMap { $0["value"]?.string } ?? [])
    }

    @Test func `every kind of write is answered whole`() throws {
        try with { server, connection, ids in
            let everybody = JSONValue.group(named: "All", members: ids)
            let made = try connection.send("POST", "/Groups", everybody)
            #expect(made.status == 201 && made.body.count > 1 << 16)
            #expect(try members(made) == Set(ids))
            let group = "/Groups/" + (try #require(try made.json()["id"]?.string))
            let without: JSONValue = .patch(["op": "remove", "path": .string("members[value eq \"\(ids[0])\"]")])
            #expect(try members(try connection.send("PATCH", group, without)) == Set(ids.dropFirst()))
            #expect(try members(try connection.send("PUT", group, everybody)) == Set(ids))
            #expect(try members(try connection.send("GET", group)) == Set(ids))
            // Who is in many groups comes with all of them.
            for number in 0..<500 {
                let some = JSONValue.group(named: "Team \(number)", members: [ids[0]])
                #expect(try connection.send("POST", "/Groups?attributes=id", some).status == 201)
            }
            let leave: JSONValue = .patch(["op": "replace", "path": "active", "value": false])
            let left = try connection.send("PATCH", "/Users/\(ids[0])", leave)
            #expect(left.body.count > 1 << 16)
            #expect(try left.json()["active"] == false && left.json()["groups"]?.elements.count == 501)
        }
    }

    @Test func `the last answer of a connection, and those of requests sent ahead, come whole`() throws {
        try with { server, _, ids in
            func request(_ name: String, _ more: String = "") -> [UInt8] {
                let body = Array(JSONValue.group(named: name, members: ids).text.utf8)
                let head =
                    "POST /scim/v2/Groups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
                    + "Content-Type: application/scim+json\r\nContent-Length: \(body.count)\r\n\(more)\r\n"
                return Array(head.utf8) + body
            }
            let last = "Connection: close\r\n"
            let alone = try Connection.exchange(request("One", last), port: server.port)
            #expect(try alone.status == 201 && members(alone) == Set(ids))
            let ahead = request("Two") + request("Three") + request("Four", last)
            let text = String(decoding: try Connection.bytes(answering: ahead, port: server.port), as: UTF8.self)
            #expect(text.ranges(of: "HTTP/1.1 201 ").count == 3)
            #expect(text.ranges(of: "\"value\":").count == 3 * ids.count)
        }
    }
}
