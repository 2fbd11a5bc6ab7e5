import Endpoint
import Roster
import SCIM
import Store
import Testing

/// What resources show and how they come and go (facts 1.3, 1.4, 1.6, 1.9).
struct ResourceTests {
    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    @Test func `a user comes back as it was sent, with what the server adds`() async throws {
        let world = try await World()
        let boss = await world.user("boss", ("displayName", "The Boss"))
        let reply = await world.post(
            "/Users",
            [
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", .string(Self.enterprise)],
                "id": "mine", "userName": "Ada@Example.com", "password": "secret", "groups": [["value": "g"]],
                "active": "True", "nickName": .null, "title": "", "ims": [],
                "emails": [["value": "ada@example.com", "type": "work", "primary": "true"]],
                Self.enterprise: [
                    "department": "Engines", "manager": ["value": .string(boss)],
                ],
                "meta": ["resourceType": "User", "version": "W/\"1\""],
            ]
        )
        let expected: Value = [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", .string(Self.enterprise)],
            "id": "id-00002", "userName": "Ada@Example.com", "active": true,
            "emails": [["value": "ada@example.com", "type": "work", "primary": true]],
            Self.enterprise: [
                "department": "Engines",
                "manager": [
                    "value": .string(boss), "$ref": .string("\(World.base)/Users/\(boss)"), "displayName": "The Boss",
                ],
            ],
            "meta": [
                "resourceType": "User", "created": "2026-11-23T16:47:00Z", "lastModified": "2026-11-23T16:47:00Z",
                "location": .string("\(World.base)/Users/id-00002"), "version": .string(reply.version),
            ],
        ]
        #expect(Canonical(reply.body) == Canonical(expected))
        #expect(!reply.text.contains("secret"))
    }

    @Test func `a group shows its members, and they show it`() async throws {
        let world = try await World()
        let ada = await world.user("ada", ("displayName", "Ada Lovelace"))
        let grace = await world.user("grace")
        let inner = await world.group("Inner", grace)
        let outer = await world.group("Outer", ada, inner)
        let members = await world.get("/Groups/" + outer)["members"]
        let expected: Value = [
            [
                "value": .string(ada), "$ref": .string("\(World.base)/Users/\(ada)"), "type": "User",
                "display": "Ada Lovelace",
            ],
            [
                "value": .string(inner), "$ref": .string("\(World.base)/Groups/\(inner)"), "type": "Group",
                "display": "Inner",
            ],
        ]
        #expect(members.map(Canonical.init) == Canonical(expected))
        let groups: Value = [
            [
                "value": .string(outer), "$ref": .string("\(World.base)/Groups/\(outer)"), "type": "direct",
                "display": "Outer",
            ]
        ]
        #expect(await world.get("/Users/" + ada)["groups"].map(Canonical.init) == Canonical(groups))
    }

    @Test func `what has no value is not shown`() async throws {
        let world = try await World()
        let (ada, empty) = (await world.user("ada"), await world.group("Empty"))
        for path in ["/Users/" + ada, "/Groups/" + empty, "/Users", "/Groups"] {
            let text = await world.get(path).text
            #expect(!text.contains("null") && !text.contains("[]") && !text.contains("{}"), "\(path)")
        }
        #expect(await world.list("/Users", filter: "userName eq \"nobody\"").text.contains("\"Resources\":[]"))
    }

    static let refused: [(String, Value, Int, String?)] = [
        ("/Users", [:], 400, "invalidValue"),
        ("/Users", ["userName": ""], 400, "invalidValue"),
        ("/Users", ["userName": .null], 400, "invalidValue"),
        ("/Users", ["userName": "ADA"], 409, "uniqueness"),
        ("/Users", ["userName": "x", "emails": "x", "active": "perhaps"], 400, "invalidValue"),
        (
            "/Users",
            ["userName": "x", "emails": [["value": "a", "primary": true], ["value": "b", "primary": true]]],
            400, "invalidValue"
        ),
        ("/Users", ["userName": "  "], 400, "invalidValue"),
        ("/Users", ["userName": .string(String(repeating: "x", count: 1025))], 400, "invalidValue"),
        ("/Users", ["userName": "x", "title": .string(String(repeating: "x", count: 65_537))], 400, "invalidValue"),
        (
            "/Users",
            [
                "userName": "x",
                "photos": .array((0..<20).map { ["value": .string("\($0)" + String(repeating: "x", count: 60_000))] }),
            ], 400, "invalidValue"
        ),
        ("/Groups", [:], 400, "invalidValue"),
        ("/Groups", ["displayName": "DATA"], 409, "uniqueness"),
        ("/Groups", ["displayName": "x", "members": [["value": "nobody"]]], 400, "invalidValue"),
        ("/Groups", ["displayName": "x", "members": [["display": "ada"]]], 400, "invalidValue"),
    ]

