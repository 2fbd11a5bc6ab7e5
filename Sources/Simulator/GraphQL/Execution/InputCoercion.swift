internal import SCIM

/// Turns what a client sends into values of the schema's types; the texts of errors are those of graphql-core.
struct InputCoercion {
    let schema: Schema

    /// The variables of an operation from those of a request, or what is wrong with them.
    func variables(of operation: Operation, from input: Object) -> (values: [String: Value], errors: [GraphQLError]) {
        var values: [String: Value] = [:]
        var errors: [GraphQLError] = []
        for variable in operation.variables {
            guard let given = input.members.first(where: { $0.name == variable.name })?.value else {
                if let literal = variable.defaultValue {
                    values[variable.name] = value(of: literal, as: variable.type, [:])
                } else if variable.type.isNonNull {
                    let message = "Variable '$\(variable.name)' of required type '\(variable.type)' was not provided."
                    errors.append(GraphQLError(message, at: variable.location))
                }
                continue
            }
            if given == .null, variable.type.isNonNull {
                let message = "Variable '$\(variable.name)' of non-null type '\(variable.type)' must not be null."
                errors.append(GraphQLError(message, at: variable.location))
                continue
            }
            var problems: [Problem] = []
            values[variable.name] = coerced(given, as: variable.type, path: "", &problems)
            errors += problems.map { problem in
                let place = problem.path.isEmpty ? "" : " at '\(variable.name)\(problem.path)'"
                return GraphQLError(
                    "Variable '$\(variable.name)' got invalid value \(PythonText.of(problem.value))\(place); "
                        + problem.message,
                    at: variable.location,
                    isServerFault: true
                )
            }
        }
        return (values, errors)
    }

    private struct Problem {
        var path: String
        var value: Value
        var message: String
    }

    private func coerced(
        _ value: Value,
        as type: TypeReference,
        path: String,
        _ problems: inout [Problem]
    ) -> Value {
        if case .nonNull(let inner) = type {
            guard value == .null else { return coerced(value, as: inner, path: path, &problems) }
            let message = "Expected non-nullable type '\(type)' not to be None."
            problems.append(Problem(path: path, value: value, message: message))
            return .null
        }
        if value == .null { return .null }
        if case .list(let element) = type {
            guard let elements = value.array else {
                return .array([coerced(value, as: element, path: path, &problems)])
            }
            var result: [Value] = []
            for (index, item) in elements.enumerated() {
                result.append(coerced(item, as: element, path: "\(path)[\(index)]", &problems))
            }
            return .array(result)
        }
        guard let definition = schema[type.name] else { return value }
        if let inputs = definition.inputs {
            return coerced(value, as: definition.name, inputs, path: path, &problems)
        }
        if let message = Self.problem(of: value, as: definition) {
            problems.append(Problem(path: path, value: value, message: message))
        }
        if definition.name == "ID", let integer = value.integer { return .string(String(integer)) }
        return value
    }

    private func coerced(
        _ value: Value,
        as type: String,
        _ inputs: NamedList<InputDefinition>,
        path: String,
        _ problems: inout [Problem]
    ) -> Value {
        guard let object = value.object else {
            problems.append(Problem(path: path, value: value, message: "Expected type '\(type)' to be a mapping."))
            return .null
        }
        var result = Object()
        for input in inputs.elements {
            if let given = object.members.first(where: { $0.name == input.name })?.value {
                result[input.name] = coerced(given, as: input.type, path: "\(path).\(input.name)", &problems)
            } else if let literal = input.defaultValue {
                result[input.name] = self.value(of: literal, as: input.type, [:])
            } else if input.type.isNonNull {
                let message = "Field '\(input.name)' of required type '\(input.type)' was not provided."
                problems.append(Problem(path: path, value: value, message: message))
            }
        }
        for member in object.members where inputs[member.name] == nil {
            let message = "Field '\(member.name)' is not defined by type '\(type)'."
            problems.append(Problem(path: path, value: value, message: message))
        }
        return .object(result)
    }

