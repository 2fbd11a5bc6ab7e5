/// Values in the words of an error.
enum Quote {
    /// A text in double quotes, cut where it would fill the line.
    static func text(_ text: String) -> String {
        let shown = text.count > 120 ? text.prefix(120) + "…" : text[...]
        return "\"\(shown)\""
    }

    /// A value as JSON, cut where it would fill the line.
    static func value(_ value: Value) -> String {
        switch value {
        case .string(let string): text(string)
        case .array(let array): array.isEmpty ? "an empty list" : "a list"
        case .object: "an object"
        case .null, .bool, .integer, .decimal: String(decoding: JSON.write(value), as: UTF8.self)
        }
    }
}
