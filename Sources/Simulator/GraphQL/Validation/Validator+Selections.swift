extension Validator {
    /// Checks what is selected of a type; nil where the type itself makes no sense, so that only what needs none is
    /// looked at.
    mutating func check(_ selections: [Selection], of parent: TypeDefinition?) {
        for selection in selections {
            switch selection {
            case .field(let field): check(field, of: parent)
            case .spread(let spread): check(spread, of: parent)
            case .inline(let inline): check(inline, of: parent)
            }
        }
    }

    private mutating func check(_ field: Field, of parent: TypeDefinition?) {
        check(field.directives, on: "field")
        guard let parent, let definition = schema.field(field.name, of: parent) else {
            if let parent {
                report("Cannot query field '\(field.name)' on type '\(parent.name)'.", at: field.location)
            }
            check(field.arguments, nil, "", isRequired: { _ in "" }, at: field.location)
            check(field.selections ?? [], of: nil)
            return
        }
        check(
            field.arguments,
            definition.arguments,
            "field '\(parent.name).\(field.name)'",
            isRequired: { "Field '\(field.name)' argument '\($0.name)' of type '\($0.type)' is required" },
            at: field.location
        )
        let type = schema[definition.type.name]
        let isLeaf = type?.isLeaf ?? true
        checkLeaf(field, definition, isLeaf: isLeaf)
        check(field.selections ?? [], of: isLeaf ? nil : type)
    }

    private mutating func checkLeaf(_ field: Field, _ definition: FieldDefinition, isLeaf: Bool) {
        if isLeaf, let location = field.selectionsLocation {
            report(
                "Field '\(field.name)' must not have a selection since type '\(definition.type)' has no subfields.",
                at: location
            )
        }
        if !isLeaf, field.selections == nil {
            report(
                "Field '\(field.name)' of type '\(definition.type)' must have a selection of subfields. "
                    + "Did you mean '\(field.name) { ... }'?",
                at: field.location
            )
        }
    }

    private mutating func check(_ spread: FragmentSpread, of parent: TypeDefinition?) {
        check(spread.directives, on: "fragment spread")
        uses.spreads.append(spread.name)
        guard let fragment = fragments[spread.name] else {
            report("Unknown fragment '\(spread.name)'.", at: spread.nameLocation)
            return
        }
        guard let parent, let type = schema[fragment.type.name], !canMeet(parent, type) else { return }
        report(
            "Fragment '\(spread.name)' cannot be spread here as objects of type '\(parent.name)' "
                + "can never be of type '\(type.name)'.",
            at: spread.location
        )
    }

    private mutating func check(_ inline: InlineFragment, of parent: TypeDefinition?) {
        check(inline.directives, on: "inline fragment")
        guard let named = inline.type else { return check(inline.selections, of: parent) }
        let type = condition(named) { "Fragment cannot condition on non composite type '\($0)'." }
        if let parent, let type, !canMeet(parent, type) {
            report(
                "Fragment cannot be spread here as objects of type '\(parent.name)' "
                    + "can never be of type '\(type.name)'.",
                at: inline.location
            )
        }
        check(inline.selections, of: type)
    }

    /// Whether one object can be of both types.
    private func canMeet(_ left: TypeDefinition, _ right: TypeDefinition) -> Bool {
        guard left.isComposite, right.isComposite else { return true }
        return !schema.possibleTypes(left.name).isDisjoint(with: schema.possibleTypes(right.name))
    }
}

extension Validator {
    mutating func check(_ directives: [Directive], on place: String) {
        reportRepeatedDirectives(directives)
        for directive in directives {
            guard let arguments = BuiltInTypes.arguments(ofDirective: directive.name) else {
                if ["deprecated", "specifiedBy"].contains(directive.name) {
                    report("Directive '@\(directive.name)' may not be used on \(place).", at: directive.location)
                } else {
                    report("Unknown directive '@\(directive.name)'.", at: directive.location)
                }
                check(directive.arguments, nil, "", isRequired: { _ in "" }, at: directive.location)
                continue
            }
            if !["field", "fragment spread", "inline fragment"].contains(place) {
                report("Directive '@\(directive.name)' may not be used on \(place).", at: directive.location)
            }
            check(
                directive.arguments,
                arguments,
                "directive '@\(directive.name)'",
                isRequired: { "Directive '@\(directive.name)' argument '\($0.name)' of type '\($0.type)' is required" },
                at: directive.location
            )
        }
    }

    private mutating func reportRepeatedDirectives(_ directives: [Directive]) {
        var seen: [String: Location] = [:]
        for directive in directives where BuiltInTypes.arguments(ofDirective: directive.name) != nil {
            if let first = seen[directive.name] {
                report(
                    "The directive '@\(directive.name)' can only be used once at this location.",
                    at: first,
                    directive.location
                )
            } else {
                seen[directive.name] = directive.location
            }
        }
    }

    /// Checks arguments against what a field or a directive takes; nil where there is no such thing.
    private mutating func check(
        _ arguments: [Argument],
        _ definitions: NamedList<InputDefinition>?,
        _ owner: String,
        isRequired: (InputDefinition) -> String,
        at location: Location
    ) {
        for (name, repeated) in Dictionary(grouping: arguments, by: \.name).sorted(by: { $0.key < $1.key })
        where repeated.count > 1 {
            errors.append(GraphQLError("There can be only one argument named '\(name)'.", at: repeated.map(\.location)))
        }
        for argument in arguments {
            let definition = definitions?[argument.name]
            if definitions != nil, definition == nil {
                report("Unknown argument '\(argument.name)' on \(owner).", at: argument.location)
            }
            check(argument.value, against: definition?.type, placeHasDefault: definition?.defaultValue != nil)
        }
        for definition in definitions?.elements ?? [] where definition.isRequired {
            guard !arguments.contains(where: { $0.name == definition.name }) else { continue }
            report(isRequired(definition) + ", but it was not provided.", at: location)
        }
    }
}