    @Test(arguments: refused)
    func `a creation that is refused changes nothing`(
        _ path: String,
        _ body: Value,
        _ status: Int,
        _ type: String?
    ) async throws {
        let world = try await World()
        await world.user("ada")
        await world.group("Data")
        let before = (world.store.snapshot.directory, try await world.files())
        let reply = await world.post(path, body)
        #expect(reply.isError(status, type), "\(reply.text)")
        #expect(world.store.snapshot.directory == before.0)
        #expect(try await world.files() == before.1)
    }

    @Test func `PUT replaces what a client may write and keeps the rest`() async throws {
        let world = try await World()
        let id = await world.user("ada", ("title", "Countess"), ("nickName", "A"))
        let before = await world.get("/Users/" + id)
        let reply = await world.put(
            "/Users/" + id,
            ["id": "other", "userName": "ada", "title": "Dr", "groups": [["value": "x"]], "meta": ["version": "x"]]
        )
        #expect(reply.status == 200 && reply.id == id && reply["title"] == "Dr" && reply["nickName"] == nil)
        #expect(reply["groups"] == nil && reply["meta.created"] == before["meta.created"])
        #expect(await world.put("/Users/nobody", ["userName": "x"]).isError(404))
        #expect(await world.put("/Users/" + id, ["title": "x"]).isError(400, "invalidValue"))
        #expect(await world.get("/Users/" + id).body == reply.body)
    }

    @Test func `whoever is deleted is nowhere, and the userName is free at once`() async throws {
        let world = try await World()
        let id = await world.user("ada")
        let group = await world.group("Data", id)
        // In the files, so that the deletion is seen to take something away, by itself.
        try await world.settle()
        #expect(await world.delete("/Users/" + id).status == 204)
        try await world.settle()
        #expect(await world.delete("/Users/" + id).isError(404))
        #expect(await world.get("/Users/" + id).isError(404))
        #expect(await world.put("/Users/" + id, ["userName": "ada"]).isError(404))
        #expect(await world.patch("/Users/" + id, ["op": "replace", "path": "active", "value": false]).isError(404))
        #expect(await world.list("/Users", filter: "userName eq \"ada\"").total == 0)
        #expect(await world.get("/Groups/" + group)["members"] == nil)
        #expect(await world.user("ada") != id)
        let changes = await world.announced()
        #expect(changes.count == 4)
        #expect(changes[2].mutation == .deleteUser(id: id))
        #expect(changes[2].files.map(\.path) == ["provisioned/groups/data.yaml", "provisioned/users/ada.yaml"])
    }

    @Test func `whoever is disabled stays in groups and in lists`() async throws {
        let world = try await World()
        let id = await world.user("ada")
        let group = await world.group("Data", id)
        _ = await world.patch("/Users/" + id, ["op": "Replace", "path": "active", "value": "False"])
        #expect(await world.get("/Users/" + id)["active"] == false)
        #expect(await world.list("/Users", filter: "userName eq \"ada\"").total == 1)
        #expect(await world.get("/Groups/" + group)["members.0.value"] == .string(id))
    }

    @Test func `a circle of groups is refused`() async throws {
        let world = try await World()
        let inner = await world.group("Inner")
        let middle = await world.group("Middle", inner)
        let outer = await world.group("Outer", middle)
        for (group, member) in [(inner, outer), (inner, middle), (inner, inner)] {
            let add: Value = ["op": "add", "path": "members", "value": [["value": .string(member)]]]
            #expect(await world.patch("/Groups/" + group, add).isError(400, "invalidValue"))
        }
        #expect(await world.get("/Groups/" + inner)["members"] == nil)
    }

