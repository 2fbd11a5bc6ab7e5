/// The smallest part of a document that has a meaning.
struct Token: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case endOfFile = "<EOF>"
        case bang = "!"
        case dollar = "$"
        case ampersand = "&"
        case openingParenthesis = "("
        case closingParenthesis = ")"
        case spread = "..."
        case colon = ":"
        case equals = "="
        case at = "@"
        case openingBracket = "["
        case closingBracket = "]"
        case openingBrace = "{"
        case pipe = "|"
        case closingBrace = "}"
        case name = "Name"
        case int = "Int"
        case float = "Float"
        case string = "String"
        case blockString = "BlockString"
    }

    var kind: Kind
    var location: Location
    /// The name, the number as it is written, or the string that is meant; empty for anything else.
    var text = ""
}

extension Token.Kind: CustomStringConvertible {
    /// The kind in the words of a syntax error.
    var description: String {
        switch self {
        case .endOfFile, .name, .int, .float, .string, .blockString: rawValue
        default: "'\(rawValue)'"
        }
    }
}

extension Token: CustomStringConvertible {
    /// The token in the words of a syntax error.
    var description: String {
        switch kind {
        case .name, .int, .float, .string, .blockString: "\(kind) '\(text)'"
        default: "\(kind)"
        }
    }
}
