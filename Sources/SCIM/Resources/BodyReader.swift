/// Sorts the members of a body into the attributes of a resource type.
struct BodyReader {
    let type: ResourceType
    var resource: Resource
    var values: ValueReader

    init(type: ResourceType, policy: Policy) {
        self.type = type
        resource = Resource(type: type)
        values = ValueReader(policy: policy)
    }

    /// Reads the members of a whole body.
    mutating func read(_ body: Value) throws(SCIMError) {
        guard let object = body.object else {
            throw .invalidSyntax("the request body is \(Quote.value(body)), expected an object with a \(type.name)")
        }
        try checkSchemas(object)
        resource = Resource(try members(of: object, in: type.schema), type: type)
        try readOthers(object)
    }

    /// The members that are not the core schema's: extensions, what stands in the wrong place, what is unknown.
    private mutating func readOthers(_ object: Object) throws(SCIMError) {
        for member in object.members {
            if type.schema.hasAttribute(named: member.name) || Schema.common.hasAttribute(named: member.name) {
                continue
            }
            switch type.resolve(member.name, policy: values.policy) {
            case .schema(let schema):
                try read(member.value, as: schema, named: member.name)
            case .attribute(let target) where target.subAttribute == nil && object[target.schema.id] == nil:
                try assignMisplaced(member.value, to: target)
            case .attribute, .unknownPart, .unknown:
                try values.note(member.name)
            }
        }
    }

    /// Entra has sent the enterprise extension's attributes beside the core ones.
    private mutating func assignMisplaced(_ value: Value, to target: ResolvedAttribute) throws(SCIMError) {
        guard resource.value(of: target.attribute, in: target.schema) == nil else { return }
        try assign(value, to: target.attribute, in: target.schema)
    }

    private mutating func read(_ value: Value, as schema: Schema, named name: String) throws(SCIMError) {
        if value.isNothing { return }
        guard let object = value.object else {
            throw .invalidValue("\(Quote.text(name)) needs an object, not \(Quote.value(value))")
        }
        resource.merge(try members(of: object, in: schema), into: schema)
        // scim2-models sends `schemas` inside of extensions, too.
        for member in object.members
        where !schema.hasAttribute(named: member.name) && !CaseInsensitive.equal(member.name, "schemas") {
            try values.note("\(schema.id):\(member.name)")
        }
    }

    /// What an object says of a schema's attributes, in the schema's order.
    private mutating func members(of object: Object, in schema: Schema) throws(SCIMError) -> Object {
        var members: [Object.Member] = []
        members.reserveCapacity(object.count)
        for index in schema.attributes.indices {
            // Most are not given, and are not copied.
            guard let given = object[schema.attributes[index].name] else { continue }
            let attribute = schema.attributes[index]
            if let value = try kept(given, as: attribute) { members.append(.init(name: attribute.name, value: value)) }
        }
        return Object(distinct: members)
    }

    private mutating func assign(
        _ value: Value,
        to attribute: Attribute,
        in schema: Schema
    ) throws(SCIMError) {
        if let value = try kept(value, as: attribute) { resource.assign(value, to: attribute, in: schema) }
    }

    /// What is kept of a value; nil for nothing.
    private mutating func kept(_ value: Value, as attribute: Attribute) throws(SCIMError) -> Value? {
        guard attribute.isWritable, attribute.isKept else { return Value?.none }
        let read = try values.read(value, as: attribute, at: ValuePath(attribute.name))
        return attribute.mutability == .writeOnly ? Value?.none : read
    }

    /// A strict policy wants `schemas` with the core URN and no URN that is not known (RFC 7643 section 3).
    private func checkSchemas(_ object: Object) throws(SCIMError) {
        guard values.policy.isStrict else { return }
        let urns = object["schemas"]?.array?.compactMap(\.string) ?? []
        guard urns.contains(where: { CaseInsensitive.equal($0, type.schema.id) }) else {
            throw .invalidSyntax("\"schemas\" must list \"\(type.schema.id)\"")
        }
        let known = type.schemas.map(\.id)
        if let unknown = urns.first(where: { urn in !known.contains { CaseInsensitive.equal($0, urn) } }) {
            throw .invalidSyntax("\"schemas\" lists \(Quote.text(unknown)), which this server does not know")
        }
    }

    /// Refuses a resource without one of the attributes that it cannot be without.
    func checkRequired() throws(SCIMError) {
        for attribute in type.schema.attributes where attribute.isRequired && !attribute.hasDefault {
            if resource.value(of: attribute, in: type.schema) == nil {
                throw .invalidValue("\(attribute.name) is required and has no value")
            }
        }
    }

    /// Takes the present values of immutable attributes over and refuses others.
    mutating func keepImmutable(of current: some Record) throws(SCIMError) {
        for schema in type.schemas {
            for attribute in schema.attributes where attribute.mutability == .immutable {
                guard let present = current.value(of: attribute, in: schema) else { continue }
                let given = resource.value(of: attribute, in: schema)
                guard given == nil || given == present else {
                    throw .mutability("\(attribute.name) cannot change once it has a value")
                }
                resource.assign(present, to: attribute, in: schema)
            }
        }
    }
}
