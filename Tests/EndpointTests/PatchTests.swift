import Endpoint
import Roster
import SCIM
import Store
import Testing

/// PATCH end to end (facts 1.8, 2.1, 2.5): what it answers, what is on disk, what is announced.
struct PatchTests {
    static let enterprise = ResourceTests.enterprise

    /// A user with everything, a boss, and a group of both.
    static func world() async throws -> (World, user: String, group: String) {
        let world = try await World()
        let boss = await world.user("boss")
        let user = await world.user(
            "ada",
            ("displayName", "Ada"),
            ("title", "Dr"),
            ("name", ["givenName": "Ada", "familyName": "Lovelace"]),
            ("emails", [["value": "ada@example.com", "type": "work", "primary": true]]),
            (enterprise, ["department": "Engines", "manager": ["value": .string(boss)]])
        )
        return (world, user, await world.group("Data", user, boss))
    }

    /// Each fails at its second operation.
    static let failing: [(String, [Value], String)] = [
        ("Users", [["op": "remove", "path": "userName"]], "mutability"),
        ("Users", [["op": "remove", "path": "active"]], "mutability"),
        ("Users", [["op": "replace", "path": "id", "value": "x"]], "mutability"),
        ("Users", [["op": "replace", "path": "groups", "value": []]], "mutability"),
        ("Users", [["op": "add", "path": "nothing", "value": "x"]], "invalidPath"),
        ("Users", [["op": "add", "path": "emails[type eq", "value": "x"]], "invalidPath"),
        ("Users", [["op": "remove"]], "noTarget"),
        ("Users", [["op": "move", "path": "title"]], "invalidSyntax"),
        ("Users", [["op": "replace", "path": "active", "value": "perhaps"]], "invalidValue"),
        ("Users", [["op": "replace", "path": "userName", "value": "BOSS"]], "uniqueness"),
        ("Groups", [["op": "add", "path": "members", "value": [["value": "nobody"]]]], "invalidValue"),
        ("Groups", [["op": "add", "path": "members", "value": ["x": 1]]], "invalidValue"),
        ("Groups", [["op": "remove", "path": "members", "value": [["display": "x"]]]], "invalidValue"),
        ("Groups", [["op": "remove", "path": "displayName"]], "mutability"),
        ("Groups", [["op": "replace", "path": "members[value eq \"x\"].display", "value": "y"]], ""),
    ]

