internal import Access

/// A report as headings and nested items, which every form for people is made of.
struct Outline {
    /// A piece of a line.
    enum Span {
        /// Words of ours.
        case words(String)
        /// Text from outside, such as a name or a path with names in it.
        case foreign(String)
        /// The same where it matters most.
        case strong(String)
        /// The same where it matters least.
        case quiet(String)
        /// Several names, of which a line shows the first ones.
        case names([String])
        /// What somebody may do.
        case role(EffectiveRole)
    }

    /// What stands before an item.
    enum Sign {
        case none
        case gain
        case loss
        case change
    }

    /// One line, with those below it.
    struct Item {
        var sign = Sign.none
        var spans: [Span]
        var items: [Item] = []
    }

    /// A heading with its items.
    struct Section {
        var title: String
        /// A short name for a link to it.
        var id: String
        /// Shown beside the title; nil: no number.
        var count: Int?
        /// Shown in place of items where there are none; nil: then there is no section.
        var empty: String?
        var items: [Item]
        /// Shown only in HTML, before the items: HTML already.
        var html = ""

        init(_ title: String, id: String, count: Int? = nil, empty: String? = nil, _ items: [Item], html: String = "") {
            self.title = title
            self.id = id
            self.count = count
            self.empty = empty
            self.items = items
            self.html = html
        }

        /// Whether there is anything to show.
        var isShown: Bool { !items.isEmpty || empty != nil }
    }

    var title: [Span]
    /// What the report is about, each a few words.
    var facts: [[Span]]
    var sections: [Section]
}

extension Outline {
    /// The outline in a form for people; JSON is none.
    func rendered(as format: ReportFormat, isColored: Bool) -> String {
        switch format {
        case .text, .json: OutlineText(palette: Palette(isColored: isColored)).text(of: self)
        case .markdown: OutlineMarkdown().text(of: self)
        case .html: OutlineHTML().text(of: self)
        }
    }
}
