import Testing

/// Requests that are wrong: a clear SCIM error, and nothing written.
@Suite struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var method: String
        var path: String
        var body: String
        var status: Int
        var scimType: String?
        var headers: [String: String] = [:]

        var testDescription: String { title }
    }

    static let cases = bodies + patches + unknown + queries

    @Test func `a wrong request is refused in SCIM's words and writes nothing`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let ada = try server.create("/Users", .user(named: "ada@example.com"))
                let grace = try server.create("/Users", .user(named: "grace@example.com"))
                let group = try server.create("/Groups", .group(named: "Data Platform", members: [ada]))
                let names = ["ada": ada, "grace": grace, "group": group]
                tree.folder.wait(for: "provisioned/groups/data-platform.yaml")
                let before = try tree.folder.files()
                for wrong in Self.cases { try expectRefusal(wrong, names, server) }
                #expect(try tree.folder.files() == before)
                #expect(try server.send("GET", "/Users").json()["totalResults"] == 2)
            }
            // One commit for what was created, none for what was refused.
            let lines = try tree.git("log", "-1", "--format=%b").split(separator: "\n").filter { $0.hasPrefix("+ ") }
            #expect(lines.count == 3)
        }
    }

    @Test func `strict settings take no value of another type`() throws {
        try TemporaryTree.with(settings: TemporaryTree.settings + "scim: {strict: true}\n") { tree in
            try Server.with(tree) { server in
                let bodies: [JSONValue] = [
                    .user(named: "x", ["userName": 7]), .user(named: "x", ["active": "True"]), ["userName": "x"],
                    .user(named: "x", ["favourite": "tea"]),
                ]
                for body in bodies {
                    let answer = try server.send("POST", "/Users", body)
                    #expect(answer.status == 400, "\(body.text): \(answer.text)")
                }
                #expect(try tree.folder.files(under: "provisioned") == [:])
            }
        }
    }

    private func expectRefusal(_ wrong: Case, _ names: [String: String], _ server: Server) throws {
        let answer = try server.client.send(
            wrong.method,
            wrong.path.filled(names),
            bytes: wrong.body.isEmpty ? nil : Array(wrong.body.filled(names).utf8),
            headers: wrong.headers
        )
        #expect(answer.status == wrong.status, "\(wrong.title): \(answer.text)")
        #expect(answer.headers["content-type"] == "application/scim+json", "\(wrong.title)")
        let expected = JSONValue.error(wrong.status, wrong.scimType)
        let body = (try? answer.json()) ?? .string(answer.text)
        #expect(body.masked(by: expected).lines == expected.lines, "\(wrong.title)")
    }

    private static let json = "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]"

    private static func user(_ title: String, _ body: String, _ status: Int, _ scimType: String?) -> Case {
        Case(title: title, method: "POST", path: "/Users", body: body, status: status, scimType: scimType)
    }

    private static let bodies = [
        user("not JSON", "{\"userName\": ", 400, "invalidSyntax"),
        user("text after JSON", "{\(json),\"userName\":\"x\"} x", 400, "invalidSyntax"),
        user("no body", "", 400, "invalidSyntax"),
        user("not an object", "[1]", 400, "invalidSyntax"),
        user("not UTF-8 by escape", "{\(json),\"userName\":\"\\ud800\"}", 400, "invalidSyntax"),
        user("one key twice in other letters", "{\(json),\"userName\":\"x\",\"USERNAME\":\"y\"}", 400, "invalidSyntax"),
        user("nested too deep", String(repeating: "[", count: 100_000), 400, "invalidSyntax"),
        user("no userName", "{\(json)}", 400, "invalidValue"),
        user("an empty userName", "{\(json),\"userName\":\"\"}", 400, "invalidValue"),
        user("an object for a userName", "{\(json),\"userName\":{\"value\":\"x\"}}", 400, "invalidValue"),
        user("two userNames", "{\(json),\"userName\":[\"x\",\"y\"]}", 400, "invalidValue"),
        user("active that is no boolean", "{\(json),\"userName\":\"x\",\"active\":\"maybe\"}", 400, "invalidValue"),
        user(
            "emails in a list of lists",
            "{\(json),\"userName\":\"x\",\"emails\":[[[]],[\"a\",\"b\"]]}",
            400,
            "invalidValue"
        ),
        user("a name that is text", "{\(json),\"userName\":\"x\",\"name\":\"Ada\"}", 400, "invalidValue"),
        user(
            "two primary addresses",
            "{\(json),\"userName\":\"x\",\"emails\":[{\"value\":\"a\",\"primary\":true},{\"value\":\"b\",\"primary\":true}]}",
            400,
            "invalidValue"
        ),
        user("a userName that is taken", "{\(json),\"userName\":\"ADA@example.com\"}", 409, "uniqueness"),
        Case(
            title: "a body of another type",
            method: "POST",
            path: "/Users",
            body: "<user/>",
            status: 415,
            headers: ["Content-Type": "text/xml"]
        ),
        Case(
            title: "a group without a name",
            method: "POST",
            path: "/Groups",
            body: "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"]}",
            status: 400,
            scimType: "invalidValue"
        ),
        Case(
            title: "a group with an unknown member",
            method: "POST",
            path: "/Groups",
            body: "{\"displayName\":\"x\",\"members\":[{\"value\":\"{{ada}}\"},{\"value\":\"nobody\"}]}",
            status: 400,
            scimType: "invalidValue"
        ),
        Case(
            title: "a PUT without a userName",
            method: "PUT",
            path: "/Users/{{ada}}",
            body: "{\(json)}",
            status: 400,
            scimType: "invalidValue"
        ),
        Case(
            title: "a PUT to a name that is taken",
            method: "PUT",
            path: "/Users/{{ada}}",
            body: "{\(json),\"userName\":\"GRACE@example.com\"}",
            status: 409,
            scimType: "uniqueness"
        ),
    ]

    private static func patch(
        _ title: String,
        _ operations: String,
        _ status: Int,
        _ scimType: String?,
        at path: String = "/Users/{{ada}}"
    ) -> Case {
        let body = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":\(operations)}"
        return Case(title: title, method: "PATCH", path: path, body: body, status: status, scimType: scimType)
    }

    private static let patches = [
        patch("no operations", "[]", 400, "invalidSyntax"),
        patch("operations that are no list", "7", 400, "invalidSyntax"),
        patch(
            "an operation nobody knows",
            "[{\"op\":\"move\",\"path\":\"title\",\"value\":\"x\"}]",
            400,
            "invalidSyntax"
        ),
        patch(
            "a path that cannot be read",
            "[{\"op\":\"add\",\"path\":\"emails[type\",\"value\":\"x\"}]",
            400,
            "invalidPath"
        ),
        patch("a remove without a path", "[{\"op\":\"remove\"}]", 400, "noTarget"),
        patch("the removal of what is required", "[{\"op\":\"remove\",\"path\":\"userName\"}]", 400, "mutability"),
        patch("a change of the id", "[{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"}]", 400, "mutability"),
        patch(
            "text for a boolean",
            "[{\"op\":\"replace\",\"path\":\"active\",\"value\":\"off\"}]",
            400,
            "invalidValue"
        ),
        patch(
            "a second operation that is wrong takes the first with it",
            "[{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"},{\"op\":\"add\",\"path\":\"nickName\",\"value\":[]},"
                + "{\"op\":\"add\",\"path\":\"name\",\"value\":7}]",
            400,
            "invalidValue"
        ),
        patch(
            "an unknown member beside a known one",
            "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"{{grace}}\"},{\"value\":\"nobody\"}]}]",
            400,
            "invalidValue",
            at: "/Groups/{{group}}"
        ),
        patch(
            "a member that is a number",
            "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":7}]}]",
            400,
            "invalidValue",
            at: "/Groups/{{group}}"
        ),
        patch(
            "a group that would hold itself",
            "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"{{group}}\"}]}]",
            400,
            "invalidValue",
            at: "/Groups/{{group}}"
        ),
    ]

    private static func unknown(_ method: String, _ path: String, _ body: String = "") -> Case {
        Case(title: "\(method) \(path)", method: method, path: path, body: body, status: 404)
    }

    private static let unknown = [
        unknown("GET", "/Users/nobody"),
        unknown("DELETE", "/Users/nobody"),
        unknown("PUT", "/Users/nobody", "{\(json),\"userName\":\"x\"}"),
        unknown("GET", "/Groups/{{ada}}"),
        unknown("GET", "/Users/..%2F..%2Fx"),
        unknown("GET", "/Users/{{ada}}/emails"),
        unknown("GET", "/Nothing"),
        unknown("GET", "/Schemas/urn:nothing"),
        unknown("GET", "/ResourceTypes/Nothing"),
        Case(title: "a DELETE of all", method: "DELETE", path: "/Users", body: "", status: 405),
        Case(title: "a POST to one", method: "POST", path: "/Users/{{ada}}", body: "{}", status: 405),
        Case(title: "a POST to a document", method: "POST", path: "/Schemas", body: "{}", status: 405),
    ]

    private static func filter(_ filter: String, _ scimType: String = "invalidFilter") -> Case {
        Case(
            title: "?filter=\(filter)",
            method: "GET",
            path: "/Users?filter=\(filter)",
            body: "",
            status: 400,
            scimType: scimType
        )
    }

    private static let queries = [
        filter("userName"),
        filter("userName+eq"),
        filter("userName+is+%22ada%22"),
        filter("userName+eq+%22ada"),
        filter("userName+eq+%22a%22+and"),
        filter("(userName+eq+%22a%22"),
        filter("emails%5Btype+eq+%22work%22"),
        filter("active+gt+true"),
        filter(String(repeating: "(", count: 5000)),
        Case(
            title: "a count that is no number",
            method: "GET",
            path: "/Users?count=many",
            body: "",
            status: 400,
            scimType: "invalidValue"
        ),
        Case(
            title: "attributes and excludedAttributes",
            method: "GET",
            path: "/Users?attributes=userName&excludedAttributes=emails",
            body: "",
            status: 400,
            scimType: "invalidValue"
        ),
    ]
}
