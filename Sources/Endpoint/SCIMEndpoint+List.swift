internal import Roster
internal import SCIM
internal import Store

extension SCIMEndpoint {
    /// A page of the resources that a query asks for (RFC 7644 section 3.4.2).
    func list(_ types: [ResourceType], _ query: ListQuery, _ call: Call) throws -> EndpointAnswer {
        let links = Links(snapshot: store.snapshot, base: call.base, stored: stored)
        let search = try Search(types, query, policy: policy, links: links)
        if let cursor = query.cursor { return try list(search, query, cursor: cursor) }
        let size = query.pageSize(default: limits.defaultPageSize, maximum: limits.pageSize)
        if search.isOfAllUsers, stored.isAll, try query.selection(for: .user).isDefault {
            return everybody(from: query.startIndex, limit: size, links)
        }
        let page = search.page(from: query.startIndex - 1, limit: size)
        if page.total == 0 { try checkMiss(query, in: links.snapshot) }
        let head = ListResponse.head(
            count: page.matches.count,
            totalResults: page.total,
            startIndex: query.startIndex
        )
        return try answer(head, page.matches, of: search, query)
    }

    /// A page of all people as they are: what clients read a whole directory by.
    private func everybody(from startIndex: Int, limit: Int, _ links: Links) -> EndpointAnswer {
        let page = links.content.users(from: startIndex - 1, limit: limit)
        let total = links.content.userIDs.count
        let head = ListResponse.head(count: page.count, totalResults: total, startIndex: startIndex)
        let users = UserAnswer(links: links)
        var body: [UInt8] = []
        body.reserveCapacity(256 + page.count * 1024)
        links.content.readAhead(page)
        ListResponse.write(head, resources: page.count, into: &body) { index, body in
            users.write(page[index], into: &body)
        }
        return EndpointAnswer(status: 200, body: body)
    }

    /// A list answer: what it says of itself, and then each resource.
    private func answer(
        _ head: Object,
        _ matches: [Search.Match],
        of search: Search,
        _ query: ListQuery
    ) throws -> EndpointAnswer {
        let selections = try search.parts.map { try query.selection(for: $0.type) }
        var body: [UInt8] = []
        body.reserveCapacity(256 + matches.count * 1024)
        let areUsers = search.parts.map { $0.type == .user && stored.isAll }
        let users = UserAnswer(links: search.links)
        ListResponse.write(head, resources: matches.count, into: &body) { index, body in
            let match = matches[index]
            if areUsers[match.part], selections[match.part].isDefault, let user = search.user(match) {
                users.write(user, into: &body)
            } else {
                search.record(match)?.write(selections[match.part], into: &body)
            }
        }
        return EndpointAnswer(status: 200, body: body)
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
        let head = ListResponse.head(
            count: shown.count,
            totalResults: query.filter == nil ? search.parts.indices.reduce(0) { $0 + search.allIDs($1).count } : nil,
            nextCursor: next
        )
        return try answer(head, shown, of: search, query)
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
