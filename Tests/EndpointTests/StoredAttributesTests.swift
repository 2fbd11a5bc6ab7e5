import Roster
import SCIM
import Store
import Testing

@testable import Endpoint

/// `scim.store`: what is not kept is taken, dropped and never shown.
struct StoredAttributesTests {
    static let enterprise = ResourceTests.enterprise
    static let core = "urn:ietf:params:scim:schemas:core:2.0:User"

    /// Attributes with a word of each that is nowhere else.
    static let attributes: [(name: String, value: Value, word: String)] = [
        ("displayName", "Ada-display", "Ada-display"),
        ("title", "Countess", "Countess"),
        ("name", ["givenName": "Ada-given", "familyName": "Lovelace"], "Ada-given"),
        ("emails", [["value": "ada@work.example", "type": "work", "primary": true]], "ada@work.example"),
        (enterprise, ["department": "Engines", "employeeNumber": "1815"], "Engines"),
    ]

    /// All of them in one body.
    static let body: Value = {
        var body: Object = [
            "schemas": [.string(core), .string(enterprise)], "userName": "ada", "externalId": "ext-1", "active": true,
            "password": "hunter2",
        ]
        for attribute in attributes { body[attribute.name] = attribute.value }
        return .object(body)
    }()

    static let lists = [
        [], ["displayName"], ["TITLE", "emails"], [enterprise], ["name", enterprise.uppercased()],
        attributes.map(\.name),
    ]

    private func kept(_ list: [String]) -> [(name: String, isKept: Bool, word: String)] {
        Self.attributes.map { attribute in
            (attribute.name, list.contains { $0.lowercased() == attribute.name.lowercased() }, attribute.word)
        }
    }

    private func expectOnly(_ list: [String], in reply: Reply, _ world: World) async throws {
        let file = try await world.files().values.joined()
        #expect(file.contains("ext-1") && file.contains("active: true"))
        #expect(!file.contains("hunter2") && !reply.text.contains("hunter2"))
        for (name, isKept, word) in kept(list) {
            #expect(file.contains(word) == isKept, "\(name)\n\(file)")
            #expect((reply.body.object?[name] != nil) == isKept, "\(name)\n\(reply.text)")
            #expect(reply.text.contains(word) == isKept, "\(name)")
        }
        let urns: [Value] = [.string(Self.core)] + (kept(list).last?.isKept == true ? [.string(Self.enterprise)] : [])
        #expect(reply["schemas"] == .array(urns))
        #expect(reply["externalId"] == "ext-1" && reply["userName"] == "ada" && reply["active"] == true)
    }

    @Test(arguments: lists, [Policy.tolerant, .strict])
    func `what is created and replaced is kept as far as it is listed`(_ list: [String], _ policy: Policy) async throws
    {
        let world = try await World(policy: policy, stored: StoredAttributes(list))
        let made = await world.post("/Users", Self.body)
        #expect(made.status == 201, "\(made.text)")
        try await expectOnly(list, in: made, world)
        let files = try await world.files()
        let path = "/Users/" + made.id
        for same in [Self.body, made.body] {
            let reply = await world.put(path, same)
            #expect(reply.status == 200 && reply.body == made.body, "\(reply.text)")
        }
        #expect(try await world.files() == files)
        #expect(await world.get(path).body == made.body)
        #expect(await world.get("/Users")["Resources.0"] == made.body)
    }

    /// Values that no request could have for an attribute that is kept are not even looked at.
    @Test func `a body is not refused for what is dropped`() async throws {
        let world = try await World(stored: StoredAttributes(["displayName"]))
        let body: Value = ["userName": "ada", "title": ["x": 1], "emails": [["value": ["x"]]], "name": "Ada"]
        let made = await world.post("/Users", body)
        #expect(made.status == 201, "\(made.text)")
        #expect(await world.put("/Users/" + made.id, body).status == 200)
        #expect(await world.post("/Users", ["userName": "eve", "displayName": ["x": 1]]).isError(400, "invalidValue"))
    }

