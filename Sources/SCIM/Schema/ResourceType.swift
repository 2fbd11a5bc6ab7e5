/// A kind of resource: where it stands and which schemas describe it (RFC 7643 section 6).
///
/// A class for the reason that ``Attribute`` is one: every request hands it on many times.
public final class ResourceType: Sendable {
    /// The name, which `meta.resourceType` says, and the id.
    public let name: String
    /// The path below the base URL, such as `/Users`.
    public let endpoint: String
    /// What such a resource is.
    public let description: String
    /// The core schema.
    public let schema: Schema
    /// The schemas whose attributes stand under their URN; none of them is required.
    public let extensions: [Schema]
    /// The core schema, then the extensions.
    public let schemas: [Schema]

    /// Joins a name, a place and schemas.
    public init(name: String, endpoint: String, description: String, schema: Schema, extensions: [Schema] = []) {
        self.name = name
        self.endpoint = endpoint
        self.description = description
        self.schema = schema
        self.extensions = extensions
        schemas = [schema] + extensions
    }

    /// Users with the enterprise extension.
    public static let user = ResourceType(
        name: "User",
        endpoint: "/Users",
        description: "User Account",
        schema: .user,
        extensions: [.enterpriseUser]
    )

    /// Groups.
    public static let group = ResourceType(name: "Group", endpoint: "/Groups", description: "Group", schema: .group)
}

extension ResourceType: Hashable {
    /// Types that say the same are the same.
    public static func == (left: ResourceType, right: ResourceType) -> Bool {
        left === right
            || left.name == right.name && left.endpoint == right.endpoint && left.description == right.description
                && left.schemas == right.schemas
    }

    /// By the name, which tells almost all types apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ResourceType {
    /// The schema under a URN, whatever its letter case; known misspellings are taken for what they mean.
    public func schema(named urn: String) -> Schema? {
        if let schema = schemas.first(where: { CaseInsensitive.equal($0.id, urn) }) { return schema }
        let meant = Schema.misspelt.first { CaseInsensitive.equal($0.key, urn) }?.value
        return schemas.first { $0.id == meant }
    }

    /// The `schemas` of a resource: the core one and each extension that the object holds something of.
    public func schemas(of object: Object) -> [String] {
        [schema.id] + extensions.map(\.id).filter { object[$0]?.isUnassigned == false }
    }

    /// The type as `/ResourceTypes` shows it; `base` is the URL of the endpoint, without a slash at its end.
    public func representation(base: String) -> Object {
        var object: Object = [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": .string(name),
            "name": .string(name),
            "endpoint": .string(endpoint),
            "description": .string(description),
            "schema": .string(schema.id),
        ]
        if !extensions.isEmpty {
            object["schemaExtensions"] = .array(
                extensions.map { ["schema": .string($0.id), "required": false] }
            )
        }
        object["meta"] = [
            "resourceType": "ResourceType", "location": .string("\(base)/ResourceTypes/\(name)"),
        ]
        return object
    }
}
