internal import Roster

/// A table of plain text; instants are marked as such, so that they are not broken.
struct StatusTable {
    let caption: String
    let head: [String]
    let rows: [[String]]
    /// The columns whose text needs room and may be broken anywhere.
    private static let long: Set = ["request", "why"]

    var html: String {
        let classes = head.count == 2 ? "pairs" : head.count > 3 ? "wide" : ""
        let columns = head.map { cell("th", $0, in: $0, scope: "col") }.joined()
        let body = rows.map { row in
            let cells = zip(head, row).enumerated().map { index, pair in
                index == 0 ? cell("th", pair.1, in: pair.0, scope: "row") : cell("td", pair.1, in: pair.0)
            }
            return HTML.element("tr", cells.joined())
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(HTML.text(caption))">
            <table class="\(classes)">
            <caption>\(HTML.text(caption))</caption>
            <thead><tr>\(columns)</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    private func cell(_ name: String, _ text: String, in column: String, scope: String? = nil) -> String {
        let content = Timestamp(text) == nil ? HTML.text(text) : HTML.element("time", HTML.text(text))
        let attributes = scope.map { [(name: "scope", value: $0)] } ?? []
        return HTML.element(name, class: Self.long.contains(column) ? "long" : nil, attributes: attributes, content)
    }
}
