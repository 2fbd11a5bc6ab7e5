extension ResourceType {
    /// The type as a server shows it that does not keep all of it: with the attributes of the core schema that are
    /// named or required, and with the extensions whose URN is named, as a whole.
    public func limited(to names: [String]) -> ResourceType {
        with(
            schema.limited(to: names),
            extensions.filter { schema in names.contains { CaseInsensitive.equal($0, schema.id) } }
        )
    }

    /// The type as such a server reads requests: what the limited form lacks is known, and a value of it is dropped.
    ///
    /// Reading by the limited form itself would refuse a PATCH of what is not kept, and identity providers take a
    /// refusal for a reason to try again for ever.
    public func keeping(only limited: ResourceType) -> ResourceType {
        with(
            schema.keeping(only: limited.schema),
            extensions.map { schema in schema.keeping(only: limited.extensions.first { $0.id == schema.id }) }
        )
    }

    private func with(_ schema: Schema, _ extensions: [Schema]) -> ResourceType {
        ResourceType(name: name, endpoint: endpoint, description: description, schema: schema, extensions: extensions)
    }
}
