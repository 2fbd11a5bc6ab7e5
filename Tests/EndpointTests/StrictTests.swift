import SCIM
import Testing

/// The letter of the interop profile, end to end (facts 2.7).
struct StrictTests {
    static let core: Value = ["urn:ietf:params:scim:schemas:core:2.0:User"]
    static let patchSchema: Value = [.string(PatchRequest.schema)]

    static let cases: [(String, String, Value, strict: Int, tolerant: Int, type: String?)] = [
        ("POST", "/Users", ["schemas": core, "userName": "x"], 201, 201, nil),
        ("POST", "/Users", ["userName": "x"], 400, 201, "invalidSyntax"),
        ("POST", "/Users", ["schemas": core, "userName": "x", "color": "red"], 400, 201, "invalidSyntax"),
        ("POST", "/Users", ["schemas": ["urn:x"], "userName": "x"], 400, 201, "invalidSyntax"),
        (
            "POST", "/Users",
            ["schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:x"], "userName": "x"], 400, 201,
            "invalidSyntax"
        ),
        ("POST", "/Users", ["schemas": core, "userName": "x", "active": "True"], 400, 201, "invalidValue"),
        ("PUT", "/Users/id-00001", ["userName": "ada"], 400, 200, "invalidSyntax"),
        (
            "PATCH", "/Users/id-00001",
            ["schemas": patchSchema, "Operations": [["op": "replace", "value": ["active": false]]]], 400, 200,
            "invalidSyntax"
        ),
        (
            "PATCH", "/Users/id-00001",
            ["schemas": patchSchema, "Operations": [["op": "Replace", "path": "active", "value": false]]], 400, 200,
            "invalidSyntax"
        ),
        (
            "PATCH", "/Users/id-00001", ["Operations": [["op": "replace", "path": "active", "value": false]]], 400, 200,
            "invalidSyntax"
        ),
        (
            "PATCH", "/Users/id-00001",
            [
                "schemas": patchSchema,
                "Operations": [["op": "replace", "path": "emails[type eq \"work\"].value", "value": "x"]],
            ], 400, 200, "noTarget"
        ),
        (
            "PATCH", "/Users/id-00001",
            ["schemas": patchSchema, "Operations": [["op": "replace", "path": "active", "value": false]]], 200, 200,
            nil
        ),
        ("POST", "/.search", ["count": 1], 400, 200, "invalidSyntax"),
        ("POST", "/Bulk", ["Operations": []], 400, 200, "invalidSyntax"),
        ("GET", "/Users?filter=userName+EQ+%22ada%22", .null, 200, 200, nil),
        ("GET", "/Users?filter=userName+eq+ada", .null, 400, 200, "invalidFilter"),
        ("GET", "/Users?filter=color+eq+%22red%22", .null, 400, 400, "invalidFilter"),
    ]

    @Test(arguments: cases.indices)
    func `strict refuses what tolerant takes`(_ index: Int) async throws {
        let (method, path, body, strict, tolerant, type) = Self.cases[index]
        for (policy, status) in [(Policy.strict, strict), (.tolerant, tolerant)] {
            let world = try await World(policy: policy)
            _ = await world.post("/Users", ["schemas": Self.core, "userName": "ada"])
            let reply = await world.send(method, path, body == .null ? nil : World.text(body))
            #expect(reply.status == status, "\(index) \(policy.isStrict): \(reply.text)")
            if status >= 400 { #expect(reply.isError(status, type), "\(index): \(reply.text)") }
        }
    }
}
