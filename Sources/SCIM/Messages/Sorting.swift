/// In which direction a list is sorted.
public enum SortOrder: String, Hashable, Sendable {
    case ascending, descending
}

/// The order of records by one attribute (RFC 7644 section 3.4.2.3).
///
/// Text compares by the attribute's `caseExact`, dates as instants; of a list the primary element counts, else the
/// first. Records without a value stand last ascending and first descending.
public struct Sorting: Hashable, Sendable {
    private let target: ResolvedAttribute
    private let order: SortOrder

    /// Sorts by an attribute of a type; one that it does not have, or that has no one value, is refused.
    public init(
        by name: String,
        order: SortOrder = .ascending,
        type: ResourceType,
        policy: Policy = .tolerant
    ) throws(SCIMError) {
        guard var target = type.attribute(name, policy: policy) else {
            throw .invalidValue("\"sortBy\" is \(Quote.text(name)), which a \(type.name) does not have")
        }
        guard target.leaf.mutability != .writeOnly else {
            throw .invalidValue("\"sortBy\" cannot be \(Quote.text(name))")
        }
        if target.leaf.type == .complex {
            guard let value = target.attribute.subAttribute(named: "value") else {
                let example = target.attribute.exampleOfPart
                throw .invalidValue("\"sortBy\" is \(Quote.text(name)), which has parts; name one, such as \(example)")
            }
            target = ResolvedAttribute(target.schema, target.attribute, value, in: type)
        }
        self.target = target
        self.order = order
    }

    /// What a record is sorted by, to be asked for once a record; nil if it has no such value.
    public func key(of record: some Record) -> ComparisonKey? {
        guard var value = record.value(of: target.attribute, in: target.schema) else { return nil }
        if let elements = value.array {
            guard let chosen = elements.first(where: { $0.object?["primary"] == true }) ?? elements.first else {
                return nil
            }
            value = chosen
        }
        if let part = target.subAttribute {
            guard let inner = value.object?[part.name] else { return nil }
            value = inner
        }
        return ComparisonKey(value, as: target.leaf)
    }

    /// Whether a record with the first key stands before one with the second; equal ones stand as the caller likes.
    public func precedes(_ left: ComparisonKey?, _ right: ComparisonKey?) -> Bool {
        switch order {
        case .ascending: Self.isLess(left, right)
        case .descending: Self.isLess(right, left)
        }
    }

    private static func isLess(_ left: ComparisonKey?, _ right: ComparisonKey?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }
}
