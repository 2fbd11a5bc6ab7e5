internal import Roster
internal import SCIM

/// Where a walk through a list stands: behind one resource, which need not be there any more.
struct Position: Hashable {
    var match: Search.Match
    /// What the resource was sorted by when it was shown; nil for nothing.
    var value: Value?
}

// Pages by cursor: each starts behind the last resource of the one before, so that no resource that was there all
// along is skipped or shown twice, whatever others write meanwhile (RFC 9865).
extension Search {
    /// At most so many matches behind a position, or from the start.
    func page(after position: Position?, limit: Int) -> [Match] {
        if order != nil { return sortedPage(after: position, limit: limit) }
        var page: [Match] = []
        for part in parts.indices where part >= position?.match.part ?? 0 {
            let last = position.flatMap { $0.match.part == part ? $0.match.id : nil }
            page += ids(part, after: last, limit: limit - page.count).map { Match(part: part, id: $0) }
        }
        return page
    }

    /// Looks no further than it must: a walk over all pages asks each record once.
    private func ids(_ part: Int, after last: String?, limit: Int) -> [String] {
        if let candidates = candidates(part) {
            let rest = candidates.lazy.filter { id in last.map { id > $0 } ?? true }
            return Array(rest.filter { isMatch($0, part) }.prefix(limit))
        }
        let all = allIDs(part)
        var place = all.index(after: last)
        var found: [String] = []
        while found.count < limit, place < all.count {
            let run = all.page(from: place, limit: 256)
            found += run.lazy.filter { isMatch($0, part) }.prefix(limit - found.count)
            place += run.count
        }
        return found
    }

    private func sortedPage(after position: Position?, limit: Int) -> [Match] {
        let all = sorted()
        guard let position else { return all.prefix(limit).map(\.match) }
        let last = Keyed(match: position.match, key: key(of: position))
        return all.lazy.filter { precedes(last, $0) }.prefix(limit).map(\.match)
    }

    private func key(of position: Position) -> ComparisonKey? {
        guard parts.indices.contains(position.match.part), let value = position.value else { return nil }
        return parts[position.match.part].sorting?.key(of: Shown(value: value))
    }

    /// The position behind a match.
    func position(behind match: Match, sortedBy name: String?, policy: Policy) -> Position {
        let target = name.flatMap { parts[match.part].type.attribute($0, policy: policy) }
        let value = target.flatMap { record(match)?.value(of: $0.attribute, in: $0.schema) }
        return Position(match: match, value: value.map(Self.thinned))
    }

    /// Of a list only what it is sorted by, or the cursor of a large group would be as large as the group.
    private static func thinned(_ value: Value) -> Value {
        guard let elements = value.array else { return value }
        return .array((elements.first { $0.object?["primary"] == true } ?? elements.first).map { [$0] } ?? [])
    }

    /// A resource of which nothing is known any more but the value that it was sorted by.
    private struct Shown: Record {
        let value: Value

        func value(of attribute: Attribute, in schema: Schema) -> Value? { value }
    }
}
