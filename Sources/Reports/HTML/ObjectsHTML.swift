internal import Access
internal import Reconcile

/// The objects of a plan as tables: what changes, what guards counted, what is left alone.
struct ObjectsHTML {
    let plan: Plan
    /// How many changes are shown one by one; JSON has them all.
    static let shownChanges = 5000

    var changes: String {
        guard !plan.items.isEmpty else { return "" }
        let rows = plan.items.prefix(Self.shownChanges).map(row)
        let rest = plan.items.count - rows.count
        let more = rest > 0 ? HTML.element("p", class: "hint", "and \(rest) more: --format json has them all") : ""
        return table(
            ["", "object", "why", "explained by"],
            caption: "Every object that changes, in the order of an apply",
            rows
        )
            + more
    }

    private func row(_ item: PlanItem) -> String {
        let sign: (text: String, style: String)
        switch item.change.action {
        case .create: sign = ("+", "sign gain")
        case .remove: sign = ("−", "sign loss")
        case .update, .rename: sign = ("~", "sign")
        }
        let action = HTML.element(
            "span",
            class: sign.style,
            attributes: [("title", item.change.action.rawValue)],
            sign.text
        )
        return HTML.element("td", action)
            + HTML.element("td", class: "reasons", HTML.text(ChangeText.text(of: item.change)))
            + HTML.element("td", class: "why", HTML.text(item.reasons.joined(separator: "; ")))
            + HTML.element("td", class: "origin", HTML.text(PlanText.text(of: item.origin)))
    }

    var guards: String {
        guard !plan.guards.isEmpty else { return "" }
        let rows = plan.guards.map { verdict in
            let state: String
            if let passed = verdict.override {
                state = "overridden: " + HTML.text(passed.reason)
            } else {
                state = verdict.isRefused ? HTML.element("span", class: "bad", "refused") : "passed"
            }
            return HTML.element("td", HTML.text(verdict.check.name))
                + HTML.element("td", class: "number", "\(verdict.losses.count)")
                + HTML.element("td", class: "number", "\(verdict.total)") + HTML.element("td", state)
        }
        return table(["guard", "lost", "of", ""], caption: "What each guard counted", rows)
    }

    var unmanaged: String {
        let unmanaged = plan.unmanaged
        let grants = unmanaged.grants.map { held in
            "grant \(held.holder): \(AccessPoint(held.grant.scope)): \(ChangeText.text(of: held.grant))"
        }
        let names =
            unmanaged.users.map { "user \($0)" } + unmanaged.teams.map { "team \($0)" }
            + unmanaged.roles.map { "role \($0)" }
            + unmanaged.serviceUsers.map { "service user \($0)" } + grants
        return names.isEmpty ? "" : HTML.list(names.map(HTML.text))
    }

    private func table(_ head: [String], caption: String, _ rows: [String]) -> String {
        let cells = head.map { HTML.element("th", attributes: [("scope", "col")], $0) }.joined()
        let body = rows.map { HTML.element("tr", $0) }.joined(separator: "\n")
        return HTML.element(
            "div",
            class: "scroll",
            attributes: [("tabindex", "0"), ("role", "region"), ("aria-label", caption)],
            "\n<table>\n" + HTML.element("caption", HTML.text(caption)) + "<thead><tr>\(cells)</tr></thead>\n"
                + "<tbody>\n\(body)\n</tbody>\n</table>\n"
        )
    }
}
