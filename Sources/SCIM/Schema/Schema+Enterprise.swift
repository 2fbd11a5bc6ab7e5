extension Schema {
    /// The enterprise extension of the user, RFC 7643 section 4.3.
    public static let enterpriseUser = Schema(
        id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        name: "EnterpriseUser",
        description: "Enterprise User",
        attributes: [
            Attribute("employeeNumber", description: "An identifier assigned to the person by the organization."),
            Attribute("costCenter", description: "The name of a cost center."),
            Attribute("organization", description: "The name of an organization."),
            Attribute("division", description: "The name of a division."),
            Attribute("department", description: "The name of a department."),
            Attribute(
                "manager",
                .complex,
                subAttributes: [
                    Attribute("value", isCaseExact: true, description: "The id of the user's manager."),
                    .reference(to: ["User"]),
                    Attribute("displayName", mutability: .readOnly, description: "The name of the user's manager."),
                ],
                description: "The user's manager."
            ),
        ]
    )

    /// URNs by which clients mean another: Entra has sent the enterprise extension's without its last colon.
    static let misspelt = [
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0User": enterpriseUser.id
    ]
}