    private static func problem(of value: Value, as type: TypeDefinition) -> String? {
        if case .enumeration(let values) = type.kind {
            guard let name = value.string else {
                return "Enum '\(type.name)' cannot represent non-string value: \(PythonText.of(value))."
            }
            return values.contains(name) ? nil : "Value '\(name)' does not exist in '\(type.name)' enum."
        }
        let shown = PythonText.of(value)
        switch (type.name, value) {
        case ("Int", .integer(let integer)):
            return Int32(exactly: integer) == nil
                ? "Int cannot represent non 32-bit signed integer value: \(shown)" : nil
        case ("Int", .decimal(let decimal)) where Int32(exactly: decimal) != nil: return nil
        case ("Int", _): return "Int cannot represent non-integer value: \(shown)"
        case ("Float", .integer), ("Float", .decimal): return nil
        case ("Float", _): return "Float cannot represent non numeric value: \(shown)"
        case ("String", .string): return nil
        case ("String", _): return "String cannot represent a non string value: \(shown)"
        case ("Boolean", .bool): return nil
        case ("Boolean", _): return "Boolean cannot represent a non boolean value: \(shown)"
        case ("ID", .string), ("ID", .integer): return nil
        case ("ID", _): return "ID cannot represent value: \(shown)"
        default: return nil
        }
    }
}

extension InputCoercion {
    /// What arguments amount to for a field; an error when a required one got a variable without a value.
    func arguments(
        _ given: [Argument],
        for definitions: NamedList<InputDefinition>,
        _ variables: [String: Value]
    ) throws(GraphQLError) -> Arguments {
        var arguments = Arguments()
        for definition in definitions.elements {
            let literal = given.first { $0.name == definition.name }?.value
            // A variable without a value stands for nothing, so that the default counts.
            let coerced =
                literal.flatMap { value(of: $0, as: definition.type, variables) }
                ?? definition.defaultValue.flatMap { value(of: $0, as: definition.type, [:]) }
            if let literal, definition.type.isNonNull, coerced == nil || coerced == .null {
                throw Self.missing(definition, literal)
            }
            arguments.values[definition.name] = coerced
        }
        return arguments
    }

    private static func missing(_ definition: InputDefinition, _ literal: Literal) -> GraphQLError {
        guard case .variable(let name) = literal.kind else {
            return GraphQLError(
                "Argument '\(definition.name)' of non-null type '\(definition.type)' must not be null.",
                at: literal.location
            )
        }
        return GraphQLError(
            "Argument '\(definition.name)' of required type '\(definition.type)' was provided the variable "
                + "'$\(name)' which was not provided a runtime value.",
            at: literal.location
        )
    }

    /// The value of a literal; nil when it is a variable that has none.
    func value(of literal: Literal, as type: TypeReference?, _ variables: [String: Value]) -> Value? {
        switch literal.kind {
        case .variable(let name): return variables[name]
        case .null: return .null
        case .list(let elements):
            return .array(elements.map { value(of: $0, as: type?.element, variables) ?? .null })
        default:
            guard let scalar = single(literal, as: type, variables) else { return nil }
            return type?.element == nil ? scalar : .array([scalar])
        }
    }

    private func single(_ literal: Literal, as type: TypeReference?, _ variables: [String: Value]) -> Value? {
        switch literal.kind {
        case .int(let text): Int(text).map { type?.name == "ID" ? .string(text) : .integer($0) }
        case .float(let text): Double(text).map { .decimal($0) }
        case .string(let text), .enumeration(let text): .string(text)
        case .bool(let bool): .bool(bool)
        case .object(let members): object(members, as: type, variables)
        case .variable, .null, .list: nil
        }
    }

    private func object(
        _ members: [Literal.Member],
        as type: TypeReference?,
        _ variables: [String: Value]
    ) -> Value {
        let inputs = type.flatMap { schema[$0.name]?.inputs }
        var result = Object()
        for member in members {
            result[member.name] = value(of: member.value, as: inputs?[member.name]?.type, variables)
        }
        for input in inputs?.elements ?? [] where result[input.name] == nil {
            if let literal = input.defaultValue { result[input.name] = value(of: literal, as: input.type, [:]) }
        }
        return .object(result)
    }
}
