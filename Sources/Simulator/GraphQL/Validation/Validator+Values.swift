extension Validator {
    /// Checks a literal against the type of the place where it stands; nil where the place makes no sense.
    mutating func check(_ literal: Literal, against type: TypeReference?, placeHasDefault: Bool = false) {
        switch literal.kind {
        case .variable(let name):
            uses.variables.append(
                Uses.Variable(
                    name: name,
                    location: literal.location,
                    type: type,
                    placeHasDefault: placeHasDefault
                )
            )
        case .null:
            guard let type, type.isNonNull else { return }
            report("Expected value of type '\(type)', found null.", at: literal.location)
        case .list(let elements):
            if let type, type.element == nil { return checkLeaf(literal, against: type) }
            for element in elements { check(element, against: type?.element) }
        case .object(let members):
            guard let type else { return check(members, of: nil, at: literal.location) }
            guard let definition = schema[type.name], definition.inputs != nil else {
                return checkLeaf(literal, against: type)
            }
            check(members, of: definition, at: literal.location)
        default:
            if let type { checkLeaf(literal, against: type) }
        }
    }

    private mutating func check(_ members: [Literal.Member], of type: TypeDefinition?, at location: Location) {
        reportRepeated(members.map { ($0.name, $0.location) }) { "input field named '\($0)'" }
        if let type {
            for field in type.inputs?.elements ?? [] where field.isRequired {
                guard !members.contains(where: { $0.name == field.name }) else { continue }
                report(
                    "Field '\(type.name).\(field.name)' of required type '\(field.type)' was not provided.",
                    at: location
                )
            }
        }
        for member in members {
            let field = type?.inputs?[member.name]
            if let type, field == nil {
                report("Field '\(member.name)' is not defined by type '\(type.name)'.", at: member.location)
            }
            check(member.value, against: field?.type, placeHasDefault: field?.defaultValue != nil)
        }
    }

    /// Reports fields that stand twice in an object, also in one that makes no sense where it stands.
    private mutating func reportRepeatedFields(in literal: Literal) {
        switch literal.kind {
        case .list(let elements):
            for element in elements { reportRepeatedFields(in: element) }
        case .object(let members):
            reportRepeated(members.map { ($0.name, $0.location) }) { "input field named '\($0)'" }
            for member in members { reportRepeatedFields(in: member.value) }
        default: break
        }
    }

    private mutating func checkLeaf(_ literal: Literal, against type: TypeReference) {
        reportRepeatedFields(in: literal)
        // Inside a value that is none of the type, variables stand for nothing.
        uses.variables += literal.variables.map {
            Uses.Variable(name: $0.name, location: $0.location, type: nil, placeHasDefault: false)
        }
        guard let definition = schema[type.name], definition.isInput else { return }
        guard definition.isLeaf else {
            report("Expected value of type '\(type)', found \(literal).", at: literal.location)
            return
        }
        if let problem = LeafRule.problem(of: literal, as: definition) { report(problem, at: literal.location) }
    }
}

/// Which values scalars and enumerations take, in documents and in variables.
enum LeafRule {
    /// Why a literal is no value of a leaf type; nil when it is one.
    static func problem(of literal: Literal, as type: TypeDefinition) -> String? {
        if case .enumeration(let values) = type.kind {
            guard case .enumeration(let name) = literal.kind else {
                return "Enum '\(type.name)' cannot represent non-enum value: \(literal)."
            }
            return values.contains(name) ? nil : "Value '\(name)' does not exist in '\(type.name)' enum."
        }
        switch (type.name, literal.kind) {
        case ("Int", .int(let text)):
            return Int32(text) == nil ? "Int cannot represent non 32-bit signed integer value: \(text)" : nil
        case ("Int", _): return "Int cannot represent non-integer value: \(literal)"
        case ("Float", .int), ("Float", .float): return nil
        case ("Float", _): return "Float cannot represent non numeric value: \(literal)"
        case ("String", .string): return nil
        case ("String", _): return "String cannot represent a non string value: \(literal)"
        case ("Boolean", .bool): return nil
        case ("Boolean", _): return "Boolean cannot represent a non boolean value: \(literal)"
        case ("ID", .string), ("ID", .int): return nil
        case ("ID", _): return "ID cannot represent a non-string and non-integer value: \(literal)"
        default: return nil
        }
    }
}
