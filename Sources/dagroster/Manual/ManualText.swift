/// Text as it may stand in a manual page in mdoc(7).
enum ManualText {
    /// Running text, a sentence a line: no backslash is a request, and neither is a line's first character.
    static func lines(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing(". ", with: ".\n").split(separator: "\n")
            .map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : String($0) }
            .joined(separator: "\n")
    }

    /// One argument of a macro, quoted, so that it is neither split nor taken for a macro; a hyphen stays one that can
    /// be copied into a shell.
    static func argument(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq").replacing("-", with: "\\-")
        let isMacro = escaped.wholeMatch(of: /[A-Z%][A-Za-z0-9]{1,2}/) != nil
        return escaped.contains(" ") || escaped.isEmpty ? "\"\(escaped)\"" : (isMacro ? "\\&" : "") + escaped
    }
}
