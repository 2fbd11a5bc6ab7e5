/// A value in the form in which it is compared: text folded where letter case does not count, dates as instants.
///
/// Filters, sorting and PATCH compare by this one form.
public enum ComparisonKey: Hashable, Sendable {
    case truth(Bool)
    case integer(Int)
    case decimal(Double)
    case instant(Instant)
    case text(String)

    /// The key of a value that an attribute holds; nil for one that cannot be compared, such as an object.
    init?(_ value: Value, as attribute: Attribute) {
        switch value {
        case .bool(let bool):
            self = .truth(bool)
        case .integer(let integer):
            self = .integer(integer)
        case .decimal(let decimal):
            self = .decimal(decimal)
        case .string(let string):
            if attribute.type == .dateTime {
                guard let instant = Instant(string) else { return nil }
                self = .instant(instant)
            } else {
                self = .text(Text.key(string, caseExact: attribute.isCaseExact))
            }
        case .null, .array, .object:
            return nil
        }
    }
}

extension ComparisonKey: Comparable {
    /// Whether one value comes before another; values of different kinds are in the order of the cases.
    public static func < (left: ComparisonKey, right: ComparisonKey) -> Bool {
        switch (left, right) {
        case (.truth(let left), .truth(let right)): !left && right
        case (.integer(let left), .integer(let right)): left < right
        case (.decimal(let left), .decimal(let right)): left < right
        case (.integer(let left), .decimal(let right)): Double(left) < right
        case (.decimal(let left), .integer(let right)): left < Double(right)
        case (.instant(let left), .instant(let right)): left < right
        case (.text(let left), .text(let right)): left < right
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .truth: 0
        case .integer, .decimal: 1
        case .instant: 2
        case .text: 3
        }
    }
}
