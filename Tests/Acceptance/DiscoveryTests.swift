import Testing

/// What clients read before they provision: RFC 7643 sections 5 to 7, RFC 7644 section 4.
@Suite struct DiscoveryTests {
    @Test func `the configuration says what the endpoint can do`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let answer = try server.send("GET", "/ServiceProviderConfig?aadOptscim062020")
                #expect(answer.status == 200 && answer.headers["content-type"] == "application/scim+json")
                let expected: JSONValue = [
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
                    "patch": ["supported": true], "changePassword": ["supported": false],
                    "filter": ["supported": true, "maxResults": "*"], "authenticationSchemes": "*",
                ]
                let body = try answer.json()
                #expect(body.restricted(to: expected).masked(by: expected).lines == expected.lines)
            }
        }
    }

    @Test func `users and groups are listed as resource types`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let list = try server.send("GET", "/ResourceTypes").json()
                #expect(list["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:ListResponse"])
                #expect(list["Resources"]?.elements.compactMap { $0["id"]?.string }.sorted() == ["Group", "User"])
                let user = try server.send("GET", "/ResourceTypes/User").json()
                #expect(user["endpoint"] == "/Users" && user["schema"] == .user)
            }
        }
    }

    /// Microsoft's tutorial for Dagster Cloud maps these; each must be found in `/Schemas`.
    @Test func `the attributes that Entra maps are in the schemas`() throws {
        try TemporaryTree.with { tree in
            try Server.with(tree) { server in
                let schemas = try server.send("GET", "/Schemas").json()["Resources"]?.elements ?? []
                let named = Dictionary(grouping: schemas) { $0["id"] ?? .null }
                let user = attributes(of: named[.user]?.first)
                #expect(user.isSuperset(of: ["userName", "active", "displayName", "emails", "name", "externalId"]))
                let group = attributes(of: named[.group]?.first)
                #expect(group.isSuperset(of: ["displayName", "externalId", "members"]))
                #expect(named[.enterprise]?.count == 1)
                for schema in schemas {
                    let one = try server.send("GET", "/Schemas/\(schema["id"]?.string ?? "")")
                    #expect(try one.json() == schema)
                    #expect(!one.text.contains(":null"), "Microsoft reads no nulls")
                }
            }
        }
    }

    private func attributes(of schema: JSONValue?) -> Set<String> {
        Set(schema?["attributes"]?.elements.compactMap { $0["name"]?.string } ?? [])
    }
}
