/// A table of plain text.
struct StatusTable {
    let caption: String
    let head: [String]
    let rows: [[String]]

    var html: String {
        let columns = head.map { HTML.element("th", attributes: [("scope", "col")], HTML.text($0)) }.joined()
        let body = rows.map { row in
            let first = row.prefix(1).map { HTML.element("th", attributes: [("scope", "row")], HTML.text($0)) }
            return HTML.element("tr", (first + row.dropFirst().map { HTML.element("td", HTML.text($0)) }).joined())
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(HTML.text(caption))">
            <table>
            <caption>\(HTML.text(caption))</caption>
            <thead><tr>\(columns)</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }
}
