/// What is asked of one attribute of a record.
struct RecordTest: Hashable, Sendable {
    var target: ResolvedAttribute
    /// What the brackets ask of an element.
    var elements: Condition<ElementTest>?
    /// What is asked of the value, or of an element's part; nil where the brackets are all.
    var predicate: Predicate?
    /// The operand in the attribute's type.
    var operand: Value?

    func holds(for record: some Record) -> Bool {
        if elements == nil, predicate == .present, asksForWholeList {
            return record.hasValue(of: attribute, in: schema)
        }
        if let found = indexed(in: record) { return found.contains(where: isMatch) }
        let value = record.value(of: attribute, in: schema)
        guard target.subAttribute != nil || elements != nil else {
            return predicate?.matches(value, of: attribute) ?? false
        }
        let candidates = value.map { $0.array ?? [$0] } ?? []
        if candidates.isEmpty, elements == nil {
            return predicate?.matches(nil, of: target.leaf) ?? false
        }
        return candidates.contains(where: isMatch)
    }

    private var attribute: Attribute { target.attribute }
    private var schema: Schema { target.schema }

    private var asksForWholeList: Bool {
        target.subAttribute == nil || (attribute.isKeyedByValue && target.subAttribute?.name == "value")
    }

    private func isMatch(_ element: Value) -> Bool {
        if let elements, !elements.holds({ $0.holds(for: element) }) { return false }
        guard let predicate else { return true }
        guard let part = target.subAttribute else { return predicate.matches(element, of: attribute) }
        return predicate.matches(element.object?[part.name], of: part)
    }

    /// The elements that can match, from the record's index; nil if it has none for this test.
    private func indexed(in record: some Record) -> [Value]? {
        guard attribute.isKeyedByValue else { return nil }
        if let key = Self.key(target.subAttribute, predicate, operand) {
            return record.elements(of: attribute, whose: "value", equals: key)
        }
        return elements?.indexed { record.elements(of: attribute, whose: "value", equals: $0) }
    }

    /// The text that a keyed element must have as its value.
    static func key(_ part: Attribute?, _ predicate: Predicate?, _ operand: Value?) -> String? {
        guard part?.name == "value", case .compare(.eq, _)? = predicate else { return nil }
        return operand?.string
    }
}

extension Condition<ElementTest> {
    /// The elements of a keyed list that can meet the condition, from an index; nil where it cannot tell.
    func indexed(_ lookUp: (String) -> [Value]?) -> [Value]? {
        switch self {
        case .test(let test):
            return RecordTest.key(test.part, test.predicate, test.operand).flatMap(lookUp)
        case .all(let conditions):
            for condition in conditions {
                if let found = condition.indexed(lookUp) { return found }
            }
            return nil
        case .any(let conditions):
            var all: [Value] = []
            for condition in conditions {
                guard let found = condition.indexed(lookUp) else { return nil }
                all += found
            }
            return ElementList.unique(all)
        case .constant(false): return []
        case .not, .constant: return nil
        }
    }
}
