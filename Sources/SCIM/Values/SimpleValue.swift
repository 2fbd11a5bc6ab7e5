extension Attribute {
    /// A value in the attribute's type; nil if it cannot be taken for one, and for complex attributes.
    ///
    /// A tolerant policy takes what clients really send: `"True"`, `"false"` and `1` for booleans, numbers as text
    /// and text as numbers.
    func simpleValue(_ value: Value, policy: Policy) -> Value? {
        switch type {
        case .string, .reference: textValue(value, policy: policy)
        case .boolean: truthValue(value, policy: policy)
        case .integer: wholeValue(value, policy: policy)
        case .decimal: decimalValue(value, policy: policy)
        case .dateTime: Optional(value).filter { $0.string.flatMap(Instant.init) != nil }
        case .binary: binaryValue(value, policy: policy)
        case .complex: nil
        }
    }

    private func textValue(_ value: Value, policy: Policy) -> Value? {
        switch value {
        case .string: value
        case .integer(let integer) where !policy.isStrict: .string(String(integer))
        case .decimal where !policy.isStrict, .bool where !policy.isStrict:
            .string(String(decoding: JSON.write(value), as: UTF8.self))
        case .null, .bool, .integer, .decimal, .array, .object: nil
        }
    }

    /// Entra sends `"False"`, Microsoft's validator `"true"`, some clients 1 and 0.
    private func truthValue(_ value: Value, policy: Policy) -> Value? {
        if case .bool = value { return value }
        guard !policy.isStrict else { return nil }
        switch value {
        case .integer(1): return true
        case .integer(0): return false
        case .string(let string) where CaseInsensitive.equal(string, "true") || string == "1": return true
        case .string(let string) where CaseInsensitive.equal(string, "false") || string == "0": return false
        default: return nil
        }
    }

    private func wholeValue(_ value: Value, policy: Policy) -> Value? {
        switch value {
        case .integer: value
        case .decimal(let decimal): Self.whole(decimal)
        case .string(let string) where !policy.isStrict: Int(string).map(Value.integer)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    private func decimalValue(_ value: Value, policy: Policy) -> Value? {
        switch value {
        case .decimal, .integer: value
        case .string(let string) where !policy.isStrict:
            Double(string).flatMap(Self.finite)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// The whole number that a decimal such as 5.0 is; `Int(exactly:)` would need libm to be linked.
    private static func whole(_ decimal: Double) -> Value? {
        guard decimal.magnitude < 9e18, Double(Int(decimal)) == decimal else { return Value?.none }
        return .integer(Int(decimal))
    }

    private static func finite(_ decimal: Double) -> Value? {
        guard decimal.isFinite else { return Value?.none }
        return .decimal(decimal)
    }

    /// RFC 7643 section 2.3.6 wants base64; a tolerant policy does not look.
    private func binaryValue(_ value: Value, policy: Policy) -> Value? {
        guard let string = value.string else { return nil }
        let isBase64 = string.utf8.allSatisfy { byte in
            0x61...0x7A ~= CaseInsensitive.folded(byte) || 0x30...0x39 ~= byte || "+/-_=".utf8.contains(byte)
        }
        return Optional(value).filter { _ in isBase64 || !policy.isStrict }
    }

    /// A value in the words of an error: a secret is not shown.
    func shown(_ value: Value) -> String {
        mutability == .writeOnly || returned == .never ? "the value that was sent" : Quote.value(value)
    }
}

extension Attribute.DataType {
    /// The kind of value with its article.
    var noun: String {
        switch self {
        case .string: "a string"
        case .boolean: "true or false"
        case .decimal: "a number"
        case .integer: "a whole number"
        case .dateTime: "a date and time such as \"2026-11-23T16:47:00Z\""
        case .binary: "a base64 text"
        case .reference: "a URI"
        case .complex: "an object"
        }
    }
}
