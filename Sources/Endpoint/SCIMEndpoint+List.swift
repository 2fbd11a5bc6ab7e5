internal import Roster
internal import SCIM
internal import Store

extension SCIMEndpoint {
    /// A page of the resources that a query asks for (RFC 7644 section 3.4.2).
    func list(_ types: [ResourceType], _ query: ListQuery, _ call: Call) throws -> EndpointAnswer {
        let links = Links(snapshot: store.snapshot, base: call.base)
        let search = try Search(types, query, policy: policy, links: links)
        if let cursor = query.cursor { return try list(search, query, cursor: cursor) }
        let size = query.pageSize(default: limits.defaultPageSize, maximum: limits.pageSize)
        let page = search.page(from: query.startIndex - 1, limit: size)
        if page.total == 0 { try checkMiss(query, in: links.snapshot) }
        let body = ListResponse.body(
            resources: try resources(page.matches, of: search, query),
            totalResults: page.total,
            startIndex: query.startIndex
        )
        return EndpointAnswer(status: 200, json: body)
    }

    private func resources(_ matches: [Search.Match], of search: Search, _ query: ListQuery) throws -> [Object] {
        let selections = try search.parts.map { try query.selection(for: $0.type) }
        return matches.compactMap { match in search.record(match)?.resource(selections[match.part]) }
    }

    /// While a file cannot be read that may hold whom a filter asks for, "there is nobody" would make the identity
    /// provider create them a second time.
    private func checkMiss(_ query: ListQuery, in snapshot: Snapshot) throws(StoreError) {
        guard query.filter != nil else { return }
        let unknown = snapshot.broken.unknown
        if !unknown.isEmpty { throw .unknownRecords(unknown) }
    }
}

extension SCIMEndpoint {
    /// A page of a walk by cursor (RFC 9865).
    ///
    /// The total is said where the directory knows it; counting the matches of a filter would cost every page a scan.
    private func list(_ search: Search, _ query: ListQuery, cursor text: String) throws -> EndpointAnswer {
        let digest = Cursor.digest(of: query, search.parts.map(\.type))
        let cursor = text.isEmpty ? nil : try opened(text, digest, query)
        let size = try cursor?.count ?? firstCount(query)
        let found = size == 0 ? [] : search.page(after: cursor?.position, limit: size + 1)
        if cursor == nil, size > 0, found.isEmpty { try checkMiss(query, in: search.links.snapshot) }
        let shown = Array(found.prefix(size))
        var next: String?
        if let last = shown.last, found.count > size {
            let position = search.position(behind: last, sortedBy: query.sortBy, policy: policy)
            let expires = now().milliseconds + limits.cursorTimeout * 1000
            next = try seal.sealed(Cursor(query: digest, count: size, expires: expires, position: position).bytes)
        }
        let body = ListResponse.body(
            resources: try resources(shown, of: search, query),
            totalResults: query.filter == nil ? search.parts.indices.reduce(0) { $0 + search.allIDs($1).count } : nil,
            nextCursor: next
        )
        return EndpointAnswer(status: 200, json: body)
    }

    private func firstCount(_ query: ListQuery) throws(SCIMError) -> Int {
        let count = query.count ?? limits.defaultPageSize
        guard count <= limits.pageSize else {
            throw .invalidCount("\"count\" is \(count), expected a number from 0 to \(limits.pageSize)")
        }
        return count
    }

    private func opened(_ text: String, _ digest: String, _ query: ListQuery) throws(SCIMError) -> Cursor {
        guard let cursor = seal.opened(text).flatMap(Cursor.init) else {
            throw .invalidCursor(
                "this cursor is none that this server made since it was started; begin again with an empty \"cursor\""
            )
        }
        guard cursor.query == digest else {
            throw .invalidCursor(
                "this cursor belongs to another query; repeat \"filter\", \"sortBy\" and \"sortOrder\" as they were"
            )
        }
        guard now().milliseconds < cursor.expires else {
            throw .expiredCursor(
                "this cursor is older than \(limits.cursorTimeout) seconds; begin again with an empty \"cursor\""
            )
        }
        guard query.count == nil || query.count == cursor.count else {
            throw .invalidCount("\"count\" was \(cursor.count) when this walk began and cannot change on the way")
        }
        return cursor
    }
}
