/// One JSON value, as SCIM exchanges it: what a request holds, what an attribute stores, what an answer shows.
///
/// Integers are kept apart from decimals, because SCIM types them apart (RFC 7643 section 2.3); an integer that
/// does not fit in 64 bits is read as a decimal.
public enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case decimal(Double)
    case string(String)
    case array([Value])
    case object(Object)
}

extension Value {
    /// The text, if this is a string.
    public var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    /// The truth value, if this is a boolean.
    public var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    /// The whole number, if this is one.
    public var integer: Int? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    /// The elements, if this is an array.
    public var array: [Value]? {
        guard case .array(let array) = self else { return nil }
        return array
    }

    /// The members, if this is an object.
    public var object: Object? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// Whether SCIM takes this for "no value": null, an empty array or an empty object (RFC 7643 section 2.5).
    public var isUnassigned: Bool {
        switch self {
        case .null: true
        case .array(let array): array.isEmpty
        case .object(let object): object.isEmpty
        case .bool, .integer, .decimal, .string: false
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A JSON string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A JSON boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A JSON whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A JSON array.
    public init(arrayLiteral elements: Value...) { self = .array(elements) }
    /// A JSON object with its members in this order.
    public init(dictionaryLiteral elements: (String, Value)...) { self = .object(Object(elements)) }
}
