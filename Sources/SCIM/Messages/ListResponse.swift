/// The answer to a query (RFC 7644 section 3.4.2, RFC 9865 section 2).
public enum ListResponse {
    /// The URN of the answer's schema.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    /// A page by index; `Resources` is there even when it is empty, because Okta and Entra both read it.
    public static func body(resources: [Object], totalResults: Int, startIndex: Int) -> Object {
        var body = head(count: resources.count, totalResults: totalResults, startIndex: startIndex)
        body["Resources"] = .array(resources.map(Value.object))
        return body
    }

    /// A page by cursor: no `startIndex`, `nextCursor` until the last page.
    public static func body(
        resources: [Object],
        totalResults: Int?,
        nextCursor: String?,
        previousCursor: String? = nil
    ) -> Object {
        var body = head(count: resources.count, totalResults: totalResults, nextCursor: nextCursor)
        body["previousCursor"] = previousCursor.map(Value.string)
        body["Resources"] = .array(resources.map(Value.object))
        return body
    }

    /// What a page by index says beside its resources.
    public static func head(count: Int, totalResults: Int, startIndex: Int) -> Object {
        var head = head(totalResults: totalResults, count)
        head["startIndex"] = .integer(startIndex)
        return head
    }

    /// What a page by cursor says beside its resources.
    public static func head(count: Int, totalResults: Int?, nextCursor: String?) -> Object {
        var head = head(totalResults: totalResults, count)
        head["nextCursor"] = nextCursor.map(Value.string)
        return head
    }

    /// Appends a page as text, each resource written straight to its place.
    ///
    /// - Parameters:
    ///   - head: what the page says of itself; not empty.
    ///   - count: the number of resources.
    ///   - bytes: what is appended to.
    ///   - resource: appends the resource of an index.
    public static func write(
        _ head: Object,
        resources count: Int,
        into bytes: inout [UInt8],
        resource: (Int, inout [UInt8]) -> Void
    ) {
        JSON.write(.object(head), into: &bytes)
        // In place of the closing brace.
        bytes.removeLast()
        bytes.append(contentsOf: #","Resources":["#.utf8)
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            resource(index, &bytes)
        }
        bytes.append(contentsOf: "]}".utf8)
    }

    private static func head(totalResults: Int?, _ count: Int) -> Object {
        var body: Object = ["schemas": [.string(schema)]]
        body["totalResults"] = totalResults.map(Value.integer)
        body["itemsPerPage"] = .integer(count)
        return body
    }
}
