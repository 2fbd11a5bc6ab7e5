/// Takes values as clients send them and gives them in an attribute's own form.
///
/// Whatever stands for "no value" (null, `""`, `[]`, `{}`, RFC 7643 section 2.5) becomes nil, names get the schema's
/// letter case and order, read-only parts are dropped, and what cannot be understood is refused with `invalidValue`.
struct ValueReader {
    let policy: Policy
    /// Names that were not understood and passed over.
    var ignored: [String] = []

    init(policy: Policy) { self.policy = policy }

    /// The value of a top-level attribute or of a part of one.
    mutating func read(_ value: Value, as attribute: Attribute, at path: ValuePath) throws(SCIMError) -> Value? {
        if value.isNothing { return nil }
        guard attribute.isMultiValued else { return try single(value, as: attribute, at: path) }
        let list = try elements(value, of: attribute, at: path)
        return list.isEmpty ? nil : .array(list)
    }

    /// The elements of a multi-valued attribute; one that stands alone counts as a list of one.
    mutating func elements(
        _ value: Value,
        of attribute: Attribute,
        at path: ValuePath
    ) throws(SCIMError) -> [Value] {
        guard let given = value.array ?? (policy.isStrict ? nil : [value]) else {
            throw .invalidValue("\(path) needs a list, not \(attribute.shown(value))")
        }
        var elements: [Value] = []
        elements.reserveCapacity(given.count)
        for element in given {
            if let read = try self.element(element, of: attribute, at: path) { elements.append(read) }
        }
        if elements.count > 1 { elements = ElementList.unique(elements) }
        guard attribute.isKeyedByValue || elements.count <= policy.maximumElements else {
            throw .invalidValue("\(path) has \(elements.count) values, more than \(policy.maximumElements)")
        }
        guard elements.lazy.filter({ $0.object?["primary"] == true }).count <= 1 else {
            throw .invalidValue("\(path) has more than one value with primary true; at most one can be")
        }
        return elements
    }

    /// One element of a multi-valued attribute; nil for one that holds nothing.
    mutating func element(_ value: Value, of attribute: Attribute, at path: ValuePath) throws(SCIMError) -> Value? {
        if value.isNothing, !attribute.isKeyedByValue { return nil }
        guard attribute.type == .complex else { return try simple(value, as: attribute, at: path) }
        let object = try parts(expanded(value, of: attribute), of: attribute, at: path)?.assigned ?? Object()
        guard !attribute.isKeyedByValue || object["value"] != nil else {
            throw .invalidValue("each of \(path) needs a \"value\" with an id")
        }
        return object.isOnlyLabels ? nil : .object(object)
    }

    private mutating func single(
        _ value: Value,
        as attribute: Attribute,
        at path: ValuePath
    ) throws(SCIMError) -> Value? {
        let value = try alone(value, of: attribute, at: path)
        if value.isNothing { return nil }
        guard attribute.type == .complex else { return try simple(value, as: attribute, at: path) }
        let object = try parts(value, of: attribute, at: path)?.assigned ?? Object()
        return object.isEmpty ? nil : .object(object)
    }

    /// The one element of a list where a single value is wanted: old Entra clients send a manager so.
    func alone(_ value: Value, of attribute: Attribute, at path: ValuePath) throws(SCIMError) -> Value {
        guard let list = value.array else { return value }
        guard !policy.isStrict, list.count <= 1 else {
            throw .invalidValue("\(path) needs one value, not a list of \(list.count)")
        }
        return list.first ?? .null
    }

    private func simple(_ value: Value, as attribute: Attribute, at path: ValuePath) throws(SCIMError) -> Value {
        guard let read = attribute.simpleValue(value, policy: policy) else {
            throw .invalidValue("\(path) needs \(attribute.type.noun), not \(attribute.shown(value))")
        }
        return read
    }
}

extension Object {
    /// Whether it says what a value is for, but no value: nothing is left but `type` and `primary`.
    var isOnlyLabels: Bool { members.allSatisfy { $0.name == "type" || $0.name == "primary" } }
}

extension Value? {
    /// The value if it is as it should be.
    ///
    /// It stands in place of `flatMap { … ? nil : $0 }`, where `nil` would mean JSON's null and not "no value".
    func filter(_ isKept: (Value) -> Bool) -> Value? {
        guard let self, isKept(self) else { return Value?.none }
        return self
    }
}

extension Value {
    /// Whether a request means "no value" by it: what SCIM takes for that, and an empty text.
    var isNothing: Bool { isUnassigned || self == "" }
}
