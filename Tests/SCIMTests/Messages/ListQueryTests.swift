import SCIM
import Testing

/// Facts 1.6 and 1.7.
struct ListQueryTests {
    private func query(_ text: String) throws -> ListQuery {
        try ListQuery(items: QueryItem.items(ofQuery: text))
    }

    @Test(
        arguments: [
            ("", 1, nil), ("startIndex=0&count=-5", 1, 0), ("startIndex=-3", 1, nil), ("startIndex=11&count=5", 11, 5),
            ("STARTINDEX=2&COUNT=0", 2, 0), ("count=99999999999999999999&startIndex=-99999999999999999999", 1, .max),
            ("aadOptscim062020&count=3", 1, 3), ("count=3&count=4", 1, 3), ("count=&startIndex=", 1, nil),
        ] as [(String, Int, Int?)]
    )
    func `numbers are clamped`(text: String, startIndex: Int, count: Int?) throws {
        let query = try query(text)
        #expect(query.startIndex == startIndex)
        #expect(query.count == count)
    }

    @Test(arguments: [
        ("count=a", "400 invalidValue"), ("count=1.5", "400 invalidValue"), ("startIndex=x", "400 invalidValue"),
        ("sortBy=userName&sortOrder=up", "400 invalidValue"), ("cursor=&startIndex=1", "400 invalidValue"),
        ("cursor=&count=x", "400 invalidCount"), ("filter=userName", "400 invalidFilter"),
        ("a=%ff", "400 invalidValue"),
    ])
    func `what makes no sense is refused`(text: String, expected: String) {
        #expect(refusal { _ = try query(text) } == expected, "\(text)")
    }

    @Test(arguments: [
        "filter=userName+eq+%22a%40x%22", "filter=userName%20eq%20%22a@x%22", "filter=userName eq \"a%40x\"",
        "FILTER=userName+eq+%22a%40x%22&aadOptscim062020",
    ])
    func `a filter is decoded as identity providers write it`(text: String) throws {
        #expect(try query(text).filter == .comparison(AttributePath(name: "userName"), .eq, "a@x"))
    }

    @Test(arguments: [
        ("a=1&b", ["a=1", "b="]), ("a=%2B+%26=%", ["a=+ &=%"]), ("%61%3D=x%zz", ["a==x%zz"]), ("&&", []),
        ("a==", ["a=="]),
    ])
    func `a query is taken apart`(text: String, expected: [String]) throws {
        #expect(try QueryItem.items(ofQuery: text).map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test func `a search request says the same as query parameters`() throws {
        let body = try json(
            #"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"attributes":["displayName","userName"],
             "filter":"displayName sw \"s\"","startIndex":2,"count":10,"sortBy":"userName","sortOrder":"Descending"}
            """#
        )
        let text =
            "attributes=displayName,userName&filter=displayName sw \"s\"&startIndex=2&count=10&sortBy=userName&sortOrder=descending"
        #expect(try ListQuery(searchRequest: body) == query(text))
        #expect(try ListQuery(searchRequest: body, policy: .strict) == query(text))
    }

    @Test(arguments: ["[]", #"{"filter":1}"#, #"{"attributes":[1]}"#, #"{"count":"x"}"#, #"{"count":1.5}"#])
    func `a search request of the wrong shape is refused`(body: String) {
        #expect(refusal { _ = try ListQuery(searchRequest: json(body)) }?.hasPrefix("400") == true)
    }

    @Test func `the server's sizes decide where the client says nothing or too much`() throws {
        #expect(try query("").pageSize(default: 100, maximum: 1000) == 100)
        #expect(try query("count=5000").pageSize(default: 100, maximum: 1000) == 1000)
        #expect(try query("count=0").pageSize(default: 100, maximum: 1000) == 0)
        #expect(try query("cursor=&count=7").cursor == "")
    }

    @Test func `an answer has Resources even when it is empty`() {
        #expect(
            text(ListResponse.body(resources: [], totalResults: 0, startIndex: 1))
                == #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"itemsPerPage":0,"startIndex":1,"Resources":[]}"#
        )
        #expect(
            text(ListResponse.body(resources: [["id": "1"]], totalResults: nil, nextCursor: "c"))
                == #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"itemsPerPage":1,"nextCursor":"c","Resources":[{"id":"1"}]}"#
        )
    }
}

/// Facts 1.6: sorting.
struct SortingTests {
    private func sorted(_ users: [Object], by name: String, _ order: SortOrder = .ascending) throws -> [String] {
        let sorting = try Sorting(by: name, order: order, type: .user)
        return users.map { (sorting.key(of: Resource($0, type: .user)), $0) }
            .sorted { sorting.precedes($0.0, $1.0) }
            .compactMap { $0.1["id"]?.string }
    }

    private let users: [Object] = [
        [
            "id": "1", "userName": "b", "externalId": "b", "active": true,
            "meta": ["created": "2026-01-01T10:00:00+05:00"],
            "emails": [["value": "z"], ["value": "a", "primary": true]],
        ],
        ["id": "2", "userName": "A", "externalId": "a", "meta": ["created": "2026-01-01T06:00:00Z"]],
        ["id": "3", "userName": "C", "externalId": "C", "active": false, "emails": [["value": "B"]]],
    ]

    @Test(
        arguments: [
            ("userName", .ascending, ["2", "1", "3"]), ("USERNAME", .descending, ["3", "1", "2"]),
            ("externalId", .ascending, ["3", "2", "1"]), ("active", .ascending, ["3", "1", "2"]),
            ("active", .descending, ["2", "1", "3"]), ("emails", .ascending, ["1", "3", "2"]),
            ("emails.value", .descending, ["2", "3", "1"]), ("meta.created", .ascending, ["1", "2", "3"]),
        ] as [(String, SortOrder, [String])]
    )
    func `records are sorted by the attribute's own rule`(name: String, order: SortOrder, expected: [String]) throws {
        #expect(try sorted(users, by: name, order) == expected)
    }

    @Test(arguments: ["nobody", "name", "addresses", "password", "urn:x:y", ""])
    func `what has no one value cannot be sorted by`(name: String) {
        #expect(refusal { _ = try Sorting(by: name, type: .user) } == "400 invalidValue")
    }
}