    @Test(arguments: failing)
    func `P2: a PATCH that fails leaves everything as it was`(
        _ place: String,
        _ operations: [Value],
        _ type: String
    ) async throws {
        let (world, user, group) = try await Self.world()
        let before = (world.store.snapshot.directory, try await world.files())
        let first: Value = ["op": "replace", "path": "displayName", "value": "Changed"]
        let path = "/\(place)/" + (place == "Users" ? user : group)
        let body: Value = ["Operations": .array([first] + operations)]
        let reply = await world.send("PATCH", path, World.text(body))
        #expect(reply.isError(type == "uniqueness" ? 409 : 400, reply.scimType), "\(reply.text)")
        if !type.isEmpty { #expect(reply.scimType == type, "\(reply.text)") }
        #expect(world.store.snapshot.directory == before.0)
        #expect(try await world.files() == before.1)
        #expect(await world.announced().count == 3)
    }

    static let idle: [(String, [Value])] = [
        ("Users", [["op": "replace", "path": "active", "value": true]]),
        ("Users", [["op": "Replace", "path": "active", "value": "True"]]),
        ("Users", [["op": "replace", "value": ["displayName": "Ada", "name.givenName": "Ada"]]]),
        ("Users", [["op": "add", "path": "emails", "value": [["value": "ada@example.com", "type": "work"]]]]),
        ("Users", [["op": "remove", "path": "nickName"]]),
        ("Users", [["op": "remove", "path": "emails[type eq \"home\"]"]]),
        (
            "Users",
            [["op": "replace", "path": "title", "value": "Prof"], ["op": "replace", "path": "title", "value": "Dr"]]
        ),
        (
            "Users",
            [
                [
                    "op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                    "value": "Engines",
                ]
            ]
        ),
        ("Users", [["op": "add", "value": ["unknown": 1]]]),
        ("Groups", [["op": "replace", "path": "displayName", "value": "Data"]]),
        ("Groups", [["op": "remove", "path": "members[value eq \"nobody\"]"]]),
        ("Groups", [["op": "add", "path": "members", "value": [["value": "id-00001"]]]]),
        (
            "Groups",
            [
                ["op": "remove", "path": "members[value eq \"id-00001\"]"],
                ["op": "add", "path": "members", "value": [["value": "id-00001"]]],
            ]
        ),
        ("Groups", [["op": "replace", "path": "members", "value": [["value": "id-00001"], ["value": "id-00002"]]]]),
    ]

    @Test(arguments: idle)
    func `P3: a PATCH that changes nothing writes nothing`(_ place: String, _ operations: [Value]) async throws {
        let (world, user, group) = try await Self.world()
        let path = "/\(place)/" + (place == "Users" ? user : group)
        let before = (await world.get(path), try await world.files())
        world.clock.advance(seconds: 60)
        let reply = await world.send("PATCH", path, World.text(["Operations": .array(operations)]))
        #expect(reply.status == 200 && reply.body == before.0.body, "\(reply.text)")
        #expect(try await world.files() == before.1)
        let put = await world.put(path, before.0.body)
        #expect(put.status == 200 && put.body == before.0.body)
        #expect(try await world.files() == before.1)
        #expect(await world.announced().count == 3)
    }

    @Test func `a PATCH is one change with one version`() async throws {
        let (world, user, _) = try await Self.world()
        world.clock.advance(seconds: 60)
        let reply = await world.patch(
            "/Users/" + user,
            ["op": "replace", "path": "title", "value": "Prof"],
            ["op": "add", "path": "nickName", "value": "A"],
            ["op": "replace", "path": "active", "value": false]
        )
        #expect(reply["meta.lastModified"] == "2026-11-23T16:48:00Z" && reply["meta.created"] == "2026-11-23T16:47:00Z")
        #expect(await world.announced().count == 4)
    }

    /// Microsoft's SCIM_Null_Update (facts 2.5): `""`, then null, with a path and without.
    static let optional = [
        "displayName", "title", "nickName", "externalId", "preferredLanguage", "locale", "timezone", "profileUrl",
        "userType", "name.givenName", "name.familyName", "name.formatted", "emails[type eq \"work\"].value",
        "phoneNumbers[type eq \"mobile\"].value", "addresses[type eq \"work\"].streetAddress",
        "roles[primary eq \"True\"].value", enterprise + ":department", enterprise + ":manager",
        enterprise + ":employeeNumber",
    ]

    @Test(arguments: optional)
    func `Null_Update: what is replaced by nothing is absent`(_ path: String) async throws {
        for value in ["", .null] as [Value] {
            for operation in [
                ["op": "replace", "path": .string(path), "value": value],
                ["op": "replace", "value": .object(Object([(path, value)]))],
            ] as [Value] {
                let (world, user, _) = try await Self.world()
                let reply = await world.patch("/Users/" + user, operation)
                #expect(reply.status == 200, "\(reply.text)")
                let again = await world.patch("/Users/" + user, operation)
                #expect(again.status == 200 && again.body == reply.body)
                #expect(await world.list("/Users", filter: "id eq \"\(user)\" and \(path) pr").total == 0)
                #expect(!again.text.contains(":\"\"") && !again.text.contains("null"))
            }
        }
    }

    @Test func `Update_Manager: text in, an object out, and nothing clears it`() async throws {
        let (world, user, _) = try await Self.world()
        let other = await world.user("other", ("displayName", "The Other"))
        for value in [.string(other), ["value": .string(other)], [["value": .string(other)]]] as [Value] {
            let path: Value = .string(Self.enterprise + ":manager")
            let reply = await world.patch("/Users/" + user, ["op": "Replace", "path": path, "value": value])
            let manager = reply.body.object?[Self.enterprise]?.object?["manager"]
            let expected: Value = [
                "value": .string(other), "$ref": .string("\(World.base)/Users/\(other)"), "displayName": "The Other",
            ]
            #expect(manager.map(Canonical.init) == Canonical(expected), "\(reply.text)")
            let cleared = await world.patch("/Users/" + user, ["op": "replace", "path": path, "value": ""])
            #expect(cleared.status == 200 && cleared.body.object?[Self.enterprise]?.object?["manager"] == nil)
        }
    }

    @Test func `a group of more than a thousand is not read back unless somebody asks`() async throws {
        let world = try await World(directory: IndexTests.directory)
        let add: Value = ["op": "add", "path": "members", "value": [["value": "ada-id"]]]
        let reply = await world.patch("/Groups/all-id?excludedAttributes=members", add)
        #expect(reply.status == 200 && reply["displayName"] == "All" && reply["members"] == nil)
        let remove: Value = ["op": "remove", "path": "members[value eq \"ada-id\"]"]
        let quiet = await world.patch("/Groups/all-id", remove)
        #expect(quiet.status == 204 && quiet.answer.body.isEmpty)
        #expect(
            await world.list("/Groups", filter: "members eq \"ada-id\"", "&attributes=displayName").each("displayName")
                == ["Data"]
        )
    }

    @Test func `somebody whose file has a name that no client may give can be deactivated`() async throws {
        var directory = Directory()
        let attributes: Object = ["userName": "ada", "displayName": "  "]
        try directory.apply(.createUser(User(id: "ada-id", created: nil, attributes: attributes)))
        let world = try await World(directory: directory)
        let leaves = await world.patch("/Users/ada-id", ["op": "replace", "path": "active", "value": false])
        #expect(leaves.status == 200 && leaves["active"] == false, "\(leaves.text)")
        let blank = await world.patch("/Users/ada-id", ["op": "replace", "path": "displayName", "value": " "])
        #expect(blank.isError(400, "invalidValue"), "\(blank.text)")
    }

    @Test func `a PATCH shows what it is asked for`() async throws {
        let (world, user, _) = try await Self.world()
        let change: Value = ["op": "replace", "path": "title", "value": "Prof"]
        let reply = await world.patch("/Users/\(user)?attributes=title", change)
        #expect(Set(reply.body.object?.members.map(\.name) ?? []) == ["schemas", "id", "title"])
    }
}
