/// What a filter asks of one value, with the operand in comparable form already.
enum Predicate: Hashable, Sendable {
    case present
    case absent
    case compare(Filter.Operator, ComparisonKey)

    /// The predicate of an operator and an operand under an attribute's rules; `invalidFilter` where the pair makes
    /// no sense (RFC 7644 section 3.4.2.2).
    init(
        _ operation: Filter.Operator,
        _ operand: Value,
        for attribute: Attribute,
        named path: String,
        policy: Policy
    ) throws(SCIMError) {
        if operand == .null {
            switch operation {
            case .eq: self = .absent
            case .ne: self = .present
            default: throw .invalidFilter("\(path) cannot be compared with null by \"\(operation.rawValue)\"")
            }
            return
        }
        guard attribute.allows(operation) else {
            throw .invalidFilter(
                "\(path) is \(attribute.type.noun) and cannot be compared by \"\(operation.rawValue)\""
            )
        }
        let value = try Self.operand(operand, for: attribute, named: path, policy: policy)
        guard let key = ComparisonKey(value, as: attribute) else {
            throw .invalidFilter("\(path) needs \(attribute.type.noun), not \(attribute.shown(operand))")
        }
        self = .compare(operation, key)
    }

    private static func operand(
        _ operand: Value,
        for attribute: Attribute,
        named path: String,
        policy: Policy
    ) throws(SCIMError) -> Value {
        if attribute.type == .integer, case .decimal = operand { return operand }
        guard let value = attribute.simpleValue(operand, policy: policy) else {
            throw .invalidFilter("\(path) needs \(attribute.type.noun), not \(attribute.shown(operand))")
        }
        return value
    }

    /// Whether a value is as asked; a list is if one of its elements is, and no value differs from every operand.
    func matches(_ value: Value?, of attribute: Attribute) -> Bool {
        if let elements = value?.array, !elements.isEmpty {
            return elements.contains { matchesOne($0, of: attribute) }
        }
        return matchesOne(value, of: attribute)
    }

    private func matchesOne(_ value: Value?, of attribute: Attribute) -> Bool {
        let value = value.filter { !$0.isNothing }
        switch self {
        case .present: return value != nil
        case .absent: return value == nil
        case .compare(let operation, let operand):
            guard let key = value.flatMap({ ComparisonKey($0, as: attribute) }) else { return operation == .ne }
            return operation.holds(key, operand)
        }
    }
}

extension Filter.Operator {
    /// Whether two values are so to each other.
    func holds(_ value: ComparisonKey, _ operand: ComparisonKey) -> Bool {
        switch self {
        case .eq: return value == operand || isSameNumber(value, operand)
        case .ne: return value != operand && !isSameNumber(value, operand)
        case .gt: return value > operand
        case .ge: return value >= operand
        case .lt: return value < operand
        case .le: return value <= operand
        case .co, .sw, .ew:
            guard case .text(let text) = value, case .text(let part) = operand else { return false }
            switch self {
            case .sw: return text.hasPrefix(part)
            case .ew: return text.hasSuffix(part)
            default: return Text.contains(text, part)
            }
        }
    }

    private func isSameNumber(_ left: ComparisonKey, _ right: ComparisonKey) -> Bool {
        switch (left, right) {
        case (.integer(let integer), .decimal(let decimal)), (.decimal(let decimal), .integer(let integer)):
            Double(integer) == decimal
        default: false
        }
    }
}

extension Attribute {
    /// Whether values of this kind can be compared so.
    func allows(_ operation: Filter.Operator) -> Bool {
        switch operation {
        case .eq, .ne: true
        case .co, .sw, .ew: mutability != .writeOnly && [.string, .reference, .dateTime].contains(type)
        case .gt, .ge, .lt, .le: mutability != .writeOnly && ![.boolean, .binary, .complex].contains(type)
        }
    }
}
