/// What can be asked: the types of a GraphQL schema.
struct Schema: Sendable {
    private(set) var types: [String: TypeDefinition]
    /// The names of the types in the order in which they are written.
    let order: [String]
    let query: String
    let mutation: String
    /// The object types that a value of an abstract type can be of, by its name.
    private var possible: [String: Set<String>] = [:]

    init(_ definitions: [TypeDefinition], query: String, mutation: String) {
        types = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
        order = definitions.map(\.name)
        self.query = query
        self.mutation = mutation
        for definition in definitions {
            switch definition.kind {
            case .object(_, let interfaces):
                possible[definition.name, default: []].insert(definition.name)
                for interface in interfaces { possible[interface, default: []].insert(definition.name) }
            case .union(let members): possible[definition.name] = Set(members)
            default: break
            }
        }
    }
}

extension Schema {
    subscript(name: String) -> TypeDefinition? { types[name] }

    /// The object types that a value of a type can be of.
    func possibleTypes(_ name: String) -> Set<String> { possible[name] ?? [] }

    /// The root type of an operation.
    func root(of kind: Operation.Kind) -> TypeDefinition? {
        switch kind {
        case .query: types[query]
        case .mutation: types[mutation]
        case .subscription: nil
        }
    }

    /// The field of a type; every composite type has `__typename`, and the query root has introspection.
    func field(_ name: String, of type: TypeDefinition) -> FieldDefinition? {
        if name == "__typename", type.isComposite { return .typeName }
        if type.name == query {
            if name == "__schema" { return .schema }
            if name == "__type" { return .type }
        }
        return type.fields[name]
    }

    /// A variant in which some types are otherwise.
    func changing(_ names: [String], _ change: (inout TypeDefinition) -> Void) -> Schema {
        var copy = self
        for name in names {
            guard var definition = copy.types[name] else { continue }
            change(&definition)
            copy.types[name] = definition
        }
        return copy
    }
}
