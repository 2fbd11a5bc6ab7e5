/// A comparison that every match of a filter meets, so that an index can narrow the search.
public struct Equality: Hashable, Sendable {
    /// What is compared; `target.path` is its canonical name, such as `userName` or `emails.value`.
    public var target: ResolvedAttribute
    /// What it is compared with, in the attribute's own type.
    public var value: Value
}

extension BoundFilter {
    /// The `eq` comparisons that stand alone or are joined by `and` at the top of the filter.
    ///
    /// Those inside of brackets count, too: `emails[type eq "work"].value eq "x"` gives `emails.type` and
    /// `emails.value`. What an index finds for one of them still has to be asked by `matches(_:)`.
    public var equalities: [Equality] { condition.equalities }

    /// Whether nothing can match, because `and` joins the filter with what is never true.
    public var isImpossible: Bool { condition.isImpossible }
}

extension Condition<RecordTest> {
    fileprivate var equalities: [Equality] {
        switch self {
        case .all(let conditions): conditions.flatMap(\.equalities)
        case .test(let test): test.equalities
        case .any, .not, .constant: []
        }
    }

    fileprivate var isImpossible: Bool {
        switch self {
        case .all(let conditions): conditions.contains(where: \.isImpossible)
        case .any(let conditions): conditions.allSatisfy(\.isImpossible)
        case .constant(let bool): !bool
        case .test, .not: false
        }
    }
}

extension RecordTest {
    fileprivate var equalities: [Equality] {
        var equalities: [Equality] = []
        if case .compare(.eq, _)? = predicate, let operand {
            equalities.append(Equality(target: target, value: operand))
        }
        for (part, value) in elements?.equalParts ?? [] {
            let element = ResolvedAttribute(
                schema: target.schema,
                attribute: target.attribute,
                part: part,
                path: path(of: part)
            )
            equalities.append(Equality(target: element, value: value))
        }
        return equalities
    }

    private func path(of part: Attribute?) -> String {
        let whole = target.subAttribute.map { target.path.dropLast($0.name.count + 1) } ?? target.path[...]
        return whole + (part.map { ".\($0.name)" } ?? "")
    }
}

extension Condition<ElementTest> {
    /// The parts that every match has, with their values.
    var equalParts: [(Attribute?, Value)] {
        switch self {
        case .all(let conditions):
            return conditions.flatMap(\.equalParts)
        case .test(let test):
            guard case .compare(.eq, _) = test.predicate, let operand = test.operand else { return [] }
            return [(test.part, operand)]
        case .any, .not, .constant:
            return []
        }
    }

    /// Whether the condition is nothing but `eq` comparisons joined by `and`, so that an element can be made from it.
    var isOnlyEqualities: Bool {
        switch self {
        case .all(let conditions): conditions.allSatisfy(\.isOnlyEqualities)
        case .test(let test): if case .compare(.eq, _) = test.predicate { test.operand != nil } else { false }
        case .any, .not, .constant: false
        }
    }
}
