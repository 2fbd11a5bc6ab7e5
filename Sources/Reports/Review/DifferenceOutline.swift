internal import Access

/// The sections that say what is different between two states of a tree.
enum DifferenceOutline {
    static func sections(of difference: AccessDifference) -> [Outline.Section] {
        [
            Outline.Section(
                "Who joins or leaves which group",
                id: "groups",
                count: difference.groups.count,
                difference.groups.map(item)
            ),
            Outline.Section(
                "Who gains or loses what",
                id: "people",
                count: difference.people.count,
                blocks(difference.people).map(item)
            ),
            Outline.Section(
                "What changes",
                id: "objects",
                count: difference.objects.count,
                difference.objects.map(item)
            ),
        ]
    }

    private static func item(_ group: GroupDifference) -> Outline.Item {
        let note: String
        switch group.change {
        case .created: note = "  new group"
        case .removed: note = "  is removed"
        case .changed: note = ""
        }
        let former = group.formerName.map { [Outline.Span.words("  was "), .foreign($0)] } ?? []
        let joined = Outline.Item(sign: .gain, spans: [.names(group.joined), .words("  joined")])
        let left = Outline.Item(sign: .loss, spans: [.names(group.left), .words("  left")])
        return Outline.Item(
            sign: sign(group.change),
            spans: [.words("group "), .strong(group.name), .words(note)] + former,
            items: (group.joined.isEmpty ? [] : [joined]) + (group.left.isEmpty ? [] : [left])
        )
    }

    private static func sign(_ action: ObjectDifference.Action) -> Outline.Sign {
        switch action {
        case .created: .gain
        case .removed: .loss
        case .changed: .change
        }
    }

    private static func item(_ object: ObjectDifference) -> Outline.Item {
        let file = object.file.isEmpty ? [] : [Outline.Span.words("  "), .quiet(object.file)]
        return Outline.Item(
            sign: sign(object.action),
            spans: [.words("\(object.kind) "), .strong(object.name)] + file,
            items: object.details.map { Outline.Item(spans: [.foreign($0)]) }
        )
    }
}

extension DifferenceOutline {
    /// People with whom the same happens, losses first: what is taken away is to be seen first.
    private static func blocks(_ people: [PersonDifference]) -> [(person: PersonDifference, names: [String])] {
        var names: [PersonDifference: [String]] = [:]
        var order: [PersonDifference] = []
        for person in people {
            var key = person
            key.person = ""
            key.displayName = nil
            if names[key] == nil { order.append(key) }
            names[key, default: []].append(name(of: person))
        }
        return order.enumerated()
            .sorted { (rank(of: $0.element), $0.offset) < (rank(of: $1.element), $1.offset) }
            .map { ($0.element, names[$0.element] ?? []) }
    }

    private static func name(of person: PersonDifference) -> String {
        guard case .renamed(from: let old) = person.membership else { return person.person }
        return "\(old) -> \(person.person)"
    }

    private static func rank(of person: PersonDifference) -> Int {
        switch person.membership {
        case .leaves: 0
        case .joins: 3
        case .stays, .renamed: person.points.contains(where: \.isLoss) ? 1 : 2
        }
    }

    private static func item(_ block: (person: PersonDifference, names: [String])) -> Outline.Item {
        let isOne = block.names.count == 1
        let points = block.person.points.map(item)
        switch block.person.membership {
        case .joins(because: let why):
            let words = (isOne ? "  joins" : "  join") + " the organization: \(why)"
            return Outline.Item(sign: .gain, spans: [.names(block.names), .words(words)], items: points)
        case .leaves(because: let why):
            let words = (isOne ? "  leaves" : "  leave") + " the organization: \(why)"
            return Outline.Item(sign: .loss, spans: [.names(block.names), .words(words)], items: points)
        case .renamed:
            let words = "  same person, new address"
            return Outline.Item(sign: .change, spans: [.names(block.names), .words(words)], items: points)
        case .stays: return Outline.Item(sign: .change, spans: [.names(block.names)], items: points)
        }
    }

    private static func item(_ point: PersonDifference.Point) -> Outline.Item {
        let reasons =
            point.reasons.isEmpty ? [] : [Outline.Span.words("  "), .quiet(point.reasons.joined(separator: "; "))]
        return Outline.Item(
            sign: point.isLoss ? .loss : .gain,
            spans: [
                .foreign(point.point.description), .words(": "), .role(point.before), .words(" -> "),
                .role(point.after),
            ] + reasons
        )
    }
}
