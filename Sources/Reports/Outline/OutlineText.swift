internal import Access

/// An outline as lines for a terminal.
struct OutlineText {
    let palette: Palette

    func text(of outline: Outline) -> String {
        let facts = outline.facts.map(line).joined(separator: " · ")
        var lines = [palette.heading(line(outline.title))] + (facts.isEmpty ? [] : [facts])
        for section in outline.sections where section.isShown {
            let number = section.count.map { " (\($0))" } ?? ""
            lines.append(palette.heading(section.title + number))
            if section.items.isEmpty, let empty = section.empty { lines.append("  \(empty)") }
            for item in section.items { lines += self.lines(of: item, indent: "  ") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of item: Outline.Item, indent: String) -> [String] {
        [indent + marked(item)] + item.items.flatMap { lines(of: $0, indent: indent + "    ") }
    }

    private func marked(_ item: Outline.Item) -> String {
        let text = line(item.spans)
        switch item.sign {
        case .none: return text
        case .gain: return palette.gain("+") + " " + text
        case .loss: return palette.loss("-") + " " + text
        case .change: return palette.change("~") + " " + text
        }
    }

    func line(_ spans: [Outline.Span]) -> String { spans.map(text).joined() }

    private func text(_ span: Outline.Span) -> String {
        switch span {
        case .words(let words): words
        case .foreign(let text), .strong(let text): text.neutralized
        case .quiet(let text): palette.quiet(text.neutralized)
        case .names(let names): PlanText.shortened(names)
        case .role(let role): role.description.neutralized
        }
    }
}
