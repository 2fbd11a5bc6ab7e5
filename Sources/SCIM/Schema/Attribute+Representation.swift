extension Attribute {
    /// The attribute as `/Schemas` shows it (RFC 7643 section 7): every characteristic is stated, lists only when
    /// they hold something.
    public var representation: Object {
        var object: Object = [
            "name": .string(name),
            "type": .string(type.rawValue),
            "multiValued": .bool(isMultiValued),
            "description": .string(description),
            "required": .bool(isRequired),
        ]
        if type == .complex {
            object["subAttributes"] = .array(subAttributes.map { .object($0.representation) })
        }
        if !canonicalValues.isEmpty { object["canonicalValues"] = .array(canonicalValues.map(Value.string)) }
        if type != .complex { object["caseExact"] = .bool(isCaseExact) }
        object["mutability"] = .string(mutability.rawValue)
        object["returned"] = .string(returned.rawValue)
        object["uniqueness"] = .string(uniqueness.rawValue)
        if !referenceTypes.isEmpty { object["referenceTypes"] = .array(referenceTypes.map(Value.string)) }
        return object
    }
}
