import SCIM

extension ResourceType {
    /// Users with another attribute in the place of the one of its name.
    static func user(with attribute: Attribute) -> ResourceType {
        let schema = Schema.user
        let attributes = schema.attributes.map { $0.name == attribute.name ? attribute : $0 }
        return ResourceType(
            name: user.name,
            endpoint: user.endpoint,
            description: user.description,
            schema: Schema(id: schema.id, name: schema.name, description: schema.description, attributes: attributes),
            extensions: user.extensions
        )
    }
}
