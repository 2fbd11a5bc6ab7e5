/// Finds fields that would stand under one name of an answer and are not the same (GraphQL specification, section
/// 5.3.2).
///
/// Expects a document whose fragments do not spread themselves.
struct OverlappingFields {
    let schema: Schema
    let fragments: [String: Fragment]
    private var conflicts: [GraphQLError] = []

    private struct Entry {
        var parent: TypeDefinition?
        var field: Field
        var definition: FieldDefinition?
    }

    private struct Conflict {
        var reason: String
        var locations: [Location]
    }

    private init(_ schema: Schema, _ document: Document) {
        self.schema = schema
        fragments = Dictionary(document.fragments.map { ($0.name, $0) }) { first, _ in first }
    }

    static func conflicts(in document: Document, against schema: Schema) -> [GraphQLError] {
        var rule = OverlappingFields(schema, document)
        for operation in document.operations {
            rule.check(operation.selections, of: schema.root(of: operation.kind))
        }
        for fragment in document.fragments { rule.check(fragment.selections, of: schema[fragment.type.name]) }
        return rule.conflicts
    }

    /// Checks one selection set and those inside it.
    private mutating func check(_ selections: [Selection], of parent: TypeDefinition?) {
        for (name, entries) in grouped([(selections, parent)]) {
            for conflict in self.conflicts(among: entries, isExclusive: false) {
                report(name, conflict)
            }
        }
        for selection in selections {
            switch selection {
            case .field(let field):
                guard let inner = field.selections else { continue }
                check(inner, of: parent.flatMap { schema.field(field.name, of: $0) }.flatMap { schema[$0.type.name] })
            case .inline(let inline):
                check(inline.selections, of: inline.type.map { schema[$0.name] } ?? parent)
            case .spread: continue
            }
        }
    }

    private mutating func report(_ name: String, _ conflict: Conflict) {
        let error = GraphQLError(
            "Fields '\(name)' conflict because \(conflict.reason). "
                + "Use different aliases on the fields to fetch both if this was intentional.",
            at: conflict.locations
        )
        if !conflicts.contains(where: { $0.message == error.message && $0.locations == error.locations }) {
            conflicts.append(error)
        }
    }
}

extension OverlappingFields {
    private func conflicts(among entries: [Entry], isExclusive: Bool) -> [Conflict] {
        entries.indices.flatMap { index in
            entries[(index + 1)...].compactMap { conflict(entries[index], $0, isExclusive: isExclusive) }
        }
    }

    private func conflict(_ left: Entry, _ right: Entry, isExclusive: Bool) -> Conflict? {
        // Objects of two types are never the same object.
        let isExclusive =
            isExclusive || left.parent?.name != right.parent?.name && isObject(left.parent) && isObject(right.parent)
        if !isExclusive {
            if left.field.name != right.field.name {
                return Conflict(
                    reason: "'\(left.field.name)' and '\(right.field.name)' are different fields",
                    locations: [left.field.location, right.field.location]
                )
            }
            if !haveSameArguments(left.field, right.field) {
                return Conflict(
                    reason: "they have differing arguments",
                    locations: [left.field.location, right.field.location]
                )
            }
        }
        if let one = left.definition?.type, let other = right.definition?.type, areConflicting(one, other) {
            return Conflict(
                reason: "they return conflicting types '\(one)' and '\(other)'",
                locations: [left.field.location, right.field.location]
            )
        }
        return innerConflict(left, right, isExclusive: isExclusive)
    }

    private func innerConflict(_ left: Entry, _ right: Entry, isExclusive: Bool) -> Conflict? {
        guard let one = left.field.selections, let other = right.field.selections else { return nil }
        let first = grouped([(one, left.definition.flatMap { schema[$0.type.name] })])
        let second = Dictionary(
            uniqueKeysWithValues: grouped([(other, right.definition.flatMap { schema[$0.type.name] })])
        )
        var inner: [(String, Conflict)] = []
        for (name, entries) in first {
            for entry in entries {
                for rival in second[name] ?? [] {
                    if let found = conflict(entry, rival, isExclusive: isExclusive) { inner.append((name, found)) }
                }
            }
        }
        guard !inner.isEmpty else { return nil }
        return Conflict(
            reason: inner.map { "subfields '\($0.0)' conflict because \($0.1.reason)" }.joined(separator: " and "),
            locations: [left.field.location, right.field.location] + inner.flatMap(\.1.locations)
        )
    }

    /// The fields of selection sets by response name, fragments taken apart, in their order.
    private func grouped(_ sets: [([Selection], TypeDefinition?)]) -> [(String, [Entry])] {
        var order: [String] = []
        var groups: [String: [Entry]] = [:]
        var spread: Set<String> = []
        var open = ArraySlice(sets)
        while let (selections, parent) = open.popFirst() {
            for selection in selections {
                switch selection {
                case .field(let field):
                    let name = field.responseName
                    if groups[name] == nil { order.append(name) }
                    let definition = parent.flatMap { schema.field(field.name, of: $0) }
                    groups[name, default: []].append(Entry(parent: parent, field: field, definition: definition))
                case .inline(let inline):
                    open.append((inline.selections, inline.type.map { schema[$0.name] } ?? parent))
                case .spread(let name):
                    guard let fragment = fragments[name.name], spread.insert(name.name).inserted else { continue }
                    open.append((fragment.selections, schema[fragment.type.name]))
                }
            }
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    private func isObject(_ type: TypeDefinition?) -> Bool {
        if case .object = type?.kind { true } else { false }
    }

    private func haveSameArguments(_ left: Field, _ right: Field) -> Bool {
        guard left.arguments.count == right.arguments.count else { return false }
        return left.arguments.allSatisfy { argument in
            right.arguments.contains { $0.name == argument.name && $0.value.isLike(argument.value) }
        }
    }

    private func areConflicting(_ left: TypeReference, _ right: TypeReference) -> Bool {
        switch (left, right) {
        case (.list(let left), .list(let right)), (.nonNull(let left), .nonNull(let right)):
            areConflicting(left, right)
        case (.named(let left), .named(let right)):
            left != right && (schema[left]?.isLeaf == true || schema[right]?.isLeaf == true)
        default: true
        }
    }
}
