import SCIM
import Testing

/// Facts 1.1, 1.3, 2.5 and 6.
struct DiscoveryTests {
    private let discovery = Discovery()

    @Test func `D3 lists are ListResponses`() {
        #expect(
            discovery.schemas(base: "https://x").members.map(\.name) == [
                "schemas", "totalResults", "itemsPerPage", "startIndex", "Resources",
            ]
        )
        #expect(discovery.schemas(base: "https://x")["totalResults"] == 3)
        #expect(discovery.resourceTypes(base: "https://x")["totalResults"] == 2)
    }

    @Test func `D4 unknown documents are 404`() {
        #expect(refusal { _ = try discovery.schema(named: "urn:x", base: "") } == "404")
        #expect(refusal { _ = try discovery.resourceType(named: "Nobody", base: "") } == "404")
    }

    @Test func `D7 a resource type's id is its name`() throws {
        #expect(
            try text(discovery.resourceType(named: "User", base: "https://x/scim/v2"))
                == #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"id":"User","name":"User","endpoint":"/Users","description":"User Account","schema":"urn:ietf:params:scim:schemas:core:2.0:User","schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","required":false}],"meta":{"resourceType":"ResourceType","location":"https://x/scim/v2/ResourceTypes/User"}}"#
        )
    }

    @Test func `D6 what the server can do is said`() {
        var config = ServiceProviderConfig()
        config.bulk = .init()
        config.pagination = .init(hasCursors: true, cursorTimeout: 3600)
        #expect(
            text(config.representation(base: "https://x"))
                == #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":{"supported":true},"bulk":{"supported":true,"maxOperations":1000,"maxPayloadSize":1048576},"filter":{"supported":true,"maxResults":1000},"changePassword":{"supported":false},"sort":{"supported":true},"etag":{"supported":true},"pagination":{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600},"authenticationSchemes":[{"type":"oauthbearertoken","name":"OAuth Bearer Token","description":"Authentication by a bearer token in the Authorization header","specUri":"https://www.rfc-editor.org/info/rfc6750","primary":true}],"meta":{"resourceType":"ServiceProviderConfig","location":"https://x/ServiceProviderConfig"}}"#
        )
        #expect(ServiceProviderConfig(policy: .strict).representation(base: "")["interopProfileConformant"] == true)
    }

    @Test(arguments: [ResourceType.user, .group])
    func `no document has a null, an empty list or a name that is not camelCase`(type: ResourceType) {
        func check(_ value: Value) {
            switch value {
            case .null: Issue.record("null")
            case .array(let elements):
                #expect(!elements.isEmpty)
                elements.forEach(check)
            case .object(let object):
                for member in object.members {
                    #expect(member.name.first?.isLowercase == true)
                    check(member.value)
                }
            default: break
            }
        }
        for schema in type.schemas { check(.object(schema.representation(base: "https://x"))) }
        check(.object(type.representation(base: "https://x")))
    }

    /// Microsoft's Schema_Discoverability: simple attributes by name, parts of single complex ones by a dot, parts of
    /// lists by each canonical type, extensions by their URN.
    @Test(arguments: [
        "userName", "active", "displayName", "externalId", "emails[type eq \"work\"].value", "name.givenName",
        "name.familyName", "name.formatted", "title", "preferredLanguage", "phoneNumbers[type eq \"mobile\"].value",
        "phoneNumbers[type eq \"fax\"].value", "addresses[type eq \"work\"].streetAddress",
        "roles[primary eq \"True\"].value", "\(enterprise):employeeNumber", "\(enterprise):department",
        "\(enterprise):manager",
    ])
    func `what Microsoft maps on users is published`(path: String) {
        #expect(Self.flattened(.user).contains(path))
    }

    @Test(arguments: ["displayName", "externalId", "members"])
    func `what Microsoft maps on groups is published`(path: String) {
        #expect(Self.flattened(.group).contains(path))
    }

    private static func flattened(_ type: ResourceType) -> Set<String> {
        var paths: Set<String> = []
        for schema in type.schemas {
            let prefix = schema == type.schema ? "" : schema.id + ":"
            for attribute in schema.attributes {
                if attribute.type != .complex || ["manager", "members"].contains(attribute.name) {
                    paths.insert(prefix + attribute.name)
                } else if attribute.isMultiValued {
                    let types = attribute.subAttribute(named: "type")?.canonicalValues ?? []
                    let filters = types.isEmpty ? ["primary eq \"True\""] : types.map { "type eq \"\($0)\"" }
                    for filter in filters {
                        paths.formUnion(
                            attribute.subAttributes.map { "\(prefix)\(attribute.name)[\(filter)].\($0.name)" }
                        )
                    }
                } else {
                    paths.formUnion(attribute.subAttributes.map { "\(prefix)\(attribute.name).\($0.name)" })
                }
            }
        }
        return paths
    }

    /// Every published path that Entra could map takes add, replace and remove; what is required is never removed.
    @Test func `every published attribute takes add, replace, null and remove`() throws {
        for path in Self.flattened(.user) {
            guard let target = ResourceType.user.attribute(path.replacing(#/\[.*\]/#, with: "")) else {
                Issue.record("\(path)")
                continue
            }
            let leaf = target.subAttribute ?? target.attribute
            guard leaf.mutability == .readWrite, target.attribute.mutability == .readWrite, !leaf.isRequired
            else {
                continue
            }
            // Another type would take the element out of the filter's sight.
            let type = path.split(separator: "\"").dropFirst().first.map { Value.string(String($0)) }
            let value: Value =
                leaf.name == "type"
                ? type ?? "t" : leaf.type == .boolean ? "True" : leaf.type == .complex ? ["value": "v"] : "dg=="
            var user = Resource(["userName": "a"], type: .user)
            let filter = "\(path) pr"
            for operation in ["add", "replace"] {
                try Self.apply(["op": .string(operation), "path": .string(path), "value": value], to: &user)
                #expect(try Filter(parsing: filter).matches(user, type: .user), "\(path)")
            }
            for operation: Object in [
                ["op": "replace", "path": .string(path), "value": ""],
                ["op": "replace", "path": .string(path), "value": .null],
                ["op": "remove", "path": .string(path)],
            ] {
                var copy = user
                try Self.apply(operation, to: &copy)
                #expect(try !Filter(parsing: filter).matches(copy, type: .user), "\(path) \(text(operation))")
            }
        }
    }

    private static func apply(_ operation: Object, to user: inout Resource) throws {
        try PatchRequest(["Operations": [.object(operation)]], type: .user).apply(to: &user)
    }

    @Test func `the published rules are those of the facts`() {
        let user = Schema.user
        #expect(user.attribute(named: "userName")?.isRequired == true)
        #expect(user.attribute(named: "userName")?.uniqueness == .server)
        #expect(user.attribute(named: "userName")?.isCaseExact == false)
        #expect(user.attribute(named: "displayName")?.isRequired == false)
        #expect(user.attribute(named: "externalId")?.isCaseExact == true)
        #expect(user.attribute(named: "externalId")?.uniqueness == Attribute.Uniqueness.none)
        #expect(user.attribute(named: "password")?.mutability == .writeOnly)
        #expect(user.attribute(named: "password")?.returned == .never)
        #expect(user.attribute(named: "groups")?.mutability == .readOnly)
        #expect(user.attributes.count == 22)
        #expect(Schema.group.attribute(named: "members")?.isKeyedByValue == true)
        #expect(Schema.user.attributes.allSatisfy { !$0.isKeyedByValue })
    }
}
