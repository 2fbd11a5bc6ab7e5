/// Text from outside as it may stand in Markdown.
///
/// Names are anybody's, and Markdown has many ways to make something of one: a mention sends a mail, an address or a
/// number becomes a link, a tag is hidden, a bar breaks a table. In a code span none of this happens.
enum MarkdownName {
    /// The longest text that is shown whole, in characters.
    static let longest = 200

    /// The text as a code span that is the same inside a table and outside.
    static func code(_ text: String) -> String {
        var shown = text.neutralized
        if shown.count > longest { shown = shown.prefix(longest) + "…" }
        // A bar ends a table's cell even in a code span, and a backslash before it is read in two ways.
        shown = shown.replacing("|", with: "\\u{7C}")
        guard !shown.isEmpty else { return "(empty)" }
        let fence = String(repeating: "`", count: longestRun(in: shown) + 1)
        // One space at either end belongs to the fence.
        let touches = ["`", " "].contains { shown.hasPrefix($0) || shown.hasSuffix($0) }
        return touches ? "\(fence) \(shown) \(fence)" : fence + shown + fence
    }

    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        for character in text.utf8 {
            run = character == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
