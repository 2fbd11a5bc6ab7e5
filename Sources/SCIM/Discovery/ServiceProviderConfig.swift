/// What the server can do, as `/ServiceProviderConfig` says it (RFC 7643 section 5, RFC 9865 section 4).
public struct ServiceProviderConfig: Hashable, Sendable {
    /// A way to be let in.
    public struct AuthenticationScheme: Hashable, Sendable {
        /// `oauthbearertoken`, `oauth2`, `httpbasic` or another word of RFC 7643 section 5.
        public var type: String
        /// The name for people.
        public var name: String
        /// What it is.
        public var description: String
        /// The URL of its specification.
        public var specification: String

        /// Joins the words of a scheme.
        public init(type: String, name: String, description: String, specification: String) {
            self.type = type
            self.name = name
            self.description = description
            self.specification = specification
        }

        /// A bearer token (RFC 6750).
        public static let bearerToken = AuthenticationScheme(
            type: "oauthbearertoken",
            name: "OAuth Bearer Token",
            description: "Authentication by a bearer token in the Authorization header",
            specification: "https://www.rfc-editor.org/info/rfc6750"
        )
    }

    /// The limits of `/Bulk`; nil where there is none.
    public struct Bulk: Hashable, Sendable {
        /// The most operations of a request.
        public var maximumOperations: Int
        /// The most bytes of a request.
        public var maximumPayload: Int

        /// The limits that are advised.
        public init(maximumOperations: Int = 1000, maximumPayload: Int = 1_048_576) {
            self.maximumOperations = maximumOperations
            self.maximumPayload = maximumPayload
        }
    }

    /// How long lists are walked.
    public struct Pagination: Hashable, Sendable {
        /// Whether `cursor` is taken.
        public var hasCursors: Bool
        /// The size of a page where the client names none.
        public var defaultPageSize: Int
        /// The largest page.
        public var maximumPageSize: Int
        /// Seconds that a cursor is good for at least.
        public var cursorTimeout: Int?

        /// Pages by index, and by cursor if it is said so.
        public init(
            hasCursors: Bool = false,
            defaultPageSize: Int = 100,
            maximumPageSize: Int = 1000,
            cursorTimeout: Int? = nil
        ) {
            self.hasCursors = hasCursors
            self.defaultPageSize = defaultPageSize
            self.maximumPageSize = maximumPageSize
            self.cursorTimeout = cursorTimeout
        }
    }

    /// Where people read about the server.
    public var documentation: String?
    /// Whether PATCH is offered.
    public var hasPatch = true
    /// The limits of `/Bulk`; nil if it is not offered.
    public var bulk: Bulk?
    /// The most results of a filter.
    public var maximumResults = 1000
    /// Whether `sortBy` is taken.
    public var hasSort = true
    /// Whether versions are stated and heeded.
    public var hasETag = true
    /// How lists are walked.
    public var pagination = Pagination()
    /// Ways to be let in.
    public var authenticationSchemes: [AuthenticationScheme] = [.bearerToken]
    /// Which mode is on; the interop profile's letter is strict.
    public var policy: Policy

    /// A server in a mode.
    public init(policy: Policy = .tolerant) { self.policy = policy }
}

extension ServiceProviderConfig {
    /// The document; `base` is the URL of the endpoint, without a slash at its end.
    public func representation(base: String) -> Object {
        var object: Object = ["schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"]]
        object["documentationUri"] = documentation.map(Value.string)
        object["patch"] = ["supported": .bool(hasPatch)]
        object["bulk"] = [
            "supported": .bool(bulk != nil),
            "maxOperations": .integer(bulk?.maximumOperations ?? 0),
            "maxPayloadSize": .integer(bulk?.maximumPayload ?? 0),
        ]
        object["filter"] = ["supported": true, "maxResults": .integer(maximumResults)]
        object["changePassword"] = ["supported": false]
        object["sort"] = ["supported": .bool(hasSort)]
        object["etag"] = ["supported": .bool(hasETag)]
        object["pagination"] = .object(pagination.representation)
        // Said only where it is true: readers that hold the document against RFC 7643 refuse members that are not in it.
        if policy.isStrict { object["interopProfileConformant"] = true }
        object["authenticationSchemes"] = .array(
            authenticationSchemes.enumerated().map { .object($1.representation(isPrimary: $0 == 0)) }
        )
        object["meta"] = [
            "resourceType": "ServiceProviderConfig", "location": .string("\(base)/ServiceProviderConfig"),
        ]
        return object
    }
}

extension ServiceProviderConfig.Pagination {
    fileprivate var representation: Object {
        var object: Object = [
            "cursor": .bool(hasCursors), "index": true, "defaultPaginationMethod": "index",
            "defaultPageSize": .integer(defaultPageSize), "maxPageSize": .integer(maximumPageSize),
        ]
        object["cursorTimeout"] = hasCursors ? cursorTimeout.map(Value.integer) : nil
        return object
    }
}

extension ServiceProviderConfig.AuthenticationScheme {
    fileprivate func representation(isPrimary: Bool) -> Object {
        [
            "type": .string(type), "name": .string(name), "description": .string(description),
            "specUri": .string(specification), "primary": .bool(isPrimary),
        ]
    }
}
