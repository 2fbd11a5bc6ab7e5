/// A kind of resource: where it stands and which schemas describe it (RFC 7643 section 6).
public struct ResourceType: Hashable, Sendable {
    /// The name, which `meta.resourceType` says, and the id.
    public var name: String
    /// The path below the base URL, such as `/Users`.
    public var endpoint: String
    /// What such a resource is.
    public var description: String
    /// The core schema.
    public var schema: Schema
    /// The schemas whose attributes stand under their URN; none of them is required.
    public var extensions: [Schema]

    /// Joins a name, a place and schemas.
    public init(name: String, endpoint: String, description: String, schema: Schema, extensions: [Schema] = []) {
        self.name = name
        self.endpoint = endpoint
        self.description = description
        self.schema = schema
        self.extensions = extensions
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

extension ResourceType {
    /// The core schema, then the extensions.
    public var schemas: [Schema] { [schema] + extensions }

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
