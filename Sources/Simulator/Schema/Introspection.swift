internal import SCIM

/// What a schema says about itself (GraphQL specification, section 4).
struct Introspection: Sendable {
    let schema: Schema

    init(_ schema: Schema) { self.schema = schema }

    /// The types of introspection, which every schema has.
    static let sdl = """
        type __Schema {
          description: String
          types: [__Type!]!
          queryType: __Type!
          mutationType: __Type
          subscriptionType: __Type
          directives: [__Directive!]!
        }

        type __Type {
          kind: __TypeKind!
          name: String
          description: String
          specifiedByURL: String
          fields(includeDeprecated: Boolean = false): [__Field!]
          interfaces: [__Type!]
          possibleTypes: [__Type!]
          enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
          inputFields(includeDeprecated: Boolean = false): [__InputValue!]
          ofType: __Type
        }

        type __Field {
          name: String!
          description: String
          args(includeDeprecated: Boolean = false): [__InputValue!]!
          type: __Type!
          isDeprecated: Boolean!
          deprecationReason: String
        }

        type __InputValue {
          name: String!
          description: String
          type: __Type!
          defaultValue: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        type __EnumValue {
          name: String!
          description: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }

        type __Directive {
          name: String!
          description: String
          isRepeatable: Boolean!
          locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean = false): [__InputValue!]!
        }

        enum __DirectiveLocation { FIELD FRAGMENT_SPREAD INLINE_FRAGMENT }

        """
}

extension Introspection {
    /// The value of `__schema`.
    var root: Node {
        Node("__Schema") { field in
            switch field {
            case "description", "subscriptionType": .null
            case "types": .nodes(schema.order.compactMap { type($0) })
            case "queryType": .node(type(schema.query))
            case "mutationType": .node(type(schema.mutation))
            case "directives": .nodes(["include", "skip"].map(directive))
            default: nil
            }
        }
    }

    /// The type of a name.
    func type(_ name: String) -> Node? { schema[name].map(node) }

    private func node(_ type: TypeDefinition) -> Node {
        Node("__Type") { field in
            switch field {
            case "kind": .text(Self.kind(of: type))
            case "name": .text(type.name)
            case "fields": type.hasFields ? .nodes(type.fields.elements.map(self.field)) : .null
            case "interfaces": interfaces(of: type)
            case "possibleTypes": possibleTypes(of: type)
            case "enumValues": enumValues(of: type)
            case "inputFields": type.inputs.map { .nodes($0.elements.map(inputValue)) } ?? .null
            case "description", "specifiedByURL", "ofType": .null
            default: nil
            }
        }
    }

    private static func kind(of type: TypeDefinition) -> String {
        switch type.kind {
        case .scalar: "SCALAR"
        case .object: "OBJECT"
        case .interface: "INTERFACE"
        case .union: "UNION"
        case .enumeration: "ENUM"
        case .input: "INPUT_OBJECT"
        }
    }

    private func interfaces(of type: TypeDefinition) -> Resolved {
        switch type.kind {
        case .object(_, let interfaces): .nodes(interfaces.compactMap { self.type($0) })
        case .interface: .list([])
        default: .null
        }
    }

    private func possibleTypes(of type: TypeDefinition) -> Resolved {
        switch type.kind {
        case .interface, .union: .nodes(schema.possibleTypes(type.name).sorted().compactMap { self.type($0) })
        default: .null
        }
    }

    private func enumValues(of type: TypeDefinition) -> Resolved {
        guard case .enumeration(let values) = type.kind else { return .null }
        return .nodes(values.map { value in Node("__EnumValue") { Self.common(value, $0) } })
    }
}

extension Introspection {
    /// The fields that everything with a name has; nothing of this schema is deprecated or described.
    private static func common(_ name: String, _ field: String) -> Resolved? {
        switch field {
        case "name": .text(name)
        case "description", "deprecationReason": .null
        case "isDeprecated": .bool(false)
        default: nil
        }
    }

    private func field(_ definition: FieldDefinition) -> Node {
        Node("__Field") { field in
            switch field {
            case "args": .nodes(definition.arguments.elements.map(inputValue))
            case "type": .node(reference(definition.type))
            default: Self.common(definition.name, field)
            }
        }
    }

    private func inputValue(_ definition: InputDefinition) -> Node {
        Node("__InputValue") { field in
            switch field {
            case "type": .node(reference(definition.type))
            case "defaultValue": .text(definition.defaultValue.map { "\($0)" })
            default: Self.common(definition.name, field)
            }
        }
    }

    private func reference(_ type: TypeReference) -> Node? {
        switch type {
        case .named(let name): self.type(name)
        case .list(let element): wrapper("LIST", element)
        case .nonNull(let inner): wrapper("NON_NULL", inner)
        }
    }

    private func wrapper(_ kind: String, _ inner: TypeReference) -> Node {
        Node("__Type") { field in
            switch field {
            case "kind": .text(kind)
            case "ofType": .node(reference(inner))
            case "name", "description", "specifiedByURL", "fields", "interfaces", "possibleTypes", "enumValues",
                "inputFields":
                .null
            default: nil
            }
        }
    }

    private func directive(_ name: String) -> Node {
        Node("__Directive") { field in
            switch field {
            case "isRepeatable": .bool(false)
            case "locations": .texts(["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"])
            case "args":
                .nodes((BuiltInTypes.arguments(ofDirective: name)?.elements ?? []).map(inputValue))
            default: Self.common(name, field)
            }
        }
    }
}

extension TypeDefinition {
    /// Whether it has a list of fields, which a union has not.
    fileprivate var hasFields: Bool {
        switch kind {
        case .object, .interface: true
        default: false
        }
    }
}
