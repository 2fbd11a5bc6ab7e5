internal import Access

/// An outline as a comment on a pull request: every text from outside in a code span, cut at an item.
struct OutlineMarkdown {
    /// Some room is left for the mark by which a script finds its comment again.
    var limit = BoundedMarkdown.limit - 512

    func text(of outline: Outline) -> String {
        var output = BoundedMarkdown(limit: limit)
        output.line("### " + line(outline.title))
        output.line("")
        output.line(outline.facts.map(line).joined(separator: " · "))
        for section in outline.sections where section.isShown {
            let number = section.count.map { " (\($0))" } ?? ""
            let items = section.items.map { lines(of: $0, indent: "").joined(separator: "\n") }
            let empty = section.items.isEmpty ? section.empty.map { [$0] } ?? [] : []
            output.section(["", "**\(section.title)\(number)**", ""] + empty, items: items)
        }
        return output.text
    }

    private func lines(of item: Outline.Item, indent: String) -> [String] {
        ["\(indent)- \(sign(item.sign))\(line(item.spans))"]
            + item.items.flatMap { lines(of: $0, indent: indent + "  ") }
    }

    private func sign(_ sign: Outline.Sign) -> String {
        switch sign {
        case .none: ""
        case .gain: "**+** "
        case .loss: "**−** "
        case .change: "**~** "
        }
    }

    private func line(_ spans: [Outline.Span]) -> String { spans.map(text).joined() }

    private func text(_ span: Outline.Span) -> String {
        switch span {
        case .words(let words): return words
        case .foreign(let text), .strong(let text), .quiet(let text): return MarkdownName.code(text)
        case .names(let names):
            let shown = names.prefix(PlanText.shownNames).map(MarkdownName.code).joined(separator: " ")
            let rest = names.count - PlanText.shownNames
            return rest > 0 ? "\(shown) and \(rest) more" : shown
        case .role(let role): return role.isNone ? "none" : MarkdownName.code(role.description)
        }
    }
}
