/// A Dagster+ token, which prints as `[hidden]` wherever it might end up by mistake.
package struct APIToken: Sendable {
    /// The token itself, for the one header that carries it.
    let revealed: String

    /// Takes a token as an environment variable or a file holds it; nil when there is nothing in it, or what no header
    /// can carry.
    package init?(_ text: some StringProtocol) {
        let token = String(text).split(whereSeparator: \.isNewline).first.map(String.init)?.trimmed ?? ""
        guard !token.isEmpty, token.utf8.allSatisfy({ 0x21..<0x7F ~= $0 }) else { return nil }
        revealed = token
    }
}

extension APIToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[hidden]" }
    package var debugDescription: String { "[hidden]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        let rest = drop(while: isSpace)
        return String(rest.reversed().drop(while: isSpace).reversed())
    }
}
