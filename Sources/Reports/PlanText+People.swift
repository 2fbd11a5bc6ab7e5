internal import Reconcile

extension PlanText {
    /// Who gains or loses what where; people with whom the same happens share their lines.
    var people: [String] {
        guard !plan.people.isEmpty else { return [] }
        let heading = palette.heading("people (\(plan.people.count))")
        return [heading] + PeopleBlock.all(of: plan).flatMap { lines(of: $0.block, names: $0.names) }
    }

    private func lines(of block: PeopleBlock, names: [String]) -> [String] {
        let who = Self.shortened(names)
        let origin = block.origin.map { "  [\($0)]" } ?? ""
        let first: String
        switch block.kind {
        case .joins: first = palette.gain("  + \(who)") + "  " + plural("joins", "join", names) + " the organization"
        case .leaves: first = palette.loss("  - \(who)") + "  " + plural("leaves", "leave", names) + " the organization"
        case .renamed: first = palette.change("  ~ \(who)") + "  same person, new address"
        case .stays: first = palette.change("  ~ \(who)")
        }
        return [first + origin] + block.changes.map { "      \(text(of: $0))" }
    }

    private func plural(_ one: String, _ many: String, _ names: [String]) -> String { names.count == 1 ? one : many }

    private func text(of line: AccessLine) -> String {
        let colored = line.isLoss ? palette.loss(line.what) : palette.gain(line.what)
        let origins = line.origins.isEmpty ? "" : palette.quiet("[\(line.origins.joined(separator: ", "))]")
        return [colored, line.reasons.joined(separator: "; "), origins].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
