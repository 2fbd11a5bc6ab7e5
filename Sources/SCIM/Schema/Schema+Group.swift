extension Schema {
    /// The group of RFC 7643 section 4.2.
    public static let group = Schema(
        id: "urn:ietf:params:scim:schemas:core:2.0:Group",
        name: "Group",
        description: "Group",
        attributes: [
            .externalID,
            Attribute(
                "displayName",
                isRequired: true,
                uniqueness: .server,
                description: "The name of the group, unique whatever its letter case."
            ),
            Attribute(
                "members",
                .complex,
                isMultiValued: true,
                subAttributes: [
                    Attribute(
                        "value",
                        isCaseExact: true,
                        mutability: .immutable,
                        description: "The id of the member."
                    ),
                    .reference(to: ["User", "Group"], mutability: .immutable),
                    Attribute(
                        "type",
                        mutability: .immutable,
                        canonicalValues: ["User", "Group"],
                        description: "The kind of the member."
                    ),
                    Attribute("display", mutability: .readOnly, description: "The name of the member."),
                ],
                description: "The members of the group."
            ),
        ]
    )
}
