internal import Roster
internal import SCIM

// Pages by index: `startIndex` and `count` (RFC 7644 section 3.4.2.4).
extension Search {
    /// The matches from a place on, and how many there are in all.
    func page(from start: Int, limit: Int) -> (matches: [Match], total: Int) {
        if order != nil {
            let all = sorted()
            return (all.dropFirst(start).prefix(limit).map(\.match), all.count)
        }
        var page: [Match] = []
        var total = 0
        for part in parts.indices {
            let found = found(part)
            let ids = found.page(from: max(0, start - total), limit: limit - page.count)
            page += ids.map { Match(part: part, id: $0) }
            total += found.count
        }
        return (page, total)
    }

    /// What matches in a part: everything in its own order, or certain ids.
    private enum Found {
        case all(OrderedIDs)
        case some([String])

        var count: Int {
            switch self {
            case .all(let ids): ids.count
            case .some(let ids): ids.count
            }
        }

        func page(from start: Int, limit: Int) -> [String] {
            switch self {
            case .all(let ids): ids.page(from: start, limit: limit)
            case .some(let ids): Array(ids.dropFirst(start).prefix(limit))
            }
        }
    }

    private func found(_ part: Int) -> Found {
        guard parts[part].filter != nil else { return .all(allIDs(part)) }
        return .some(matches(part))
    }

    private func matches(_ part: Int) -> [String] {
        if let candidates = candidates(part) { return candidates.filter { isMatch($0, part) } }
        return allIDs(part).filter { isMatch($0, part) }
    }
}

extension Search {
    /// A match with what it is sorted by.
    struct Keyed {
        var match: Match
        var key: ComparisonKey?
    }

    /// All matches in the order that the client asked for; those with equal keys stand by type and id.
    func sorted() -> [Keyed] {
        let all = parts.indices.flatMap { part in
            matches(part).map { id in keyed(Match(part: part, id: id)) }
        }
        return all.sorted(by: precedes)
    }

    private func keyed(_ match: Match) -> Keyed {
        let key = parts[match.part].sorting.flatMap { sorting in record(match).flatMap { sorting.key(of: $0) } }
        return Keyed(match: match, key: key)
    }

    /// Whether one match stands before another.
    func precedes(_ left: Keyed, _ right: Keyed) -> Bool {
        if let order {
            if order.precedes(left.key, right.key) { return true }
            if order.precedes(right.key, left.key) { return false }
        }
        return (left.match.part, left.match.id) < (right.match.part, right.match.id)
    }
}
