/// One attribute of a schema with its characteristics (RFC 7643 sections 2.2 and 7).
///
/// A class, because all requests share the schemas: whoever hands an attribute on hands on one reference, where a copy
/// would be a count on each of its texts and lists that all processors fight for.
public final class Attribute: Sendable {
    /// What kind of value it holds (RFC 7643 section 2.3).
    public enum DataType: String, Hashable, Sendable, CaseIterable {
        case string, boolean, decimal, integer, dateTime, binary, reference, complex
    }

    /// Whether and how a client may change it.
    public enum Mutability: String, Hashable, Sendable, CaseIterable {
        case readOnly, readWrite, immutable, writeOnly
    }

    /// When an answer shows it.
    public enum Returned: String, Hashable, Sendable, CaseIterable {
        case always, never, `default`, request
    }

    /// Among which values it must be the only one of its kind.
    public enum Uniqueness: String, Hashable, Sendable, CaseIterable {
        case none, server, global
    }

    /// The name in canonical letter case.
    public let name: String
    /// The kind of its values.
    public let type: DataType
    /// Whether it holds a list.
    public let isMultiValued: Bool
    /// Whether a resource cannot be without it.
    public let isRequired: Bool
    /// Whether the service gives it a value where a new resource states none; it is then never without one.
    public let hasDefault: Bool
    /// Whether letter case counts when values are compared.
    public let isCaseExact: Bool
    /// Whether and how a client may change it.
    public let mutability: Mutability
    /// When an answer shows it.
    public let returned: Returned
    /// Among which values it must be the only one of its kind.
    public let uniqueness: Uniqueness
    /// Values that clients are advised to use; others are taken, too.
    public let canonicalValues: [String]
    /// What a reference may point at: names of resource types, `external` or `uri`.
    public let referenceTypes: [String]
    /// The parts of a complex attribute.
    public let subAttributes: [Attribute]
    /// What it means, for people.
    public let description: String
    /// Whether the server keeps it; a value of one that is not kept is dropped without a look at it.
    public let isKept: Bool

    /// An attribute with the defaults of RFC 7643 section 2.2 where nothing else is said.
    public init(
        _ name: String,
        _ type: DataType = .string,
        isMultiValued: Bool = false,
        isRequired: Bool = false,
        hasDefault: Bool = false,
        isCaseExact: Bool = false,
        mutability: Mutability = .readWrite,
        returned: Returned = .default,
        uniqueness: Uniqueness = .none,
        canonicalValues: [String] = [],
        referenceTypes: [String] = [],
        subAttributes: [Attribute] = [],
        isKept: Bool = true,
        description: String
    ) {
        self.name = name
        self.type = type
        self.isMultiValued = isMultiValued
        self.isRequired = isRequired
        self.hasDefault = hasDefault
        self.isCaseExact = isCaseExact
        self.mutability = mutability
        self.returned = returned
        self.uniqueness = uniqueness
        self.canonicalValues = canonicalValues
        self.referenceTypes = referenceTypes
        self.subAttributes = subAttributes
        self.isKept = isKept
        self.description = description
    }
}

extension Attribute: Hashable {
    /// Attributes with the same characteristics are the same.
    public static func == (left: Attribute, right: Attribute) -> Bool {
        left === right
            || left.name == right.name && left.type == right.type && left.isMultiValued == right.isMultiValued
                && left.isRequired == right.isRequired && left.hasDefault == right.hasDefault
                && left.isCaseExact == right.isCaseExact && left.mutability == right.mutability
                && left.returned == right.returned && left.uniqueness == right.uniqueness
                && left.canonicalValues == right.canonicalValues && left.referenceTypes == right.referenceTypes
                && left.subAttributes == right.subAttributes && left.description == right.description
                && left.isKept == right.isKept
    }

    /// By the name, which tells almost all attributes apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Attribute {
    /// The attribute as a server reads it that keeps it or does not.
    func keeping(_ isKept: Bool) -> Attribute {
        Attribute(
            name,
            type,
            isMultiValued: isMultiValued,
            isRequired: isRequired,
            hasDefault: hasDefault,
            isCaseExact: isCaseExact,
            mutability: mutability,
            returned: returned,
            uniqueness: uniqueness,
            canonicalValues: canonicalValues,
            referenceTypes: referenceTypes,
            subAttributes: subAttributes,
            isKept: isKept,
            description: description
        )
    }

    /// The part of a complex attribute under a name, whatever its letter case.
    public func subAttribute(named name: String) -> Attribute? {
        indexOfPart(named: name).map { subAttributes[$0] }
    }

    /// The place of a part, by the names alone, as ``Schema/index(of:)`` finds attributes.
    func indexOfPart(named name: String) -> Int? {
        subAttributes.indices.first { CaseInsensitive.equal(subAttributes[$0].name, name) }
    }

    /// Whether elements of this list are told apart by their `value` alone, as a group's members are.
    ///
    /// It is so where `value` is immutable: an element can only come or go. Such lists can be large.
    public var isKeyedByValue: Bool {
        guard isMultiValued, let value = indexOfPart(named: "value") else { return false }
        return subAttributes[value].mutability == .immutable
    }

    /// Whether a client's value is taken; a write-only one is taken and dropped.
    var isWritable: Bool { mutability != .readOnly }
}
