internal import Access
internal import Reconcile

/// The table of people and what they may do where, with what filters it.
struct MatrixHTML {
    let matrix: AccessMatrix

    var html: String {
        guard !matrix.rows.isEmpty else { return "" }
        return [filters, legend, table, omission].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Hidden until the script is there to make them work.
    private var filters: String {
        let roles =
            [("", "any role")] + Role.builtIn.map { (RoleBadge.style($0), $0.name) } + [("custom", "a custom role")]
        let columns = [("", "anywhere")] + matrix.points.enumerated().map { (String($0 + 1), "\($1)") }
        return """
            <div class="filters" id="matrix-filters" hidden>
            <label>Person, team or group <input type="search" id="filter-search" autocomplete="off"></label>
            <label>Who holds <select id="filter-role">\(Self.options(roles))</select></label>
            <label>Where <select id="filter-column">\(Self.options(columns))</select></label>
            \(hasChanges ? Self.changedFilter : "")<output id="filter-count" aria-live="polite"></output>
            </div>
            """
    }

    private static let changedFilter = """
        <label class="check"><input type="checkbox" id="filter-changed"> only what changes</label>

        """

    private var hasChanges: Bool { matrix.rows.contains(where: \.isChanged) }

    private static func options(_ options: [(value: String, text: String)]) -> String {
        // An empty value must be written: without it an option's value is its text.
        options.map { "<option value=\"\(HTML.text($0.value))\">\(HTML.text($0.text))</option>" }.joined()
    }

    private var legend: String {
        HTML.list(
            class: "legend",
            Role.builtIn.map(RoleBadge.html) + [HTML.element("span", class: "role custom", "custom role")]
        )
    }

    private var table: String {
        let head = matrix.points.map { HTML.element("th", attributes: [("scope", "col")], Self.name(of: $0)) }.joined()
        let rows = matrix.rows.map(html).joined(separator: "\n")
        return """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-title">
            <table class="matrix" id="matrix-table">
            <caption>Who may do what where</caption>
            <thead><tr><th scope="col">person</th>\(head)</tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table>
            </div>
            """
    }

    private static func name(of point: AccessPoint) -> String {
        switch point {
        case .location(let deployment, let location):
            HTML.element("span", class: "part", HTML.text(deployment + " / ")) + HTML.text(location)
        case .branchDeployments(of: let base):
            HTML.element("span", class: "part", "branches of ") + HTML.text(base)
        default: HTML.text(point.description)
        }
    }

    private func html(_ row: AccessMatrix.Row) -> String {
        let cells = row.cells.map(html).joined()
        return HTML.element("tr", attributes: row.isChanged ? [("data-changed", "")] : [], header(of: row) + cells)
    }

    private func header(of row: AccessMatrix.Row) -> String {
        let note: String
        switch row.membership {
        case .joins: note = HTML.element("span", class: "gain", " joins")
        case .leaves: note = HTML.element("span", class: "loss", " leaves")
        case .renamed(from: let old): note = HTML.element("span", class: "why", " was \(HTML.text(old))")
        case .stays: note = ""
        }
        let name = row.displayName.map { HTML.element("span", class: "name", HTML.text($0)) } ?? ""
        let groups =
            row.groups.isEmpty
            ? "" : HTML.element("span", class: "name", "in " + HTML.text(row.groups.joined(separator: ", ")))
        let who = HTML.text(row.person) + note + name + groups
        guard !row.paths.isEmpty else { return HTML.element("th", attributes: [("scope", "row")], who) }
        let paths = HTML.list(row.paths.map(HTML.text))
        let details = HTML.element("details", HTML.element("summary", who) + paths)
        return HTML.element("th", attributes: [("scope", "row")], details)
    }

    private func html(_ cell: AccessMatrix.Cell) -> String {
        var attributes: [(name: String, value: String)] = []
        let keys = RoleBadge.keys(cell.role)
        if !keys.isEmpty { attributes.append(("data-roles", keys)) }
        guard let before = cell.before else {
            return HTML.element("td", attributes: attributes, badge(of: cell))
        }
        let former = before.isNone ? "none" : before.description
        let was = HTML.element("span", class: "was", "was " + HTML.element("s", HTML.text(former)))
        return HTML.element("td", class: "changed", attributes: attributes, RoleBadge.html(cell.role) + was)
    }

    /// The role, which opens to the ways that lead to it.
    private func badge(of cell: AccessMatrix.Cell) -> String {
        let badge = RoleBadge.html(cell.role)
        guard !cell.trails.isEmpty else { return badge }
        let ways = HTML.list(cell.trails.map { OutlineHTML().html(TrailItem.item($0)) })
        return HTML.element("details", class: "ways", HTML.element("summary", badge) + ways)
    }

    private var omission: String {
        guard matrix.omitted > 0 else { return "" }
        return HTML.element(
            "p",
            class: "hint",
            "and \(PlanText.counted(matrix.omitted, "person", "people")) more: a page with all of them would open nowhere"
        )
    }
}
