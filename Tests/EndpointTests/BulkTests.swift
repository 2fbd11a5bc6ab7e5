import Endpoint
import Roster
import SCIM
import Store
import Testing

/// Many changes in one request (RFC 7644 section 3.7, facts 1.10).
struct BulkTests {
    static func bulk(_ world: World, failOnErrors: Int? = nil, _ operations: Value...) async -> Reply {
        await send(world, operations, failOnErrors: failOnErrors)
    }

    static func send(_ world: World, _ operations: [Value], failOnErrors: Int? = nil) async -> Reply {
        var body: Object = ["schemas": [.string(BulkRequest.schema)], "Operations": .array(operations)]
        if let failOnErrors { body["failOnErrors"] = .integer(failOnErrors) }
        return await world.post("/Bulk", .object(body))
    }

    static func user(_ name: String, bulkID: String? = nil, _ more: (String, Value)...) -> Value {
        var data: Object = ["schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": .string(name)]
        for (name, value) in more { data[name] = value }
        return ["method": "POST", "path": "/Users", "bulkId": .string(bulkID ?? name), "data": .object(data)]
    }

    static func group(_ name: String, _ members: String...) -> Value {
        [
            "method": "POST", "path": "/Groups", "bulkId": .string(name),
            "data": [
                "displayName": .string(name), "members": .array(members.map { ["value": .string("bulkId:" + $0)] }),
            ],
        ]
    }

    static func statuses(_ reply: Reply) -> [String] {
        (reply["Operations"]?.array ?? []).map { $0.object?["status"]?.string ?? "" }
    }

    @Test func `every method works, and results stand in the order of the request`() async throws {
        let world = try await World()
        let (ada, grace) = (await world.user("ada"), await world.user("grace"))
        let reply = await Self.bulk(
            world,
            Self.user("lin"),
            [
                "method": "PATCH", "path": .string("/Users/\(ada)"),
                "data": [
                    "Operations": [["op": "replace", "path": "title", "value": "Dr"]]
                ],
            ],
            ["method": "PUT", "path": .string("/Users/\(grace)"), "data": ["userName": "grace", "title": "Admiral"]],
            ["method": "delete", "path": .string("/Users/\(ada)")],
            ["method": "DELETE", "path": "/Users/nobody"],
            Self.user("LIN", bulkID: "second")
        )
        #expect(reply.status == 200 && reply["schemas"] == [.string(BulkResponse.schema)])
        #expect(Self.statuses(reply) == ["201", "200", "200", "204", "404", "409"])
        let lin = await world.list("/Users", filter: "userName eq \"lin\"")
        let created: Value = [
            "location": .string("\(World.base)/Users/\(lin.ids.first ?? "")"), "method": "POST", "bulkId": "lin",
            "version": lin["Resources.0.meta.version"] ?? .null, "status": "201",
        ]
        #expect(reply["Operations.0"].map(Canonical.init) == Canonical(created))
        #expect(reply["Operations.2.version"] == (await world.get("/Users/" + grace))["meta.version"])
        #expect(reply["Operations.3.location"] == .string("\(World.base)/Users/\(ada)"))
        #expect(reply["Operations.4.location"] == .string("\(World.base)/Users/nobody"))
        #expect(reply["Operations.4.response.status"] == "404")
        #expect(reply["Operations.5.response.scimType"] == "uniqueness" && reply["Operations.5.location"] == nil)
        #expect(await world.get("/Users/" + grace)["title"] == "Admiral")
    }

    @Test func `references go backward and forward, in data and in paths`() async throws {
        let world = try await World()
        let reply = await Self.bulk(
            world,
            Self.group("Outer", "Inner", "ada"),
            Self.group("Inner", "grace"),
            Self.user("ada", ("manager", ["value": "bulkId:grace"])),
            Self.user("grace"),
            [
                "method": "PATCH", "path": "/Users/bulkId:ada",
                "data": [
                    "Operations": [["op": "add", "path": "title", "value": "Dr"]]
                ],
            ]
        )
        #expect(Self.statuses(reply) == ["201", "201", "201", "201", "200"])
        let outer = await world.list("/Groups", filter: "displayName eq \"Outer\"")
        #expect(Set((outer["Resources.0.members"]?.array ?? []).map { $0.object?["type"] }) == ["User", "Group"])
        let ada = await world.list("/Users", filter: "userName eq \"ada\"")
        let grace = await world.list("/Users", filter: "userName eq \"grace\"")
        #expect(ada["Resources.0.title"] == "Dr")
        let enterprise = ada["Resources.0"]?.object?[ResourceTests.enterprise]
        #expect(enterprise?.object?["manager"]?.object?["value"]?.string == grace.ids.first)
    }

    @Test func `a circle is made and then closed`() async throws {
        let world = try await World()
        func manager(_ name: String) -> (String, Value) {
            (ResourceTests.enterprise, ["manager": ["value": .string("bulkId:" + name)], "department": "X"])
        }
        let reply = await Self.bulk(
            world,
            Self.user("a", manager("b")),
            Self.user("b", manager("c")),
            Self.user("c", manager("a"))
        )
        #expect(Self.statuses(reply) == ["201", "201", "201"])
        for (index, (name, boss)) in [("a", "b"), ("b", "c"), ("c", "a")].enumerated() {
            let user = await world.list("/Users", filter: "userName eq \"\(name)\"")
            let other = await world.list("/Users", filter: "userName eq \"\(boss)\"")
            let enterprise = user["Resources.0"]?.object?[ResourceTests.enterprise]?.object
            #expect(enterprise?["manager"]?.object?["value"]?.string == other.ids.first)
            #expect(enterprise?["department"] == "X")
            #expect(reply["Operations.\(index).version"] == user["Resources.0.meta.version"])
        }
    }

