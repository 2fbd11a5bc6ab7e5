import SCIM

/// A person with something of everything, for filters and changes.
enum Sample {
    static let person = Resource(attributes, type: .user)

    /// The same as clients read it.
    static let user = Resource(
        ResourceType.user.answer(
            attributes,
            id: "8f14",
            location: "https://roster.test/Users/8f14",
            created: "2026-01-01T00:00:00Z",
            lastModified: "2026-11-23T16:47:00.5Z",
            version: EntityTag("v1")
        ),
        type: .user
    )

    /// What a PATCH may bring along.
    static let values: [Value] = ["x", ["value": "x", "type": "work"], [["value": "é: #"], ["value": "no"]]]

    private static let attributes: Object = [
        "externalId": "Ext-1", "userName": "Ada@Example.com", "active": true,
        "displayName": "Ada \"the\" Countess", "name": ["familyName": "Lovelace", "givenName": "Ada"],
        "title": "Straße",
        "emails": [
            ["type": "work", "value": "ada@example.com", "primary": true], ["type": "home", "value": "ada@home.org"],
        ],
        "addresses": [["type": "work", "streetAddress": "1 Main St", "locality": "London"]],
        "roles": [["value": "admin"], ["value": "7"]],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
            "employeeNumber": "007", "department": "Engines", "manager": ["value": "boss"],
        ],
    ]
}
