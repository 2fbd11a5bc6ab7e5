extension Validator {
    /// Checks the variables that an operation declares.
    mutating func checkDefinitions(of operation: Operation) {
        for (name, repeated) in Dictionary(grouping: operation.variables, by: \.name).sorted(by: { $0.key < $1.key })
        where repeated.count > 1 {
            errors.append(
                GraphQLError("There can be only one variable named '$\(name)'.", at: repeated.map(\.nameLocation))
            )
        }
        for variable in operation.variables {
            check(variable.directives, on: "variable definition")
            guard let type = schema[variable.type.name] else {
                report("Unknown type '\(variable.type.name)'.", at: variable.typeLocation)
                continue
            }
            guard type.isInput else {
                report(
                    "Variable '$\(variable.name)' cannot be non-input type '\(variable.type)'.",
                    at: variable.typeLocation
                )
                continue
            }
            if let value = variable.defaultValue { check(value, against: variable.type) }
        }
    }

    /// Checks that an operation declares what it uses, as it uses it, and uses what it declares.
    mutating func checkVariables(of operation: Operation, used: [Uses.Variable]) {
        let definitions = Dictionary(operation.variables.map { ($0.name, $0) }) { _, last in last }
        for use in used {
            guard let definition = definitions[use.name] else {
                let by = operation.name.map { " by operation '\($0)'" } ?? ""
                report("Variable '$\(use.name)' is not defined\(by).", at: use.location, operation.location)
                continue
            }
            guard let type = use.type, schema[definition.type.name] != nil,
                !allows(definition, in: type, placeHasDefault: use.placeHasDefault)
            else { continue }
            report(
                "Variable '$\(use.name)' of type '\(definition.type)' used in position expecting type '\(type)'.",
                at: definition.location,
                use.location
            )
        }
        let names = Set(used.map(\.name))
        for definition in operation.variables where !names.contains(definition.name) {
            let by = operation.name.map { " in operation '\($0)'" } ?? ""
            report("Variable '$\(definition.name)' is never used\(by).", at: definition.location)
        }
    }

    private func allows(_ variable: VariableDefinition, in place: TypeReference, placeHasDefault: Bool) -> Bool {
        guard place.isNonNull, !variable.type.isNonNull else { return Self.isSubtype(variable.type, place) }
        let hasValue = variable.defaultValue.map { $0.kind != .null } ?? false
        return (hasValue || placeHasDefault) && Self.isSubtype(variable.type, place.nullable)
    }

    private static func isSubtype(_ type: TypeReference, _ other: TypeReference) -> Bool {
        switch (type, other) {
        case (.nonNull(let type), .nonNull(let other)): isSubtype(type, other)
        case (.nonNull(let type), _): isSubtype(type, other)
        case (.list(let type), .list(let other)): isSubtype(type, other)
        default: type == other
        }
    }
}
