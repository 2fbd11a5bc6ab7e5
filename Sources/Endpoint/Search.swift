internal import Roster
internal import SCIM
internal import Store

/// A query over resources of one type or, at the root, of several, on one state of the directory (RFC 7644 sections
/// 3.4.2 and 3.4.2.1).
///
/// Without `sortBy` resources stand by type and id, an order that nothing has to be sorted for.
struct Search {
    /// What the query means for one of the types.
    struct Part {
        let type: ResourceType
        let filter: BoundFilter?
        let sorting: Sorting?
    }

    /// One resource that was found.
    struct Match: Hashable {
        /// The place of its type among the parts.
        var part: Int
        var id: String
    }

    let parts: [Part]
    let links: Links

    /// Looks the query's names up; a name that none of the types has is refused, one that some have is without a
    /// value in the others.
    init(_ types: [ResourceType], _ query: ListQuery, policy: Policy, links: Links) throws(SCIMError) {
        self.links = links
        let filters = try Self.filters(types, query, policy)
        let sortings = try Self.sortings(types, query, policy)
        parts = types.indices.map { Part(type: types[$0], filter: filters[$0], sorting: sortings[$0]) }
    }

    private static func filters(
        _ types: [ResourceType],
        _ query: ListQuery,
        _ policy: Policy
    ) throws(SCIMError) -> [BoundFilter?] {
        guard let filter = query.filter else { return types.map { _ in nil } }
        let isAlone = types.count == 1
        if !isAlone { try filter.checkNames(types, policy) }
        var filters: [BoundFilter?] = []
        for type in types {
            filters.append(
                try BoundFilter(filter, for: type, policy: policy, unknownAttribute: isAlone ? .refused : .absent)
            )
        }
        return filters
    }

    private static func sortings(
        _ types: [ResourceType],
        _ query: ListQuery,
        _ policy: Policy
    ) throws(SCIMError) -> [Sorting?] {
        var refusals: [SCIMError] = []
        var sortings: [Sorting?] = []
        for type in types {
            do {
                sortings.append(try query.sorting(for: type, policy: policy))
            } catch {
                refusals.append(error)
                sortings.append(nil)
            }
        }
        if let refusal = refusals.first, refusals.count == types.count { throw refusal }
        return sortings
    }
}

extension Search {
    /// The record of a match, if it is there.
    func record(_ match: Match) -> ResourceRecord? {
        ResourceRecord(parts[match.part].type, id: match.id, links: links)
    }

    /// The user of a match in a part that is of users.
    func user(_ match: Match) -> User? { links.content.user(id: match.id) }

    /// Whether it asks for all users, in no order of its own.
    var isOfAllUsers: Bool {
        parts.count == 1 && parts[0].type == .user && parts[0].filter == nil && parts[0].sorting == nil
    }

    /// The order that the client asked for; nil for that of types and ids.
    var order: Sorting? { parts.lazy.compactMap(\.sorting).first }

    /// All ids of a part's type, in ascending order.
    func allIDs(_ part: Int) -> OrderedIDs {
        parts[part].type.name == ResourceType.user.name
            ? links.content.userIDs : links.content.groupIDs
    }

    /// The ids among which a part's matches are, ascending, where an index knows them.
    func candidates(_ part: Int) -> [String]? {
        parts[part].filter.flatMap { filter in
            Candidates(content: links.content, type: parts[part].type).ids(for: filter)?.sorted()
        }
    }

    /// Whether a resource is as the filter asks.
    func isMatch(_ id: String, _ part: Int) -> Bool {
        guard let filter = parts[part].filter else { return true }
        return record(Match(part: part, id: id)).map(filter.matches) ?? false
    }
}
