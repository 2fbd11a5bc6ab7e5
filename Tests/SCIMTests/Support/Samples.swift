import SCIM

/// A user with something of everything.
func sampleUser() throws -> Resource {
    let object = try ResourceReader.read(
        json(
            #"""
            {"externalId":"Ext-1","userName":"Ada@Example.com","displayName":"Ada \"the\" Countess","active":true,
             "name":{"familyName":"Lovelace","givenName":"Ada"},"title":"Straße",
             "emails":[{"type":"work","value":"ada@example.com","primary":true},{"type":"home","value":"ada@home.org"}],
             "addresses":[{"type":"work","streetAddress":"1 Main St","locality":"London"}],
             "roles":[{"value":"admin"},{"value":"7"}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                {"employeeNumber":"007","department":"Engines","manager":{"value":"boss"}}}
            """#
        ),
        as: .user
    )
    let whole = ResourceType.user.answer(
        object,
        id: "8f14",
        location: "https://x/Users/8f14",
        created: "2026-01-01T00:00:00Z",
        lastModified: "2026-11-23T16:47:00.5Z",
        version: EntityTag("v1")
    )
    return Resource(whole, type: .user)
}
