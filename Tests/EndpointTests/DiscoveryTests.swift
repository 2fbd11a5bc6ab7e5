import Endpoint
import SCIM
import Testing

struct DiscoveryTests {
    static let documents = [
        "/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/ResourceTypes/Group", "/Schemas",
        "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
        "/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group",
        "/Schemas/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    ]

    @Test(arguments: documents)
    func `D1: discovery is read and nothing else`(_ path: String) async throws {
        let world = try await World()
        #expect(await world.get(path).status == 200)
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let reply = await world.send(method, path, "{}")
            #expect(reply.isError(405) && reply.header("Allow") == "GET, HEAD")
        }
    }

    @Test(arguments: documents)
    func `D2: discovery is not filtered`(_ path: String) async throws {
        let world = try await World()
        #expect(await world.get(path + "?filter=id+eq+%22x%22").isError(403))
    }

    @Test(arguments: ["/ResourceTypes", "/Schemas"])
    func `D3: lists of documents are list responses`(_ path: String) async throws {
        let reply = await (try World()).get(path)
        #expect(reply["schemas"] == [.string(ListResponse.schema)])
        #expect(reply.total == reply["Resources"]?.array?.count)
        #expect(reply.total == reply["itemsPerPage"]?.integer)
    }

    @Test(arguments: [
        "/Schemas/urn:x", "/ResourceTypes/Printer", "/Printers", "/Users/1/2", "/scim/v1/Users", "/", "/x", "/Bulk/1",
    ])
    func `D4: what is nowhere is 404 with a SCIM error`(_ path: String) async throws {
        let world = try await World()
        let reply = await world.get(path == "/" ? "/scim" : path)
        #expect(reply.isError(404))
    }

    @Test(arguments: [Policy.tolerant, .strict])
    func `D6: the configuration says what is offered`(_ policy: Policy) async throws {
        let world = try await World(policy: policy)
        var expected: Object = [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": ["supported": true],
            "bulk": ["supported": true, "maxOperations": 1000, "maxPayloadSize": 1_048_576],
            "filter": ["supported": true, "maxResults": 1000],
            "changePassword": ["supported": false],
            "sort": ["supported": true],
            "etag": ["supported": true],
            "pagination": [
                "cursor": true, "index": true, "defaultPaginationMethod": "index", "defaultPageSize": 100,
                "maxPageSize": 1000, "cursorTimeout": 3600,
            ],
            "authenticationSchemes": [
                [
                    "type": "oauthbearertoken", "name": "OAuth Bearer Token",
                    "description": "Authentication by a bearer token in the Authorization header",
                    "specUri": "https://www.rfc-editor.org/info/rfc6750", "primary": true,
                ]
            ],
            "meta": [
                "resourceType": "ServiceProviderConfig", "location": .string(World.base + "/ServiceProviderConfig"),
            ],
        ]
        if policy.isStrict { expected["interopProfileConformant"] = true }
        #expect(Canonical(await world.get("/ServiceProviderConfig").body) == Canonical(.object(expected)))
    }

    @Test func `D7: a resource type's id is its name, and its location leads to it`() async throws {
        let world = try await World()
        let list = await world.get("/ResourceTypes")
        #expect(list.ids == ["User", "Group"])
        for (index, name) in list.ids.enumerated() {
            let location = list["Resources.\(index).meta.location"]?.string ?? ""
            let path = String(location.dropFirst("https://roster.test".count))
            #expect(await world.get(path)["name"] == .string(name))
        }
    }

    @Test func `D7: no document has a null or an empty value`() async throws {
        let world = try await World()
        for path in Self.documents {
            #expect(!(await world.get(path)).text.contains("null"), "\(path)")
        }
    }

    @Test func `D9: discovery needs the token`() async throws {
        let world = try await World()
        for path in Self.documents {
            #expect(await world.send("GET", path, isAuthorized: false).isError(401))
        }
    }

    @Test func `Schema_Discoverability: every attribute that Entra maps is published`() async throws {
        let world = try await World()
        let mapped = [
            "userName", "active", "displayName", "externalId", "name.givenName", "name.familyName", "title",
            "emails[type eq \"work\"].value", "phoneNumbers[type eq \"mobile\"].value",
            "addresses[type eq \"work\"].streetAddress", "roles[primary eq \"True\"].value", "preferredLanguage",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        ]
        let published = Self.flattened(await world.get("/Schemas"))
        for name in mapped + ["members"] {
            #expect(published.contains(name.lowercased()), "\(name)")
        }
    }

    /// The names that Microsoft's Logic App makes of `/Schemas` (facts 2.5).
    static func flattened(_ schemas: Reply) -> Set<String> {
        var names: Set<String> = []
        for schema in (schemas["Resources"]?.array ?? []).compactMap(\.object) {
            let urn = schema["id"]?.string ?? ""
            let prefix = urn.contains("extension") ? urn + ":" : ""
            for attribute in (schema["attributes"]?.array ?? []).compactMap(\.object) {
                for name in flattened(attribute) { names.insert((prefix + name).lowercased()) }
            }
        }
        return names
    }

    private static func flattened(_ attribute: Object) -> [String] {
        let name = attribute["name"]?.string ?? ""
        let parts = (attribute["subAttributes"]?.array ?? []).compactMap(\.object)
        guard !parts.isEmpty, name != "manager", name != "members" else { return [name] }
        let names = parts.compactMap { $0["name"]?.string }
        guard attribute["multiValued"] == true else { return names.map { "\(name).\($0)" } }
        let types = parts.first { $0["name"] == "type" }?["canonicalValues"]?.array?.compactMap(\.string) ?? []
        let conditions = types.isEmpty ? ["primary eq \"True\""] : types.map { "type eq \"\($0)\"" }
        return conditions.flatMap { condition in names.map { "\(name)[\(condition)].\($0)" } }
    }
}
