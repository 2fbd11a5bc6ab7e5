internal import SCIM

/// Runs an operation: asks for each field that is selected, and puts the values together as the specification says
/// (section 6), with null up to the nearest place that may be null where a value could not be had.
struct Executor {
    private let schema: Schema
    private var selector: Selector
    private(set) var errors: [GraphQLError] = []
    /// Whether a `PythonError` is part of the answer, which makes its status 500.
    private(set) var hasPythonError = false

    init(schema: Schema, document: Document, variables: [String: Value]) {
        self.schema = schema
        selector = Selector(schema: schema, document: document, variables: variables)
    }

    /// The `data` of the answer.
    mutating func run(_ operation: Operation, from root: inout some Root) -> Value {
        guard let type = schema.root(of: operation.kind) else { return .null }
        var members: [Object.Member] = []
        for group in selector.groups(of: 0, [operation.selections], on: type) {
            let path = [GraphQLError.PathElement.name(group.responseName)]
            let value = value(of: group, path) { (field, arguments) throws(GraphQLError) in
                if field == "__typename" { return .text(type.name) }
                return try root.resolve(field, arguments)
            }
            guard let value else { return .null }
            members.append(Object.Member(name: group.responseName, value: value))
        }
        return .object(Object(distinct: members))
    }

    /// The value of a field; nil when it must not be null and is, which is reported then.
    private mutating func value(
        of group: Selector.Group,
        _ path: [GraphQLError.PathElement],
        _ resolve: (String, Arguments) throws(GraphQLError) -> Resolved?
    ) -> Value? {
        do throws(GraphQLError) {
            guard let resolved = try resolve(group.definition.name, group.arguments.get()) else {
                let message = "the simulator does not know field \"\(group.definition.name)\""
                throw GraphQLError(message, isServerFault: true)
            }
            return complete(resolved, as: group.definition.type, group, path)
        } catch {
            var error = error
            if error.locations.isEmpty { error.locations = [group.field.location] }
            error.path = path
            errors.append(error)
            return group.definition.type.isNonNull ? nil : .null
        }
    }

    private mutating func complete(
        _ resolved: Resolved,
        as type: TypeReference,
        _ group: Selector.Group,
        _ path: [GraphQLError.PathElement]
    ) -> Value? {
        switch resolved {
        case .null:
            guard type.isNonNull else { return .null }
            let message = "Cannot return null for non-nullable field \(group.definition.name)."
            var error = GraphQLError(message, at: group.field.location, isServerFault: true)
            error.path = path
            errors.append(error)
            return nil
        case .leaf(let value): return value
        case .list(let elements): return list(elements, as: type, group, path)
        case .node(let node): return object(node, group, path) ?? (type.isNonNull ? nil : .null)
        }
    }

    private mutating func list(
        _ elements: [Resolved],
        as type: TypeReference,
        _ group: Selector.Group,
        _ path: [GraphQLError.PathElement]
    ) -> Value? {
        let element = type.element ?? type
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for (index, resolved) in elements.enumerated() {
            guard let value = complete(resolved, as: element, group, path + [.index(index)]) else {
                return type.isNonNull ? nil : .null
            }
            values.append(value)
        }
        return .array(values)
    }

    private mutating func object(
        _ node: Node,
        _ group: Selector.Group,
        _ path: [GraphQLError.PathElement]
    ) -> Value? {
        guard let type = schema[node.type] else { return nil }
        if node.type == "PythonError" { hasPythonError = true }
        var members: [Object.Member] = []
        let groups = selector.groups(of: group.number, group.selections, on: type)
        members.reserveCapacity(groups.count)
        for inner in groups {
            let value = value(of: inner, path + [.name(inner.responseName)]) {
                (field, arguments) throws(GraphQLError) in
                field == "__typename" ? .text(node.type) : try node.field(field, arguments)
            }
            guard let value else { return nil }
            members.append(Object.Member(name: inner.responseName, value: value))
        }
        return .object(Object(distinct: members))
    }
}
