/// A resource as filters, sorting and selection look at it: something that is asked for one attribute at a time.
///
/// It need not hold its attributes in SCIM's form: a group of 100,000 can answer whether one of them is a member
/// without ever listing them.
public protocol Record {
    /// The value of a top-level attribute, as a resource would show it; nil if it has none.
    ///
    /// `schema` is the type's core schema or one of its extensions. The common attributes (`id`, `meta`, `schemas`,
    /// RFC 7643 section 3.1) are asked for in the core schema.
    func value(of attribute: Attribute, in schema: Schema) -> Value?

    /// The elements of a core attribute's list whose sub-attribute is exactly this text, from an index; nil if there
    /// is no such index, so that the whole value is asked for. The default is nil.
    func elements(of attribute: Attribute, whose subAttribute: String, equals value: String) -> [Value]?

    /// Whether the attribute has a value. The default asks for the value.
    func hasValue(of attribute: Attribute, in schema: Schema) -> Bool
}

extension Record {
    /// No index.
    public func elements(of attribute: Attribute, whose subAttribute: String, equals value: String) -> [Value]? { nil }

    /// Asks for the value.
    public func hasValue(of attribute: Attribute, in schema: Schema) -> Bool {
        value(of: attribute, in: schema)?.isUnassigned == false
    }
}

/// A record that PATCH can change.
///
/// The values that it is given are canonical: names in the schema's letter case, types as the schema has them,
/// nothing unassigned. It may refuse one by throwing; whoever applies a request works on a copy.
public protocol MutableRecord: Record {
    /// Gives a top-level attribute a value; nil takes it away.
    mutating func assign(_ value: Value?, to attribute: Attribute, in schema: Schema) throws(SCIMError)

    /// Adds elements to a list. One that is there already must change nothing.
    ///
    /// The default reads the list, merges and assigns. A record whose list is large overrides it.
    mutating func insert(_ elements: [Value], into attribute: Attribute, in schema: Schema) throws(SCIMError)

    /// Takes elements out of a list. One that is not there must change nothing.
    ///
    /// The elements are those that `value(of:in:)` or `elements(of:whose:equals:)` showed; in a list that is keyed by
    /// value (`Attribute.isKeyedByValue`) they can also be bare `{"value": …}`. The default reads, filters and assigns.
    mutating func remove(_ elements: [Value], from attribute: Attribute, in schema: Schema) throws(SCIMError)
}

extension MutableRecord {
    /// Reads the list, merges the elements and assigns.
    public mutating func insert(
        _ elements: [Value],
        into attribute: Attribute,
        in schema: Schema
    ) throws(SCIMError) {
        let current = value(of: attribute, in: schema)?.array ?? []
        let merged = ElementList(attribute, current).inserting(elements)
        if merged != current { try assign(.array(merged), to: attribute, in: schema) }
    }

    /// Reads the list, drops the elements and assigns what is left.
    public mutating func remove(
        _ elements: [Value],
        from attribute: Attribute,
        in schema: Schema
    ) throws(SCIMError) {
        let current = value(of: attribute, in: schema)?.array ?? []
        let left = ElementList(attribute, current).removing(elements)
        if left != current { try assign(left.isEmpty ? nil : .array(left), to: attribute, in: schema) }
    }
}
