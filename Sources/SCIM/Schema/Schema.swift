/// The attributes that stand under one URN (RFC 7643 section 7).
///
/// A class for the reason that ``Attribute`` is one.
public final class Schema: Sendable {
    /// The URN.
    public let id: String
    /// The name for people.
    public let name: String
    /// What it describes.
    public let description: String
    /// Its attributes; their order is the order of members in every resource.
    public let attributes: [Attribute]

    /// Joins a URN and the attributes that stand under it.
    public init(id: String, name: String, description: String, attributes: [Attribute]) {
        self.id = id
        self.name = name
        self.description = description
        self.attributes = attributes
    }

    /// The schema with other attributes.
    private func with(_ attributes: [Attribute]) -> Schema {
        Schema(id: id, name: name, description: description, attributes: attributes)
    }

    /// The attribute under a name, whatever its letter case.
    public func attribute(named name: String) -> Attribute? { index(of: name).map { attributes[$0] } }

    /// Whether there is an attribute under a name, whatever its letter case.
    func hasAttribute(named name: String) -> Bool { index(of: name) != nil }

    /// The place of an attribute, by the names alone: schemas are shared by all requests, and whoever copies an
    /// attribute changes the counts of its parts, which processors that read bodies at once would fight for.
    func index(of name: String) -> Int? {
        attributes.indices.first { CaseInsensitive.equal(attributes[$0].name, name) }
    }

    /// The schema with some of its attributes only, for a server that does not keep all of them; required ones stay.
    public func limited(to names: [String]) -> Schema {
        with(
            attributes.filter { attribute in
                attribute.isRequired || names.contains { CaseInsensitive.equal($0, attribute.name) }
            }
        )
    }

    /// The schema with all of its attributes, of which the server keeps those that another form of it has.
    func keeping(only limited: Schema?) -> Schema {
        with(attributes.map { $0.keeping(limited?.hasAttribute(named: $0.name) ?? false) })
    }

    /// The URN of the schema that describes schemas.
    public static let schema = "urn:ietf:params:scim:schemas:core:2.0:Schema"

    /// The schema as `/Schemas` shows it; `base` is the URL of the endpoint, without a slash at its end.
    public func representation(base: String) -> Object {
        [
            "schemas": [.string(Self.schema)],
            "id": .string(id),
            "name": .string(name),
            "description": .string(description),
            "attributes": .array(attributes.map { .object($0.representation) }),
            "meta": ["resourceType": "Schema", "location": .string("\(base)/Schemas/\(id)")],
        ]
    }
}

extension Schema: Hashable {
    /// Schemas that say the same are the same.
    public static func == (left: Schema, right: Schema) -> Bool {
        left === right
            || left.id == right.id && left.name == right.name && left.description == right.description
                && left.attributes == right.attributes
    }

    /// By the URN, which tells almost all schemas apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
