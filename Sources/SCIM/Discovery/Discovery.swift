/// The lists and single documents of `/ResourceTypes` and `/Schemas` (RFC 7644 section 4).
public struct Discovery: Hashable, Sendable {
    /// The types that the server keeps.
    public var types: [ResourceType]

    /// Discovery of some types.
    public init(types: [ResourceType] = [.user, .group]) { self.types = types }

    /// Each schema once, in the order of the types.
    public var schemas: [Schema] {
        types.flatMap(\.schemas).reduce(into: []) { schemas, schema in
            if !schemas.contains(where: { $0.id == schema.id }) { schemas.append(schema) }
        }
    }

    /// The document of `/ResourceTypes`; `base` is the URL of the endpoint, without a slash at its end.
    public func resourceTypes(base: String) -> Object {
        list(types.map { $0.representation(base: base) })
    }

    /// The document of `/ResourceTypes/{name}`; 404 for an unknown name.
    public func resourceType(named name: String, base: String) throws(SCIMError) -> Object {
        guard let type = types.first(where: { $0.name == name }) else {
            throw .notFound("there is no resource type \(Quote.text(name))")
        }
        return type.representation(base: base)
    }

    /// The document of `/Schemas`.
    public func schemas(base: String) -> Object {
        list(schemas.map { $0.representation(base: base) })
    }

    /// The document of `/Schemas/{urn}`; 404 for an unknown URN.
    public func schema(named urn: String, base: String) throws(SCIMError) -> Object {
        guard let schema = schemas.first(where: { CaseInsensitive.equal($0.id, urn) }) else {
            throw .notFound("there is no schema \(Quote.text(urn))")
        }
        return schema.representation(base: base)
    }

    private func list(_ resources: [Object]) -> Object {
        ListResponse.body(resources: resources, totalResults: resources.count, startIndex: 1)
    }
}
