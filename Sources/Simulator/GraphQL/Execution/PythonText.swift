internal import SCIM

/// Values as graphql-core's errors show them, which is how Python does.
enum PythonText {
    static func of(_ value: Value) -> String {
        switch value {
        case .null: "None"
        case .bool(let bool): bool ? "True" : "False"
        case .integer(let integer): String(integer)
        case .decimal(let decimal): "\(decimal)"
        case .string(let string): quoted(string)
        case .array(let elements): "[\(elements.map(of).joined(separator: ", "))]"
        case .object(let object):
            "{\(object.members.map { "\(quoted($0.name)): \(of($0.value))" }.joined(separator: ", "))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var result = quote
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "'" where quote == "'": result += "\\'"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + quote
    }
}
