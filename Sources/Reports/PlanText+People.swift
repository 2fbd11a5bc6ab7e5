internal import Access
internal import Reconcile

extension PlanText {
    /// Who gains or loses what where; people with whom the same happens share their lines.
    var people: [String] {
        guard !plan.people.isEmpty else { return [] }
        let origins = Dictionary(plan.items.map { ($0.id, $0.origin) }, uniquingKeysWith: { first, _ in first })
        var groups: [Block: [String]] = [:]
        for person in plan.people { groups[Block(person, origins), default: []].append(name(of: person)) }
        let blocks = groups.sorted { ($0.key.rank, $0.value[0]) < ($1.key.rank, $1.value[0]) }
        let heading = palette.heading("people (\(plan.people.count))")
        return [heading] + blocks.flatMap { lines(of: $0.key, names: $0.value) }
    }

    private func name(of person: PersonChange) -> String {
        guard case .renamed(from: let old) = person.membership else { return person.key }
        return "\(old) -> \(person.key)"
    }

    private func lines(of block: Block, names: [String]) -> [String] {
        let who = Self.shortened(names)
        let origin = block.origin.map { "  [\($0)]" } ?? ""
        let first: String
        switch block.kind {
        case .joins: first = palette.gain("  + \(who)") + "  " + plural("joins", "join", names) + " the organization"
        case .leaves: first = palette.loss("  - \(who)") + "  " + plural("leaves", "leave", names) + " the organization"
        case .renamed: first = palette.change("  ~ \(who)") + "  same person, new address"
        case .stays: first = palette.change("  ~ \(who)")
        }
        return [first + origin] + block.changes.map { "      \($0.text(palette))" }
    }

    private func plural(_ one: String, _ many: String, _ names: [String]) -> String { names.count == 1 ? one : many }
}

/// What happens to one or more people, in the words of a report.
private struct Block: Hashable {
    enum Kind: Hashable {
        case joins
        case leaves
        case renamed
        case stays
    }

    var kind: Kind
    var origin: String?
    var changes: [Line]
    /// Losses stand before gains: what is taken away is to be seen first.
    var rank: Int

    init(_ person: PersonChange, _ origins: [ItemID: Origin]) {
        switch person.membership {
        case .joins: kind = .joins
        case .leaves: kind = .leaves
        case .renamed: kind = .renamed
        case .stays: kind = .stays
        }
        origin = person.item.flatMap { origins[$0] }.map(PlanText.text)
        changes = person.changes.map { Line($0, origins) }
        if kind == .leaves {
            rank = 0
        } else {
            rank = person.changes.contains(where: \.isLoss) ? 1 : kind == .joins ? 3 : 2
        }
    }
}

/// One point where somebody gains or loses something.
private struct Line: Hashable {
    var what: String
    var reasons: String
    var origins: String
    var isLoss: Bool

    init(_ change: AccessChange, _ origins: [ItemID: Origin]) {
        let point = change.point.description.neutralized
        what = "\(point): \(change.before.description.neutralized) -> \(change.after.description.neutralized)"
        reasons = change.reasons.map(\.neutralized).joined(separator: "; ")
        let found = change.items.compactMap { origins[$0] }.map(PlanText.text)
        self.origins = found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
        isLoss = change.isLoss
    }

    func text(_ palette: Palette) -> String {
        let colored = isLoss ? palette.loss(what) : palette.gain(what)
        let parts = [colored, reasons, origins.isEmpty ? "" : palette.quiet("[\(origins)]")]
        return parts.filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
