/// The answer to a query (RFC 7644 section 3.4.2, RFC 9865 section 2).
public enum ListResponse {
    /// The URN of the answer's schema.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    /// A page by index; `Resources` is there even when it is empty, because Okta and Entra both read it.
    public static func body(resources: [Object], totalResults: Int, startIndex: Int) -> Object {
        var body = head(totalResults: totalResults, resources.count)
        body["startIndex"] = .integer(startIndex)
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
        var body = head(totalResults: totalResults, resources.count)
        body["nextCursor"] = nextCursor.map(Value.string)
        body["previousCursor"] = previousCursor.map(Value.string)
        body["Resources"] = .array(resources.map(Value.object))
        return body
    }

    private static func head(totalResults: Int?, _ count: Int) -> Object {
        var body: Object = ["schemas": [.string(schema)]]
        body["totalResults"] = totalResults.map(Value.integer)
        body["itemsPerPage"] = .integer(count)
        return body
    }
}