    @Test func `a circle of groups fails and leaves nothing behind`() async throws {
        let world = try await World()
        let reply = await Self.bulk(world, Self.group("A", "B"), Self.group("B", "A"), Self.user("ada"))
        #expect(Set(Self.statuses(reply).prefix(2)) == ["400", "409"] && Self.statuses(reply).last == "201")
        #expect(reply["Operations.0.location"] == nil && reply["Operations.1.location"] == nil)
        #expect(world.store.snapshot.directory.groupIDs.count == 0)
    }

    @Test func `what refers to a failed creation fails, too`() async throws {
        let world = try await World()
        await world.user("ada")
        let reply = await Self.bulk(
            world,
            Self.user("ada", bulkID: "x"),
            Self.group("Data", "x"),
            Self.group("More", "unknown"),
            Self.group("Alone")
        )
        #expect(Self.statuses(reply) == ["409", "409", "409", "201"])
        #expect(reply["Operations.1.response.detail"]?.string?.contains("x") == true)
        #expect(world.store.snapshot.directory.groupIDs.count == 1)
    }

    static let limits: [(Int?, [String])] = [
        (nil, ["409", "201", "404", "201"]), (1, ["409"]), (2, ["409", "201", "404"]),
        (3, ["409", "201", "404", "201"]), (0, ["409", "201", "404", "201"]),
    ]

    @Test(arguments: limits)
    func `after so many failures the rest is not tried`(_ limit: Int?, _ expected: [String]) async throws {
        let world = try await World()
        await world.user("ada")
        let reply = await Self.bulk(
            world,
            failOnErrors: limit,
            Self.user("ada"),
            Self.user("grace"),
            ["method": "DELETE", "path": "/Users/nobody"],
            Self.user("lin")
        )
        #expect(Self.statuses(reply) == expected)
        #expect(world.store.snapshot.directory.userIDs.count == expected.count { $0 == "201" } + 1)
    }

    static let faulty: [(Value, String)] = [
        (["method": "GET", "path": "/Users"], "400"), (["method": "POST", "path": "/Users", "data": [:]], "400"),
        (["method": "POST", "path": "/Users", "bulkId": "x"], "400"), (["path": "/Users/1"], "400"),
        (["method": "DELETE"], "400"), (["method": "DELETE", "path": "/Users"], "405"),
        (["method": "POST", "path": "/Users/1", "bulkId": "x", "data": [:]], "405"),
        (["method": "POST", "path": "/Bulk", "bulkId": "x", "data": [:]], "400"),
        (["method": "POST", "path": "/Me", "bulkId": "x", "data": [:]], "400"),
        (["method": "POST", "path": "/Users/.search", "bulkId": "x", "data": [:]], "400"),
        (["method": "DELETE", "path": "/Schemas/x"], "400"), (["method": "DELETE", "path": "/Printers/1"], "404"),
        (["method": "DELETE", "path": "/../../etc"], "404"),
        (["method": "PUT", "path": "/Users/1", "data": ["userName": "x"]], "404"),
    ]

    @Test(arguments: faulty)
    func `an operation that makes no sense fails alone`(_ operation: Value, _ status: String) async throws {
        let world = try await World()
        let reply = await Self.bulk(world, operation, Self.user("ada"))
        #expect(reply.status == 200 && Self.statuses(reply) == [status, "201"], "\(reply.text)")
        #expect(reply["Operations.0.response.status"] == .string(status))
    }

    @Test func `a path may be a whole URL`() async throws {
        let world = try await World()
        let ada = await world.user("ada")
        for path in ["\(World.base)/Users/\(ada)", "/scim/v2/Users/\(ada)", "Users/\(ada)", "/Users/\(ada)?x=1"] {
            let reply = await Self.bulk(
                world,
                ["method": "PUT", "path": .string(path), "data": ["userName": "ada", "title": .string(path)]]
            )
            #expect(Self.statuses(reply) == ["200"], "\(path)")
        }
    }

    @Test func `an operation heeds its version`() async throws {
        let world = try await World()
        let ada = await world.user("ada")
        let version = await world.get("/Users/" + ada).version
        func change(_ title: String) -> Value {
            [
                "method": "PUT", "path": .string("/Users/" + ada), "version": .string(version),
                "data": ["userName": "ada", "title": .string(title)],
            ]
        }
        let reply = await Self.bulk(world, change("Dr"), change("Prof"))
        #expect(Self.statuses(reply) == ["200", "412"])
        #expect(await world.get("/Users/" + ada)["title"] == "Dr")
    }

    @Test func `more operations or bytes than are taken are 413, and nothing is done`() async throws {
        let world = try await World()
        let many = (0...1000).map { Self.user("u\($0)") }
        #expect(await Self.send(world, many).isError(413))
        let large = Self.user("ada", ("title", .string(String(repeating: "x", count: 1 << 20))))
        #expect(await Self.bulk(world, large).isError(413))
        #expect(world.store.snapshot.directory.userIDs.count == 0)
        for body in [["Operations": "x"], ["failOnErrors": "x", "Operations": []], [:]] as [Value] {
            #expect(await world.post("/Bulk", body).status == 400)
        }
    }

    @Test func `a thousand operations in a chain are done`() async throws {
        let world = try await World()
        let chain = (0..<500).map { index in
            Self.user("u\(index)", ("manager", ["value": .string("bulkId:u\(index + 1)")]))
        }
        let reply = await Self.send(world, chain + [Self.user("u500")])
        #expect(Set(Self.statuses(reply)) == ["201"])
        #expect(reply["Operations"]?.array?.count == 501)
    }
}
