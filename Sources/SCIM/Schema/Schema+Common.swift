extension Schema {
    /// The attributes that every resource has without its schema saying so (RFC 7643 section 3.1).
    ///
    /// It is no schema that a resource could name; records are asked for these attributes in their core schema.
    public static let common = Schema(
        id: "",
        name: "Common",
        description: "Common attributes",
        attributes: [
            Attribute(
                "schemas",
                .reference,
                isMultiValued: true,
                isRequired: true,
                mutability: .readOnly,
                returned: .always,
                referenceTypes: ["uri"],
                description: "The URNs of the schemas that the resource uses."
            ),
            Attribute(
                "id",
                isRequired: true,
                isCaseExact: true,
                mutability: .readOnly,
                returned: .always,
                uniqueness: .server,
                description: "The identifier that the service gave to the resource."
            ),
            .externalID,
            Attribute(
                "meta",
                .complex,
                mutability: .readOnly,
                subAttributes: [
                    Attribute("resourceType", isCaseExact: true, mutability: .readOnly, description: "Its type."),
                    Attribute("created", .dateTime, mutability: .readOnly, description: "When it was added."),
                    Attribute("lastModified", .dateTime, mutability: .readOnly, description: "When it last changed."),
                    Attribute(
                        "location",
                        .reference,
                        isCaseExact: true,
                        mutability: .readOnly,
                        referenceTypes: ["uri"],
                        description: "The URI of the resource."
                    ),
                    Attribute("version", isCaseExact: true, mutability: .readOnly, description: "Its entity tag."),
                ],
                description: "What the service knows about the resource."
            ),
        ]
    )
}
