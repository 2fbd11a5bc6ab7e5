extension Schema {
    /// The core user, all of RFC 7643 section 4.1.
    public static let user = Schema(
        id: "urn:ietf:params:scim:schemas:core:2.0:User",
        name: "User",
        description: "User Account",
        attributes: userNames + userDetails + userLists + userRights
    )

    private static let userNames = [
        .externalID,
        Attribute(
            "userName",
            isRequired: true,
            uniqueness: .server,
            description: "The name by which the identity provider knows the user, unique whatever its letter case."
        ),
        Attribute(
            "name",
            .complex,
            subAttributes: [
                Attribute("formatted", description: "The full name, formatted for display."),
                Attribute("familyName", description: "The family name, or last name."),
                Attribute("givenName", description: "The given name, or first name."),
                Attribute("middleName", description: "The middle names."),
                Attribute("honorificPrefix", description: "The honorific prefixes, or titles, such as \"Ms.\"."),
                Attribute("honorificSuffix", description: "The honorific suffixes, such as \"III\"."),
            ],
            description: "The components of the user's name."
        ),
        Attribute("displayName", description: "The name of the user, suitable for display to people."),
        Attribute("nickName", description: "The casual way to address the user."),
    ]

    private static let userDetails = [
        Attribute(
            "profileUrl",
            .reference,
            isCaseExact: true,
            referenceTypes: ["external"],
            description: "The URL of a page about the user."
        ),
        Attribute("title", description: "The user's title, such as \"Vice President\"."),
        Attribute("userType", description: "The relationship between the organization and the user."),
        Attribute("preferredLanguage", description: "The user's preferred language, such as \"en-US\"."),
        Attribute("locale", description: "The user's default location for localizing, such as \"en-US\"."),
        Attribute("timezone", description: "The user's time zone, such as \"America/Los_Angeles\"."),
        // Taking it away would bring somebody back who was disabled.
        Attribute(
            "active",
            .boolean,
            isRequired: true,
            hasDefault: true,
            description: "Whether the user may use the service; true for a new user where nothing is said."
        ),
        Attribute(
            "password",
            isCaseExact: true,
            mutability: .writeOnly,
            returned: .never,
            description: "The user's password: taken and dropped, never stored and never returned."
        ),
    ]

    private static let userLists: [Attribute] = [
        .values("emails", types: ["work", "home", "other"], description: "Email addresses for the user."),
        .values(
            "phoneNumbers",
            types: ["work", "home", "mobile", "fax", "pager", "other"],
            description: "Phone numbers for the user."
        ),
        .values(
            "ims",
            types: ["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"],
            description: "Instant messaging addresses for the user."
        ),
        .values(
            "photos",
            of: .reference,
            isCaseExact: true,
            referenceTypes: ["external"],
            types: ["photo", "thumbnail"],
            description: "URLs of photos of the user."
        ),
        Attribute(
            "addresses",
            .complex,
            isMultiValued: true,
            subAttributes: [
                Attribute("formatted", description: "The full mailing address, formatted for display."),
                Attribute("streetAddress", description: "The full street address."),
                Attribute("locality", description: "The city or locality."),
                Attribute("region", description: "The state or region."),
                Attribute("postalCode", description: "The zip code or postal code."),
                Attribute("country", description: "The country name."),
                .purpose(["work", "home", "other"]), .primary,
            ],
            description: "Physical mailing addresses for the user."
        ),
    ]

    private static let userRights: [Attribute] = [
        .userGroups,
        .values("entitlements", description: "Entitlements for the user that represent a thing the user has."),
        .values("roles", description: "Roles for the user that collectively represent who the user is."),
        .values(
            "x509Certificates",
            of: .binary,
            isCaseExact: true,
            description: "Certificates issued to the user, DER in base64."
        ),
    ]
}

extension Attribute {
    /// The groups that a user is in, which only the groups themselves can change.
    fileprivate static let userGroups = Attribute(
        "groups",
        .complex,
        isMultiValued: true,
        mutability: .readOnly,
        subAttributes: [
            Attribute("value", isCaseExact: true, mutability: .readOnly, description: "The id of the group."),
            .reference(to: ["Group"]),
            Attribute("display", mutability: .readOnly, description: "The name of the group."),
            Attribute(
                "type",
                mutability: .readOnly,
                canonicalValues: ["direct", "indirect"],
                description: "Whether the membership is the user's own or comes through a group."
            ),
        ],
        description: "The groups to which the user belongs, changed by changing the groups."
    )
}
