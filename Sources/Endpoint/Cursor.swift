internal import Crypto
internal import Roster
internal import SCIM

/// What a cursor says once it is unsealed: which walk it belongs to and where that stands (RFC 9865).
struct Cursor: Hashable {
    /// The query that is walked, as a digest.
    var query: String
    /// The size of the pages, which must not change on the way.
    var count: Int
    /// When it ends, in milliseconds since 1970.
    var expires: Int
    var position: Position

    /// What makes a walk over some types another one.
    ///
    /// That is filter and order; a client may ask for other attributes on the way.
    static func digest(of query: ListQuery, _ types: [ResourceType]) -> String {
        let parts = [
            types.map(\.name).joined(separator: ","), query.filter?.description ?? "", query.sortBy?.lowercased() ?? "",
            query.sortOrder.rawValue,
        ]
        let digest = SHA256.hash(data: JSON.write(.array(parts.map(Value.string))))
        return digest.prefix(16).map { String($0, radix: 16) }.joined(separator: ".")
    }
}

extension Cursor {
    /// The cursor as bytes to be sealed.
    var bytes: [UInt8] {
        var object: Object = [
            "query": .string(query), "count": .integer(count), "expires": .integer(expires),
            "part": .integer(position.match.part), "id": .string(position.match.id),
        ]
        object["value"] = position.value
        return JSON.write(.object(object))
    }

    /// Reads what was sealed; nil for what ``bytes`` never writes.
    init?(_ bytes: [UInt8]) {
        guard let object = try? JSON.read(bytes).object, let query = object["query"]?.string,
            let count = object["count"]?.integer, let expires = object["expires"]?.integer,
            let part = object["part"]?.integer, let id = object["id"]?.string
        else { return nil }
        self.query = query
        self.count = count
        self.expires = expires
        position = Position(match: Search.Match(part: part, id: id), value: object["value"])
    }
}
