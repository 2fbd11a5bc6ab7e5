extension ResourceType {
    /// A resource as an answer shows it: `schemas` and `id` first, then its attributes, then `meta`.
    ///
    /// `schemas` lists the extensions of which the attributes hold something. `meta.resourceType` is this type's name
    /// (RFC 7643 section 3.1), and nothing of `meta` is shown that is not known.
    public func answer(
        _ attributes: Object,
        id: String,
        location: String,
        created: String? = nil,
        lastModified: String? = nil,
        version: EntityTag? = nil
    ) -> Object {
        var meta: Object = ["resourceType": .string(name)]
        meta["created"] = created.map(Value.string)
        meta["lastModified"] = lastModified.map(Value.string)
        meta["location"] = .string(location)
        meta["version"] = version.map { .string($0.description) }
        let head = [
            Object.Member(name: "schemas", value: .array(schemas(of: attributes).map(Value.string))),
            Object.Member(name: "id", value: .string(id)),
        ]
        let body = attributes.members.filter { !["schemas", "id", "meta"].contains($0.name) && !$0.value.isUnassigned }
        return Object(distinct: head + body + [Object.Member(name: "meta", value: .object(meta))])
    }
}
