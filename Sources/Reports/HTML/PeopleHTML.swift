internal import Reconcile

/// What a plan means for people, as a list; people with whom the same happens share an entry.
struct PeopleHTML {
    let plan: Plan

    var html: String {
        guard !plan.people.isEmpty else { return "" }
        let entries = PeopleBlock.all(of: plan).map { html($0.block, $0.names) }
        return HTML.list(class: "people", entries)
    }

    private func html(_ block: PeopleBlock, _ names: [String]) -> String {
        let isLoss = block.kind == .leaves || block.changes.contains(where: \.isLoss)
        let sign = isLoss ? "−" : block.kind == .renamed ? "~" : "+"
        let classes = "sign " + (isLoss ? "loss" : block.kind == .renamed ? "" : "gain")
        let origin = block.origin.map { " " + HTML.element("span", class: "origin", "[\(HTML.text($0))]") } ?? ""
        let changes = block.changes.isEmpty ? "" : HTML.list(block.changes.map(html))
        return HTML.element("span", class: classes, sign) + who(names) + words(block.kind, names.count) + origin
            + changes
    }

    /// The names, folded where they are many: none of them is left out.
    private func who(_ names: [String]) -> String {
        let texts = names.map { HTML.element("span", class: "who", HTML.text($0)) }
        guard names.count > PlanText.shownNames else { return texts.joined(separator: ", ") }
        let shown = texts.prefix(PlanText.shownNames).joined(separator: ", ")
        let rest = texts.dropFirst(PlanText.shownNames)
        return shown
            + HTML.element("details", HTML.element("summary", "and \(rest.count) more") + rest.joined(separator: ", "))
    }

    private func words(_ kind: PeopleBlock.Kind, _ count: Int) -> String {
        switch kind {
        case .joins: count == 1 ? " joins the organization" : " join the organization"
        case .leaves: count == 1 ? " leaves the organization" : " leave the organization"
        case .renamed: ": same person, new address"
        case .stays: ""
        }
    }

    private func html(_ line: AccessLine) -> String {
        let reasons =
            line.reasons.isEmpty
            ? "" : " " + HTML.element("span", class: "why", HTML.text(line.reasons.joined(separator: "; ")))
        let origins =
            line.origins.isEmpty
            ? "" : " " + HTML.element("span", class: "origin", "[\(HTML.text(line.origins.joined(separator: ", ")))]")
        return HTML.element("span", class: "point", HTML.text(line.point)) + " " + RoleBadge.html(line.before) + " → "
            + RoleBadge.html(line.after) + reasons + origins
    }
}
