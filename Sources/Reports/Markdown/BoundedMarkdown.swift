/// Markdown that never grows beyond what a comment may hold: it is cut at an item, never inside one.
struct BoundedMarkdown {
    /// GitHub takes 65,536 characters; bytes are never fewer.
    static let limit = 65_536
    /// What is kept free for the headings of later sections and for the words that something is left out.
    private static let reserve = 4096

    private(set) var text = ""
    private let limit: Int
    /// Whether something was left out.
    private(set) var isCut = false

    init(limit: Int = limit) { self.limit = limit }

    /// Adds a short line of our own; one that does not fit is left out.
    mutating func line(_ line: String) {
        guard fits(line, within: limit) else {
            isCut = true
            return
        }
        text += line + "\n"
    }

    /// Adds a section: what stands before its items, as many of them as fit, and what stands after them.
    mutating func section(_ opening: [String], items: [String], closing: [String] = []) {
        let frame = (opening + closing).reduce(0) { $0 + $1.utf8.count + 1 }
        guard text.utf8.count + frame + Self.more(items.count).utf8.count < limit else {
            isCut = true
            return
        }
        for text in opening { line(text) }
        let end = limit - Self.reserve - closing.reduce(0) { $0 + $1.utf8.count + 1 }
        var shown = 0
        for item in items {
            guard fits(item, within: end) else { break }
            line(item)
            shown += 1
        }
        for text in closing { line(text) }
        guard shown < items.count else { return }
        isCut = true
        line("")
        line(Self.more(items.count - shown))
    }

    private static func more(_ count: Int) -> String { "… and \(count) more: `--format json` has them all" }

    private func fits(_ line: String, within end: Int) -> Bool { text.utf8.count + line.utf8.count + 1 <= end }
}
