/// Checks a document against a schema by the rules of the GraphQL specification (section 5); the texts of errors are
/// those of graphql-core, without its guesses of what was meant.
struct Validator {
    let schema: Schema
    let fragments: [String: Fragment]
    var errors: [GraphQLError] = []
    /// What the definition under way uses.
    var uses = Uses()
    private var usesOfFragments: [String: Uses] = [:]

    /// Variables and fragments that an operation or a fragment uses itself.
    struct Uses {
        struct Variable {
            var name: String
            var location: Location
            /// The type of the place where it stands; nil where the place itself makes no sense.
            var type: TypeReference?
            var placeHasDefault: Bool
        }

        var variables: [Variable] = []
        var spreads: [String] = []
    }

    private init(_ schema: Schema, _ document: Document) {
        self.schema = schema
        fragments = Dictionary(document.fragments.map { ($0.name, $0) }) { first, _ in first }
    }

    /// What is wrong with a document; empty when it can be run.
    static func errors(in document: Document, against schema: Schema) -> [GraphQLError] {
        var validator = Validator(schema, document)
        validator.checkNames(of: document)
        for fragment in document.fragments { validator.check(fragment) }
        for operation in document.operations { validator.check(operation) }
        validator.checkUnusedFragments(in: document)
        if validator.checkCycles(in: document) {
            validator.errors += OverlappingFields.conflicts(in: document, against: schema)
        }
        return validator.errors
    }

    mutating func report(_ message: String, at locations: Location...) {
        errors.append(GraphQLError(message, at: locations))
    }
}

extension Validator {
    private mutating func checkNames(of document: Document) {
        let anonymous = document.operations.filter { $0.name == nil }
        if document.operations.count > 1 {
            for operation in anonymous {
                report("This anonymous operation must be the only defined operation.", at: operation.location)
            }
        }
        reportRepeated(document.operations.map { ($0.name, $0.nameLocation) }) { "operation named '\($0)'" }
        reportRepeated(document.fragments.map { ($0.name, $0.nameLocation) }) { "fragment named '\($0)'" }
    }

    /// Reports each name that stands more than once.
    mutating func reportRepeated(_ names: [(String?, Location?)], _ what: (String) -> String) {
        var seen: [String: Location] = [:]
        for case (let name?, let location?) in names {
            if let first = seen[name] {
                report("There can be only one \(what(name)).", at: first, location)
            } else {
                seen[name] = location
            }
        }
    }

    private mutating func check(_ fragment: Fragment) {
        uses = Uses()
        check(fragment.directives, on: "fragment definition")
        let type = condition(fragment.type) {
            "Fragment '\(fragment.name)' cannot condition on non composite type '\($0)'."
        }
        check(fragment.selections, of: type)
        if usesOfFragments[fragment.name] == nil { usesOfFragments[fragment.name] = uses }
    }

    private mutating func check(_ operation: Operation) {
        uses = Uses()
        checkDefinitions(of: operation)
        check(operation.directives, on: operation.kind.rawValue)
        check(operation.selections, of: schema.root(of: operation.kind))
        checkVariables(of: operation, used: reachable.flatMap(\.variables))
    }

    /// The type that a fragment is for, if fields can be selected of it.
    mutating func condition(_ type: NamedType, _ message: (String) -> String) -> TypeDefinition? {
        guard let definition = schema[type.name] else {
            report("Unknown type '\(type.name)'.", at: type.location)
            return nil
        }
        guard definition.isComposite else {
            report(message(type.name), at: type.location)
            return nil
        }
        return definition
    }
}

extension Validator {
    /// What the definition under way uses, and what the fragments use that it spreads.
    private var reachable: [Uses] {
        var result = [uses]
        var seen: Set<String> = []
        var open = uses.spreads
        while let name = open.popLast() {
            guard seen.insert(name).inserted, let found = usesOfFragments[name] else { continue }
            result.append(found)
            open += found.spreads
        }
        return result
    }

    private mutating func checkUnusedFragments(in document: Document) {
        var used: Set<String> = []
        var open = document.operations.flatMap { Self.spreads(in: $0.selections) }
        while let name = open.popLast() {
            guard used.insert(name).inserted, let fragment = fragments[name] else { continue }
            open += Self.spreads(in: fragment.selections)
        }
        for fragment in document.fragments where !used.contains(fragment.name) {
            report("Fragment '\(fragment.name)' is never used.", at: fragment.location)
        }
    }

    /// Whether no fragment spreads itself; reports each that does.
    private mutating func checkCycles(in document: Document) -> Bool {
        var seen: Set<String> = []
        var isSound = true
        for fragment in document.fragments {
            isSound = follow(fragment.name, from: fragment.name, [], &seen) && isSound
        }
        return isSound
    }

    /// Follows a path of spreads that began in a fragment and has come to another.
    private mutating func follow(
        _ name: String,
        from first: String,
        _ path: [FragmentSpread],
        _ seen: inout Set<String>
    ) -> Bool {
        guard let fragment = fragments[name], seen.insert(name).inserted else { return true }
        var isSound = true
        for spread in Self.spreadsByLevel(in: fragment.selections) {
            let names = [first] + path.map(\.name)
            if let start = names.firstIndex(of: spread.name) {
                isSound = false
                reportCycle(path[start...] + [spread])
            } else {
                isSound = follow(spread.name, from: first, path + [spread], &seen) && isSound
            }
        }
        return isSound
    }

    private mutating func reportCycle(_ spreads: ArraySlice<FragmentSpread>) {
        guard let last = spreads.last else { return }
        let via = spreads.dropLast().map { "'\($0.name)'" }.joined(separator: ", ")
        errors.append(
            GraphQLError(
                "Cannot spread fragment '\(last.name)' within itself" + (via.isEmpty ? "." : " via \(via)."),
                at: spreads.map(\.location)
            )
        )
    }

    /// The fragments that selections spread, at any depth.
    private static func spreads(in selections: [Selection]) -> [String] {
        spreadsByLevel(in: selections).map(\.name)
    }

    /// The spreads in selections, at any depth: those of a set before those of the sets in it.
    private static func spreadsByLevel(in selections: [Selection]) -> [FragmentSpread] {
        var spreads: [FragmentSpread] = []
        var open = [selections]
        while let set = open.popLast() {
            for selection in set {
                switch selection {
                case .field(let field): open.append(field.selections ?? [])
                case .spread(let spread): spreads.append(spread)
                case .inline(let inline): open.append(inline.selections)
                }
            }
        }
        return spreads
    }
}
