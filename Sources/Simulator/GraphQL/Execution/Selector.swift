internal import SCIM

/// Takes selection sets apart for objects of a type: which fields, under which names, with which arguments.
///
/// An answer may hold ten thousand objects of which the same is selected, so that each set is taken apart once for a type.
struct Selector {
    /// All that stands under one name of an object's answer.
    struct Group {
        let number: Int
        let responseName: String
        let field: Field
        let definition: FieldDefinition
        /// What was given; the error that the arguments amount to instead.
        let arguments: Result<Arguments, GraphQLError>
        /// What is selected of the value, once for each time that the field stands there.
        let selections: [[Selection]]
    }

    private struct Key: Hashable {
        let group: Int
        let type: String
    }

    let schema: Schema
    let fragments: [String: Fragment]
    let variables: [String: Value]
    private var known: [Key: [Group]] = [:]
    /// The number of the next group; 0 is the operation itself.
    private var next = 1

    init(schema: Schema, document: Document, variables: [String: Value]) {
        self.schema = schema
        fragments = Dictionary(document.fragments.map { ($0.name, $0) }) { first, _ in first }
        self.variables = variables
    }

    /// The fields that a group's selections ask of an object of a type.
    mutating func groups(of group: Int, _ selections: [[Selection]], on type: TypeDefinition) -> [Group] {
        let key = Key(group: group, type: type.name)
        if let groups = known[key] { return groups }
        var order: [String] = []
        var fields: [String: [Field]] = [:]
        var spread: Set<String> = []
        for set in selections { collect(set, on: type.name, &order, &fields, &spread) }
        let groups = order.compactMap { name in self.group(name, fields[name] ?? [], on: type) }
        known[key] = groups
        return groups
    }

    private mutating func group(_ name: String, _ fields: [Field], on type: TypeDefinition) -> Group? {
        guard let first = fields.first, let definition = schema.field(first.name, of: type) else { return nil }
        defer { next += 1 }
        let coercion = InputCoercion(schema: schema)
        let arguments = Result { () throws(GraphQLError) in
            try coercion.arguments(first.arguments, for: definition.arguments, variables)
        }
        return Group(
            number: next,
            responseName: name,
            field: first,
            definition: definition,
            arguments: arguments,
            selections: fields.compactMap(\.selections)
        )
    }

    private func collect(
        _ selections: [Selection],
        on type: String,
        _ order: inout [String],
        _ fields: inout [String: [Field]],
        _ spread: inout Set<String>
    ) {
        for selection in selections {
            switch selection {
            case .field(let field):
                guard isWanted(field.directives) else { continue }
                if fields[field.responseName] == nil { order.append(field.responseName) }
                fields[field.responseName, default: []].append(field)
            case .inline(let inline):
                guard isWanted(inline.directives), isMet(inline.type?.name, by: type) else { continue }
                collect(inline.selections, on: type, &order, &fields, &spread)
            case .spread(let use):
                guard isWanted(use.directives), let fragment = fragments[use.name],
                    isMet(fragment.type.name, by: type), spread.insert(use.name).inserted
                else { continue }
                collect(fragment.selections, on: type, &order, &fields, &spread)
            }
        }
    }

    private func isMet(_ condition: String?, by type: String) -> Bool {
        condition.map { schema.possibleTypes($0).contains(type) } ?? true
    }

    private func isWanted(_ directives: [Directive]) -> Bool {
        directives.allSatisfy { directive in
            let coercion = InputCoercion(schema: schema)
            let literal = directive.arguments.first { $0.name == "if" }?.value
            let value = literal.flatMap { coercion.value(of: $0, as: nil, variables)?.bool } ?? false
            return directive.name == "skip" ? !value : value
        }
    }
}
