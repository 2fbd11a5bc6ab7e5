/// A filter as a client wrote it, taken apart (RFC 7644 section 3.4.2.2, with errata 4670, 4690, 7122, 7319, 7322
/// and 8415).
public indirect enum Filter: Hashable, Sendable {
    /// All of them must match.
    case and([Filter])
    /// One of them must match.
    case or([Filter])
    /// It must not match.
    case not(Filter)
    /// The attribute has a value.
    case present(AttributePath)
    /// A value of the attribute compares so.
    case comparison(AttributePath, Operator, Value)
    /// There is an element that the filter in brackets selects.
    case element(AttributePath)

    /// How two values are compared.
    public enum Operator: String, Hashable, Sendable, CaseIterable {
        case eq, ne, co, sw, ew, gt, ge, lt, le
    }

    /// Reads a filter; anything that is none, or beyond the policy's limits, is refused with `invalidFilter`.
    public init(parsing text: String, policy: Policy = .tolerant) throws(SCIMError) {
        var parser = FilterParser(text, policy: policy, purpose: .filter)
        self = try parser.wholeFilter()
    }
}

extension Filter: CustomStringConvertible {
    /// The filter as a client could write it; reading it gives the same filter.
    public var description: String {
        switch self {
        case .and(let filters):
            filters.map { $0.isDisjunction ? "(\($0))" : $0.description }.joined(separator: " and ")
        case .or(let filters):
            filters.map { $0.isJunction ? "(\($0))" : $0.description }.joined(separator: " or ")
        case .not(let filter):
            "not (\(filter))"
        case .present(let path):
            "\(path) pr"
        case .comparison(let path, let operation, let value):
            "\(path) \(operation.rawValue) " + String(decoding: JSON.write(value), as: UTF8.self)
        case .element(let path):
            path.description
        }
    }

    private var isDisjunction: Bool {
        if case .not = self { return false }
        return isJunction
    }

    private var isJunction: Bool {
        switch self {
        case .and, .or: true
        case .not, .present, .comparison, .element: false
        }
    }
}
