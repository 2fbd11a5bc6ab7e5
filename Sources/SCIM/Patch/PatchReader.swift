/// Turns the operations of a PATCH into steps.
struct PatchReader {
    let type: ResourceType
    let policy: Policy
    var values: ValueReader
    var steps: [PatchStep] = []
    /// How many elements of lists that are compared one by one the operations have so far.
    var elementCount = 0

    /// What an operation does (RFC 7644 section 3.5.2).
    enum Verb: String, CaseIterable {
        case add, remove, replace
    }

    init(type: ResourceType, policy: Policy) {
        self.type = type
        self.policy = policy
        values = ValueReader(policy: policy)
    }

    /// Reads a whole request.
    mutating func read(_ body: Value) throws(SCIMError) {
        guard let object = body.object else {
            throw .invalidSyntax("the request body is \(Quote.value(body)), expected an object with \"Operations\"")
        }
        try checkSchemas(object)
        guard let operations = object["Operations"]?.array, !operations.isEmpty else {
            throw .invalidSyntax("\"Operations\" must be a list with at least one operation")
        }
        guard operations.count <= policy.maximumOperations else {
            throw .payloadTooLarge(
                "the request has \(operations.count) operations, more than \(policy.maximumOperations)"
            )
        }
        for operation in operations { try read(operation: operation) }
    }

    private func checkSchemas(_ object: Object) throws(SCIMError) {
        guard policy.isStrict else { return }
        let urns = object["schemas"]?.array?.compactMap(\.string) ?? []
        guard urns.contains(where: { CaseInsensitive.equal($0, PatchRequest.schema) }) else {
            throw .invalidSyntax("\"schemas\" must list \"\(PatchRequest.schema)\"")
        }
    }

    private mutating func read(operation: Value) throws(SCIMError) {
        guard let object = operation.object else {
            throw .invalidSyntax("an operation is \(Quote.value(operation)), expected an object")
        }
        let verb = try verb(object["op"])
        guard let path = try path(object["path"]) else { return try readWithoutPath(verb, object["value"]) }
        let parsed = try AttributePath(parsing: path, policy: policy)
        let place = Place(verb: verb, path: path, isExplicit: true)
        switch type.resolve(parsed.fullName, policy: policy) {
        case .attribute(let target):
            try read(object["value"], for: target, parsed.filter, at: place)
        case .schema(let schema) where parsed.filter == nil:
            try read(object["value"], for: schema, at: place)
        case .unknownPart(let attribute):
            throw .invalidPath("\(attribute.name) has no part of the name in path \(Quote.text(path))")
        case .schema, .unknown:
            throw .invalidPath("a \(type.name) has no attribute for path \(Quote.text(path))")
        }
    }

    /// Entra writes operators with a capital letter; the letter of the RFC has them in lower case.
    private func verb(_ value: Value?) throws(SCIMError) -> Verb {
        guard let text = value?.string else { throw .invalidSyntax("an operation has no \"op\"") }
        let verb = Verb.allCases.first {
            policy.isStrict ? $0.rawValue == text : CaseInsensitive.equal($0.rawValue, text)
        }
        guard let verb else {
            throw .invalidSyntax("op \(Quote.text(text)) is not one of \"add\", \"remove\" and \"replace\"")
        }
        return verb
    }

    private func path(_ value: Value?) throws(SCIMError) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let path)?: return path.isEmpty ? nil : path
        case let other?: throw .invalidPath("path is \(Quote.value(other)), expected a string")
        }
    }
}

extension PatchReader {
    /// Where a value stands in the request.
    struct Place {
        var verb: Verb
        var path: String
        /// Whether it is an operation's own path, not a key of a value without one.
        var isExplicit: Bool

        var valuePath: ValuePath { ValuePath(path) }

        func key(_ path: String) -> Place { Place(verb: verb, path: path, isExplicit: false) }
    }

    private mutating func readWithoutPath(_ verb: Verb, _ value: Value?) throws(SCIMError) {
        guard verb != .remove else { throw .noTarget("a \"remove\" needs a path; nothing was removed") }
        guard !policy.isStrict else { throw .invalidSyntax("an \"\(verb.rawValue)\" without a path is not allowed") }
        guard let object = value?.object else {
            throw .invalidValue("an \"\(verb.rawValue)\" without a path needs an object with attributes as its value")
        }
        let place = Place(verb: verb, path: "", isExplicit: false)
        for member in object.members { try read(key: member, at: place.key(member.name)) }
    }

    /// A key may be a path itself: `name.givenName`, `urn:…:User:department`, `emails[type eq "work"].value`.
    private mutating func read(key: Object.Member, at place: Place) throws(SCIMError) {
        let parsed: AttributePath
        do {
            parsed = try AttributePath(parsing: key.name, policy: policy)
        } catch {
            if key.name.utf8.contains(UInt8(ascii: "[")) { throw error }
            return try values.note(key.name)
        }
        switch type.resolve(parsed.fullName, policy: policy) {
        case .attribute(let target):
            try read(key.value, for: target, parsed.filter, at: place)
        case .schema(let schema) where parsed.filter == nil:
            try read(key.value, for: schema, at: place)
        case .unknownPart(let attribute) where attribute.isKeyedByValue:
            throw .invalidPath("\(attribute.name) has no part of the name in \(Quote.text(key.name))")
        case .schema, .unknownPart, .unknown:
            try values.note(key.name)
        }
    }

    /// A whole extension, named by its URN.
    private mutating func read(_ value: Value?, for schema: Schema, at place: Place) throws(SCIMError) {
        if place.verb == .remove || value?.isNothing == true {
            for attribute in schema.attributes where attribute.isWritable {
                try read(nil, for: ResolvedAttribute(schema, attribute, in: type), nil, at: place.removing)
            }
            return
        }
        guard let object = value?.object else {
            throw .invalidValue("\(Quote.text(place.path)) needs an object with attributes as its value")
        }
        for attribute in schema.attributes where attribute.isWritable {
            let target = ResolvedAttribute(schema, attribute, in: type)
            if let given = object[attribute.name] {
                try read(given, for: target, nil, at: place.key(target.path))
            } else if place.verb == .replace, policy.replaceDropsUnnamedParts, !attribute.isRequired {
                try read(nil, for: target, nil, at: place.removing)
            }
        }
        // scim2-models sends `schemas` inside of extensions, too.
        for member in object.members
        where !schema.hasAttribute(named: member.name) && !CaseInsensitive.equal(member.name, "schemas") {
            try values.note("\(schema.id):\(member.name)")
        }
    }
}

extension PatchReader.Place {
    /// The same place, where something is taken away.
    fileprivate var removing: Self { Self(verb: .remove, path: path, isExplicit: isExplicit) }
}

extension AttributePath {
    /// The name with the sub-attribute after the brackets.
    var fullName: String { subAttribute.map { "\(name).\($0)" } ?? name }
}
