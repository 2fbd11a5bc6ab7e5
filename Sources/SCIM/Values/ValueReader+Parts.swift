extension ValueReader {
    /// The parts of a complex value: those that got a value and the names of those that lost theirs.
    struct Parts {
        var assigned = Object()
        var cleared: [String] = []
    }

    /// Reads a complex value; a bare text counts as its `value`, nil stands for no value at all.
    mutating func parts(_ value: Value, of attribute: Attribute, at path: ValuePath) throws(SCIMError) -> Parts? {
        if value.isNothing { return nil }
        let object: Object
        if let given = value.object {
            object = given
        } else if !policy.isStrict, let part = attribute.subAttribute(named: "value"),
            let text = part.simpleValue(value, policy: policy)
        {
            object = ["value": text]
        } else {
            throw .invalidValue("\(path) needs an object, not \(attribute.shown(value))")
        }
        try noteUnknown(object, in: attribute, at: path)
        var parts = Parts()
        for part in attribute.subAttributes where part.isWritable {
            guard let given = object[part.name] else { continue }
            if let read = try read(given, as: part, at: path.part(part.name)) {
                parts.assigned[part.name] = read
            } else {
                parts.cleared.append(part.name)
            }
        }
        return parts
    }

    private mutating func noteUnknown(_ object: Object, in attribute: Attribute, at path: ValuePath) throws(SCIMError) {
        for member in object.members where attribute.indexOfPart(named: member.name) == nil {
            try note(path.part(member.name).description)
        }
    }

    /// Passes over a name that is not understood, or refuses it under a strict policy.
    mutating func note(_ name: String) throws(SCIMError) {
        guard !policy.isStrict else {
            throw .invalidSyntax("\(Quote.text(name)) is not an attribute that this server knows")
        }
        if ignored.count < 100 { ignored.append(name) }
    }

    /// An app role as the object that Entra wrote into a string: `"{\"id\":…,\"value\":…,\"displayName\":…}"`.
    ///
    /// It can stand in place of the element or of its `value`; only roles and entitlements are looked at.
    func expanded(_ value: Value, of attribute: Attribute) -> Value {
        guard !policy.isStrict, attribute.name == "roles" || attribute.name == "entitlements" else { return value }
        guard let text = value.string ?? value.object?["value"]?.string, text.hasPrefix("{") else { return value }
        guard let role = (try? JSON.read(text))?.object, let name = role["value"] else { return value }
        var element = value.object ?? Object()
        element["value"] = name
        if element["display"] == nil { element["display"] = role["displayName"] ?? role["display"] }
        for part in ["type", "primary"] where element[part] == nil { element[part] = role[part] }
        return .object(element)
    }
}