    /// With a path, for both policies.
    static let changes: [Value] = [
        ["op": "replace", "path": "title", "value": "Prof"],
        ["op": "add", "path": "title", "value": "Prof"],
        ["op": "remove", "path": "title"],
        ["op": "replace", "path": "title", "value": ["x": 1]],
        ["op": "replace", "path": "name.givenName", "value": "Augusta"],
        ["op": "add", "path": "name", "value": ["familyName": "King"]],
        ["op": "add", "path": "emails", "value": [["value": "ada@home.example", "type": "home"]]],
        ["op": "replace", "path": "emails[type eq \"work\"].value", "value": "ada@new.example"],
        ["op": "remove", "path": "emails[type eq \"work\"]"],
        ["op": "remove", "path": "phoneNumbers[type eq \"mobile\"].value"],
        ["op": "add", "path": "addresses[type eq \"work\"].locality", "value": "London"],
        ["op": "replace", "path": .string(enterprise + ":department"), "value": "Looms"],
        ["op": "replace", "path": .string(enterprise + ":manager"), "value": "nobody"],
        ["op": "remove", "path": .string(enterprise + ":department")],
        ["op": "add", "path": .string(enterprise), "value": ["department": "Looms"]],
        ["op": "remove", "path": .string(enterprise)],
    ]

    /// Without one, which a strict policy refuses.
    static let looseChanges: [Value] = [
        ["op": "replace", "value": ["title": "Prof", "name.givenName": "Augusta", "emails": []]],
        ["op": "add", "value": ["emails[type eq \"home\"].value": "ada@home.example"]],
        ["op": "Replace", "value": [enterprise: ["department": "Looms"]]],
        ["op": "Add", "value": [enterprise + ":department": "Looms"]],
        ["op": "replace", "path": "department", "value": "Looms"],
    ]

    static let patches: [(Value, Policy)] =
        changes.map { ($0, Policy.strict) } + (changes + looseChanges).map { ($0, Policy.tolerant) }

    @Test(arguments: patches)
    func `a PATCH of what is not kept succeeds and changes nothing`(_ operation: Value, _ policy: Policy) async throws {
        let world = try await World(policy: policy, stored: StoredAttributes(["displayName"]))
        let made = await world.post("/Users", Self.body)
        let files = try await world.files()
        let reply = await world.patch("/Users/" + made.id, operation)
        #expect(reply.status == 200 && reply.body == made.body, "\(reply.text)")
        #expect(try await world.files() == files)
        #expect(await world.announced().count == 1)
    }

    @Test func `beside what is dropped a PATCH does the rest, and refuses what is unknown as ever`() async throws {
        let world = try await World(stored: StoredAttributes(["displayName", "emails"]))
        let path = "/Users/" + (await world.post("/Users", Self.body)).id
        let reply = await world.patch(
            path,
            ["op": "replace", "path": "title", "value": "Prof"],
            ["op": "replace", "path": "emails[type eq \"work\"].value", "value": "ada@new.example"],
            ["op": "replace", "value": ["displayName": "Augusta", "nickName": "A"]]
        )
        #expect(reply["displayName"] == "Augusta" && reply["emails.0.value"] == "ada@new.example")
        #expect(reply["title"] == nil && reply["nickName"] == nil)
        let before = try await world.files()
        let unknown: Value = ["op": "replace", "path": "color", "value": "red"]
        #expect(await world.patch(path, unknown).isError(400, "invalidPath"))
        let required: Value = ["op": "remove", "path": "userName"]
        #expect(await world.patch(path, required).isError(400, "mutability"))
        #expect(try await world.files() == before)
    }

    static let filters: [(String, Int)] = [
        ("title eq \"Countess\"", 0), ("title pr", 0), ("emails.value eq \"ada@work.example\"", 0),
        ("emails[type eq \"work\"]", 0), ("emails eq \"ada@work.example\"", 0),
        (enterprise + ":department eq \"Engines\"", 0), ("not (title pr)", 1), ("displayName eq \"Ada-display\"", 1),
        ("externalId eq \"ext-1\"", 1), ("userName eq \"ADA\"", 1),
    ]

    /// Also where a file has it from before, or by somebody's hand.
    @Test(arguments: filters, [true, false])
    func `nobody is found by what is not kept`(_ filter: (String, Int), isInFile: Bool) async throws {
        let stored = StoredAttributes(["displayName"])
        let world = try await World(stored: stored, directory: isInFile ? Self.older() : Directory())
        if !isInFile { _ = await world.post("/Users", Self.body) }
        let reply = await world.list("/Users", filter: filter.0)
        #expect(reply.status == 200 && reply.total == filter.1, "\(reply.text)")
        #expect(await world.list("/Users", filter: "color eq \"red\"").isError(400, "invalidFilter"))
        #expect(await world.get("/Users?sortBy=title").total == 1)
    }

