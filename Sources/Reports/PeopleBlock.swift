internal import Access
internal import Reconcile

/// What happens to one or more people, in the words of a report: people with whom the same happens share a block.
struct PeopleBlock: Hashable {
    enum Kind: Hashable {
        case joins
        case leaves
        case renamed
        case stays
    }

    var kind: Kind
    /// What explains that somebody joins, leaves or is renamed.
    var origin: String?
    var changes: [AccessLine]
    /// Losses stand before gains: what is taken away is to be seen first.
    var rank: Int

    private init(_ person: PersonChange, _ origins: [ItemID: Origin]) {
        switch person.membership {
        case .joins: kind = .joins
        case .leaves: kind = .leaves
        case .renamed: kind = .renamed
        case .stays: kind = .stays
        }
        origin = person.item.flatMap { origins[$0] }.map(PlanText.text)
        changes = person.changes.map { AccessLine($0, origins) }
        if kind == .leaves {
            rank = 0
        } else {
            rank = person.changes.contains(where: \.isLoss) ? 1 : kind == .joins ? 3 : 2
        }
    }

    /// All blocks of a plan in the order of a report, each with the names of its people as they were given.
    static func all(of plan: Plan) -> [(block: PeopleBlock, names: [String])] {
        let origins = Dictionary(plan.items.map { ($0.id, $0.origin) }, uniquingKeysWith: { first, _ in first })
        var groups: [PeopleBlock: [String]] = [:]
        for person in plan.people { groups[PeopleBlock(person, origins), default: []].append(name(of: person)) }
        return groups.sorted { ($0.key.rank, $0.value[0]) < ($1.key.rank, $1.value[0]) }
            .map { (block: $0.key, names: $0.value) }
    }

    private static func name(of person: PersonChange) -> String {
        guard case .renamed(from: let old) = person.membership else { return person.key }
        return "\(old) -> \(person.key)"
    }
}

/// One point where somebody gains or loses something; all words are neutralised.
struct AccessLine: Hashable {
    var point: String
    var before: EffectiveRole
    var after: EffectiveRole
    var reasons: [String]
    /// What explains it, each once.
    var origins: [String]
    var isLoss: Bool

    init(_ change: AccessChange, _ origins: [ItemID: Origin]) {
        point = change.point.description.neutralized
        before = change.before
        after = change.after
        reasons = change.reasons.map(\.neutralized)
        self.origins = change.items.compactMap { origins[$0] }.map(PlanText.text)
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        isLoss = change.isLoss
    }

    /// `prod: none -> viewer`.
    var what: String { "\(point): \(before.description.neutralized) -> \(after.description.neutralized)" }
}
