/// The shapes that recur in the schemas of RFC 7643 section 8.7.
extension Attribute {
    /// `externalId`: a common attribute (RFC 7643 section 3.1), which Microsoft's validator wants published.
    static let externalID = Attribute(
        "externalId",
        isCaseExact: true,
        description: "An identifier for the resource as defined by the provisioning client."
    )

    /// A list of values with what they are for (RFC 7643 section 2.4).
    static func values(
        _ name: String,
        of type: DataType = .string,
        isCaseExact: Bool = false,
        referenceTypes: [String] = [],
        types: [String] = [],
        description: String
    ) -> Attribute {
        let value = Attribute(
            "value",
            type,
            isCaseExact: isCaseExact,
            referenceTypes: referenceTypes,
            description: "The value itself."
        )
        let display = Attribute("display", description: "A human-readable name, primarily used for display.")
        return Attribute(
            name,
            .complex,
            isMultiValued: true,
            subAttributes: [value, display, purpose(types), primary],
            description: description
        )
    }

    /// `type`: what a value is for.
    static func purpose(_ canonicalValues: [String]) -> Attribute {
        Attribute(
            "type",
            canonicalValues: canonicalValues,
            description: "A label indicating the attribute's function, such as \"work\" or \"home\"."
        )
    }

    /// `primary`: the preferred one of the values.
    static let primary = Attribute(
        "primary",
        .boolean,
        description: "Whether this is the preferred value; at most one value of the attribute can be."
    )

    /// `$ref`: the URL of what a value stands for, which the server makes from the id.
    static func reference(to types: [String], mutability: Attribute.Mutability = .readOnly) -> Attribute {
        Attribute(
            "$ref",
            .reference,
            isCaseExact: true,
            mutability: mutability,
            referenceTypes: types,
            description: "The URI of the corresponding resource."
        )
    }
}