    static let conditions: [(String, String, [String: String], Int)] = [
        ("GET", "current", ["if-none-match": "current"], 304), ("GET", "", ["if-none-match": "*"], 304),
        ("GET", "", ["if-none-match": "W/\"x\""], 200), ("GET", "", ["if-match": "W/\"x\""], 412),
        ("GET", "", ["if-match": "current"], 200), ("PUT", "", ["if-match": "W/\"x\""], 412),
        ("PUT", "", ["if-match": "current"], 200), ("PUT", "", ["if-match": "*"], 200),
        ("PUT", "", ["if-none-match": "current"], 412), ("PUT", "", ["if-none-match": "*"], 412),
        ("PATCH", "", ["if-match": "\"x\", W/\"y\""], 412), ("PATCH", "", ["if-match": "\"x\", current"], 200),
        ("PATCH", "", ["if-match": "nonsense\""], 412), ("DELETE", "", ["if-match": "W/\"x\""], 412),
        ("DELETE", "", ["if-match": "current"], 204),
    ]

    @Test(arguments: conditions)
    func `versions are heeded on every method`(
        _ method: String,
        _ note: String,
        _ headers: [String: String],
        _ status: Int
    ) async throws {
        let world = try await World()
        let id = await world.user("ada")
        let version = await world.get("/Users/" + id).version
        let before = try await world.files()
        let bodies: [String: Value] = [
            "PUT": ["userName": "ada", "title": "Dr"],
            "PATCH": ["Operations": [["op": "add", "path": "title", "value": "Dr"]]],
        ]
        let reply = await world.send(
            method,
            "/Users/" + id,
            bodies[method].map(World.text),
            headers: headers.mapValues { $0.replacing("current", with: version) }
        )
        #expect(reply.status == status)
        if status == 304 { #expect(reply.header("ETag") == version && reply.answer.body.isEmpty) }
        if status == 412 {
            #expect(reply.isError(412))
            #expect(try await world.files() == before)
        }
    }

    static let selections: [(String, Set<String>)] = [
        ("attributes=userName", ["schemas", "id", "userName"]),
        ("attributes=USERNAME,name.givenName", ["schemas", "id", "userName", "name"]),
        ("attributes=meta.version", ["schemas", "id", "meta"]),
        ("attributes=password", ["schemas", "id"]),
        ("attributes=nothing", ["schemas", "id"]),
        ("attributes=urn:ietf:params:scim:schemas:core:2.0:User:title", ["schemas", "id", "title"]),
        ("excludedAttributes=id,schemas,meta,title,name", ["schemas", "id", "userName", "active"]),
        ("excludedAttributes=name.givenName,meta", ["schemas", "id", "userName", "active", "title", "name"]),
    ]

    @Test(arguments: selections)
    func `every method shows what was asked for`(_ query: String, _ names: Set<String>) async throws {
        let world = try await World()
        let body: Value = [
            "userName": "ada", "title": "Dr", "name": ["givenName": "Ada", "familyName": "L"], "password": "x",
        ]
        let created = await world.post("/Users?" + query, body)
        let path = "/Users/\(created.id)?\(query)"
        let replies = [
            created, await world.get(path), await world.put(path, body),
            await world.patch(path, ["op": "add", "path": "userType", "value": .null]),
        ]
        for reply in replies {
            #expect(Set(reply.body.object?.members.map(\.name) ?? []) == names)
        }
        let listed = await world.get("/Users?" + query)["Resources.0"]?.object
        #expect(Set(listed?.members.map(\.name) ?? []) == names)
    }

    @Test func `both selections at once are refused before anything happens`() async throws {
        let world = try await World()
        let query = "?attributes=userName&excludedAttributes=title"
        #expect(await world.post("/Users" + query, ["userName": "ada"]).isError(400, "invalidValue"))
        #expect(await world.get("/Users" + query).isError(400, "invalidValue"))
        #expect(world.store.snapshot.directory.userIDs.count == 0)
    }
}

/// A JSON value whose objects are equal whatever the order of their members.
struct Canonical: Equatable {
    let text: String

    init(_ value: Value) { text = World.text(Self.sorted(value)) }

    private static func sorted(_ value: Value) -> Value {
        switch value {
        case .array(let elements): .array(elements.map(sorted))
        case .object(let object):
            .object(
                Object(object.members.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) })
            )
        default: value
        }
    }
}
