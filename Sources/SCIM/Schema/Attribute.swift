/// One attribute of a schema with its characteristics (RFC 7643 sections 2.2 and 7).
public struct Attribute: Hashable, Sendable {
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
    public var name: String
    /// The kind of its values.
    public var type: DataType
    /// Whether it holds a list.
    public var isMultiValued: Bool
    /// Whether a resource cannot be without it.
    public var isRequired: Bool
    /// Whether the service gives it a value where a new resource states none; it is then never without one.
    public var hasDefault: Bool
    /// Whether letter case counts when values are compared.
    public var isCaseExact: Bool
    /// Whether and how a client may change it.
    public var mutability: Mutability
    /// When an answer shows it.
    public var returned: Returned
    /// Among which values it must be the only one of its kind.
    public var uniqueness: Uniqueness
    /// Values that clients are advised to use; others are taken, too.
    public var canonicalValues: [String]
    /// What a reference may point at: names of resource types, `external` or `uri`.
    public var referenceTypes: [String]
    /// The parts of a complex attribute.
    public var subAttributes: [Attribute]
    /// What it means, for people.
    public var description: String
    /// Whether the server keeps it; a value of one that is not kept is dropped without a look at it.
    public var isKept = true

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
        self.description = description
    }
}

extension Attribute {
    /// The part of a complex attribute under a name, whatever its letter case.
    public func subAttribute(named name: String) -> Attribute? {
        subAttributes.first { CaseInsensitive.equal($0.name, name) }
    }

    /// Whether elements of this list are told apart by their `value` alone, as a group's members are.
    ///
    /// It is so where `value` is immutable: an element can only come or go. Such lists can be large.
    public var isKeyedByValue: Bool {
        isMultiValued && subAttribute(named: "value")?.mutability == .immutable
    }

    /// Whether a client's value is taken; a write-only one is taken and dropped.
    var isWritable: Bool { mutability != .readOnly }
}