    /// Somebody whose file has everything.
    private static func older() throws -> Directory {
        var directory = Directory()
        var attributes = Self.body.object ?? Object()
        for name in ["schemas", "password"] { attributes[name] = nil }
        try directory.apply(.createUser(User(id: "ada-id", created: nil, attributes: attributes)))
        return directory
    }

    @Test func `what a file has beside the list is hidden, and goes when all is replaced`() async throws {
        let world = try await World(stored: StoredAttributes(["displayName"]), directory: Self.older())
        for path in ["/Users/ada-id", "/Users", "/Users?attributes=title,emails,name", "/Users?filter=userName+pr"] {
            let reply = await world.get(path)
            #expect(reply.text.contains("ada-id"))
            for word in ["Countess", "Ada-given", "ada@work.example", "Engines", "extension"] {
                #expect(!reply.text.contains(word), "\(path): \(reply.text)")
            }
        }
        let change: Value = ["op": "replace", "path": "displayName", "value": "Augusta"]
        #expect(await world.patch("/Users/ada-id", change).status == 200)
        let patched = world.store.snapshot.directory.user(id: "ada-id")?.attributes
        #expect(patched?["title"] == "Countess" && patched?["displayName"] == "Augusta")
        #expect(await world.put("/Users/ada-id", Self.body).status == 200)
        let replaced = world.store.snapshot.directory.user(id: "ada-id")?.attributes
        #expect(Set(replaced?.members.map(\.name) ?? []) == ["externalId", "userName", "displayName", "active"])
    }

    @Test(arguments: [[], ["displayName"]])
    func `groups are kept whole, and show the names of people where those are kept`(_ list: [String]) async throws {
        let world = try await World(stored: StoredAttributes(list), directory: Self.older())
        let group = await world.post(
            "/Groups",
            ["displayName": "Data", "externalId": "g-1", "members": [["value": "ada-id"]]]
        )
        #expect(group.status == 201 && group["externalId"] == "g-1" && group["displayName"] == "Data")
        let shown = await world.get("/Groups/" + group.id)
        #expect(shown["members.0.value"] == "ada-id")
        #expect(shown["members.0.display"] == (list.isEmpty ? Value?.none : "Ada-display"))
        #expect(await world.get("/Users/ada-id")["groups.0.display"] == "Data")
        let remove: Value = ["op": "remove", "path": "members[value eq \"ada-id\"]"]
        let rename: Value = ["op": "replace", "path": "externalId", "value": "g-2"]
        let changed = await world.patch("/Groups/" + group.id, remove, rename)
        #expect(changed["members"] == nil && changed["externalId"] == "g-2")
    }

    static let schemas: [([String], user: Set<String>, extensions: Int)] = [
        ([], ["externalId", "userName", "active", "groups"], 0),
        (["Emails", "displayname"], ["externalId", "userName", "active", "groups", "emails", "displayName"], 0),
        ([enterprise], ["externalId", "userName", "active", "groups"], 1),
    ]

    @Test(arguments: schemas)
    func `discovery says what is kept`(_ list: [String], _ user: Set<String>, _ extensions: Int) async throws {
        let world = try await World(stored: StoredAttributes(list))
        let names = { (reply: Reply) in
            Set((reply["attributes"]?.array ?? []).compactMap { $0.object?["name"]?.string })
        }
        #expect(names(await world.get("/Schemas/" + Self.core)) == user)
        #expect(
            names(await world.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group"))
                == ["externalId", "displayName", "members"]
        )
        let whole = await world.get("/Schemas/" + Self.enterprise)
        #expect(extensions == 1 ? names(whole).count == 6 : whole.isError(404))
        #expect(await world.get("/Schemas").total == 2 + extensions)
        #expect(await world.get("/ResourceTypes/User")["schemaExtensions"]?.array?.count ?? 0 == extensions)
    }

    @Test func `operations of a bulk request drop the same`() async throws {
        let world = try await World(stored: StoredAttributes(["displayName"]))
        let operation: Value = ["method": "POST", "path": "/Users", "bulkId": "a", "data": Self.body]
        let reply = await world.post("/Bulk", ["schemas": [.string(BulkRequest.schema)], "Operations": [operation]])
        #expect(reply["Operations.0.status"] == "201", "\(reply.text)")
        let id = await world.get("/Users").ids.first ?? ""
        try await expectOnly(["displayName"], in: world.get("/Users/" + id), world)
    }
}
