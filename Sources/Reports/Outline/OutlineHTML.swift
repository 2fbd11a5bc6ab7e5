internal import Access

/// An outline as one page.
struct OutlineHTML {
    func text(of outline: Outline) -> String {
        let body = outline.sections.filter(\.isShown).map { section in
            let items = section.items.isEmpty ? "" : HTML.list(class: "people", section.items.map(html))
            let empty = section.items.isEmpty ? section.empty.map { HTML.element("p", HTML.text($0)) } ?? "" : ""
            let count = section.count
            return HTML.section(section.title, id: section.id, count: count, section.html + items + empty)
        }
        let title = OutlineText(palette: Palette(isColored: false)).line(outline.title)
        return Page(title: title, facts: outline.facts.map(line), body: body.joined()).html
    }

    /// An item with those below it, without its own list element.
    func html(_ item: Outline.Item) -> String {
        let sign: String
        switch item.sign {
        case .none: sign = ""
        case .gain: sign = HTML.element("span", class: "sign gain", "+")
        case .loss: sign = HTML.element("span", class: "sign loss", "−")
        case .change: sign = HTML.element("span", class: "sign", "~")
        }
        return sign + line(item.spans) + (item.items.isEmpty ? "" : HTML.list(item.items.map(html)))
    }

    private func line(_ spans: [Outline.Span]) -> String { spans.map(html).joined() }

    private func html(_ span: Outline.Span) -> String {
        switch span {
        case .words(let words): HTML.text(words)
        case .foreign(let text): HTML.text(text)
        case .strong(let text): HTML.element("span", class: "who", HTML.text(text))
        case .quiet(let text): HTML.element("span", class: "why", HTML.text(text))
        case .names(let names): folded(names)
        case .role(let role): RoleBadge.html(role)
        }
    }

    /// The names, folded where they are many: none of them is left out.
    private func folded(_ names: [String]) -> String {
        let texts = names.map { HTML.element("span", class: "who", HTML.text($0)) }
        guard names.count > PlanText.shownNames else { return texts.joined(separator: ", ") }
        let shown = texts.prefix(PlanText.shownNames).joined(separator: ", ")
        let rest = texts.dropFirst(PlanText.shownNames)
        return shown
            + HTML.element("details", HTML.element("summary", "and \(rest.count) more") + rest.joined(separator: ", "))
    }
}
