/// A filter whose names have been looked up in a resource type and whose operands are in comparable form.
///
/// It is made once a request and asked once a record.
public struct BoundFilter: Hashable, Sendable {
    /// What an attribute that the type does not have means.
    public enum UnknownAttribute: Hashable, Sendable {
        /// The filter is refused with `invalidFilter`.
        case refused
        /// It has no value, as at the root, where a filter runs over several types (RFC 7644 section 3.4.2.1).
        case absent
    }

    /// What records are asked.
    let condition: Condition<RecordTest>

    /// Looks every name up; comparisons that make no sense are refused with `invalidFilter`.
    public init(
        _ filter: Filter,
        for type: ResourceType,
        policy: Policy = .tolerant,
        unknownAttribute: UnknownAttribute = .refused
    ) throws(SCIMError) {
        let binder = FilterBinder(type: type, policy: policy, unknownAttribute: unknownAttribute)
        condition = try binder.condition(filter)
    }

    /// Whether a record is as the filter asks.
    public func matches(_ record: some Record) -> Bool {
        condition.holds { $0.holds(for: record) }
    }
}

extension Filter {
    /// Whether a record is as the filter asks; attributes that the type does not have have no value.
    public func matches(
        _ record: some Record,
        type: ResourceType,
        policy: Policy = .tolerant
    ) throws(SCIMError) -> Bool {
        try BoundFilter(self, for: type, policy: policy, unknownAttribute: .absent).matches(record)
    }
}

/// Tests joined by and, or, not.
indirect enum Condition<Test: Hashable & Sendable>: Hashable, Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case test(Test)
    case constant(Bool)

    /// Whether it holds when each test answers for itself.
    func holds(_ answer: (Test) -> Bool) -> Bool {
        switch self {
        case .all(let conditions): conditions.allSatisfy { $0.holds(answer) }
        case .any(let conditions): conditions.contains { $0.holds(answer) }
        case .not(let condition): !condition.holds(answer)
        case .test(let test): answer(test)
        case .constant(let bool): bool
        }
    }
}

/// What is asked of one element of a list: of a part of it, or of itself where elements have no parts.
struct ElementTest: Hashable, Sendable {
    var part: Attribute?
    var attribute: Attribute
    var predicate: Predicate
    /// The operand as a text, where an index could find it.
    var operand: Value?

    func holds(for element: Value) -> Bool {
        guard let part else { return predicate.matches(element, of: attribute) }
        return predicate.matches(element.object?[part.name], of: part)
    }
}
