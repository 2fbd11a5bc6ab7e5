/// An attribute, or a part of one, that a resource type has.
public struct ResolvedAttribute: Hashable, Sendable {
    /// The schema under which a record is asked for it: the core one or an extension.
    public var schema: Schema
    /// The top-level attribute.
    public var attribute: Attribute
    /// The part of it that is meant.
    public var subAttribute: Attribute?
    /// The canonical name, such as `userName`, `emails.value` or `urn:…:User:manager.value`.
    public var path: String

    /// Names a part of a resource of some type.
    init(_ schema: Schema, _ attribute: Attribute, _ subAttribute: Attribute? = nil, in type: ResourceType) {
        self.schema = schema
        self.attribute = attribute
        self.subAttribute = subAttribute
        let urn = schema.id == type.schema.id ? "" : schema.id + ":"
        path = urn + attribute.name + (subAttribute.map { ".\($0.name)" } ?? "")
    }

    /// Names a part whose canonical name is known.
    init(schema: Schema, attribute: Attribute, part: Attribute?, path: String) {
        self.schema = schema
        self.attribute = attribute
        self.subAttribute = part
        self.path = path
    }

    /// What is compared: the part if one is meant, else the attribute.
    var leaf: Attribute { subAttribute ?? attribute }
}

/// What a name means in a resource type.
enum Resolution {
    case attribute(ResolvedAttribute)
    case schema(Schema)
    /// The attribute is known, the part of it is not.
    case unknownPart(of: Attribute)
    case unknown
}

extension ResourceType {
    /// The attribute that a client means by a name; nil if there is none.
    ///
    /// Names are found whatever their letter case, under their URN with a colon or, as old Entra clients write it,
    /// a dot after it. A tolerant policy also finds an extension's attribute without its URN.
    public func attribute(_ name: String, policy: Policy = .tolerant) -> ResolvedAttribute? {
        guard case .attribute(let attribute) = resolve(name, policy: policy) else { return nil }
        return attribute
    }

    /// What a name means here.
    func resolve(_ name: String, policy: Policy) -> Resolution {
        guard name.utf8.contains(UInt8(ascii: ":")) else {
            return resolve(local: name[...], in: policy.isStrict ? [schema] : schemas)
        }
        for schema in schemas {
            if let found = resolve(name, under: schema.id, of: schema, policy) { return found }
        }
        guard !policy.isStrict else { return .unknown }
        for urn in Schema.misspelt.keys {
            guard let schema = schema(named: urn) else { continue }
            if let found = resolve(name, under: urn, of: schema, policy) { return found }
        }
        return .unknown
    }

    /// What a name means that begins with a schema's URN; nil for one that does not.
    private func resolve(_ name: String, under urn: String, of schema: Schema, _ policy: Policy) -> Resolution? {
        guard CaseInsensitive.hasPrefix(name, urn) else { return nil }
        let rest = name.utf8.dropFirst(urn.utf8.count)
        guard let separator = rest.first else { return .schema(schema) }
        guard separator == UInt8(ascii: ":") || (separator == UInt8(ascii: ".") && !policy.isStrict) else { return nil }
        return resolve(local: Substring(rest.dropFirst()), in: [schema])
    }

    private func resolve(local name: Substring, in schemas: [Schema]) -> Resolution {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, parts.count <= 2 else { return .unknown }
        for schema in schemas {
            let common = schema.id == self.schema.id ? Schema.common.attribute(named: first) : nil
            guard let attribute = schema.attribute(named: first) ?? common else { continue }
            guard parts.count == 2 else { return .attribute(ResolvedAttribute(schema, attribute, in: self)) }
            guard let part = attribute.subAttribute(named: parts[1]) else { return .unknownPart(of: attribute) }
            return .attribute(ResolvedAttribute(schema, attribute, part, in: self))
        }
        return .unknown
    }
}
