import Endpoint
import SCIM
import Testing

/// Lists: pages, order, filters, several types (facts 1.5, 1.6, 1.7).
struct ListTests {
    /// Nine people from `a` to `i`, titles in another order, and three groups.
    static func world(_ limits: SCIMEndpoint.Limits = .init()) async throws -> World {
        let world = try await World(limits: limits)
        for (index, name) in "abcdefghi".enumerated() {
            let title = "t\((index * 4) % 9)"
            await world.user(String(name), ("title", .string(title)), ("displayName", .string("D\(8 - index)")))
        }
        for name in ["D25", "D75", "Z"] { await world.group(name) }
        return world
    }

    static let pages: [(String, total: Int, start: Int, names: String)] = [
        ("", 9, 1, "abcdefghi"), ("?startIndex=1&count=4", 9, 1, "abcd"), ("?startIndex=5&count=4", 9, 5, "efgh"),
        ("?startIndex=9&count=4", 9, 9, "i"), ("?startIndex=10", 9, 10, ""), ("?startIndex=-3&count=2", 9, 1, "ab"),
        ("?startIndex=0", 9, 1, "abcdefghi"), ("?count=0", 9, 1, ""), ("?count=-1", 9, 1, ""),
        ("?count=99999999999999999999", 9, 1, "abcdefghi"), ("?startIndex=99999999999999999999", 9, .max, ""),
        ("?filter=title+gt+%22t4%22&count=2", 4, 1, "ce"),
        ("?filter=title+gt+%22t4%22&count=2&startIndex=3", 4, 3, "eg"),
    ]

    @Test(arguments: pages.dropLast(2))
    func `pages by index`(_ query: String, total: Int, start: Int, names: String) async throws {
        let reply = await (try Self.world()).get("/Users" + query)
        #expect(reply.status == 200 && reply.total == total && reply["startIndex"] == .integer(start))
        #expect(reply["itemsPerPage"] == .integer(names.count))
        #expect(reply.each("userName") == names.map { .string(String($0)) })
    }

    @Test func `a page is no larger than the limit, and a default applies where no count is given`() async throws {
        var limits = SCIMEndpoint.Limits()
        limits.pageSize = 4
        limits.defaultPageSize = 3
        let world = try await Self.world(limits)
        #expect(await world.get("/Users?count=100").ids.count == 4)
        #expect(await world.get("/Users").ids.count == 3)
        #expect(await world.get("/ServiceProviderConfig")["pagination.maxPageSize"] == 4)
        #expect(await world.get("/ServiceProviderConfig")["filter.maxResults"] == 4)
    }

    static let orders: [(String, String)] = [
        ("sortBy=userName", "abcdefghi"), ("sortBy=userName&sortOrder=descending", "ihgfedcba"),
        ("sortBy=USERNAME&sortOrder=Descending", "ihgfedcba"), ("sortBy=title", "ahfdbigec"),
        ("sortBy=title&count=3&startIndex=4", "dbi"), ("sortBy=displayName", "ihgfedcba"),
        ("sortBy=nickName", "abcdefghi"), ("sortBy=meta.created", "abcdefghi"), ("sortBy=id", "abcdefghi"),
        ("sortBy=urn:ietf:params:scim:schemas:core:2.0:User:title", "ahfdbigec"),
    ]

    @Test(arguments: orders)
    func `lists are sorted by an attribute and then by id`(_ query: String, _ names: String) async throws {
        let reply = await (try Self.world()).get("/Users?" + query)
        #expect(reply.each("userName") == names.map { .string(String($0)) })
        #expect(reply.total == 9)
    }

    @Test func `the root lists both types, one after the other`() async throws {
        let world = try await Self.world()
        let all = await world.get("")
        #expect(all.total == 12 && all.ids.count == 12)
        #expect(all.each("meta.resourceType").map { $0?.string ?? "" }.suffix(3) == ["Group", "Group", "Group"])
        let across = await world.get("?startIndex=8&count=4")
        #expect(across.each("displayName") == ["D1", "D0", "D25", "D75"] && across.total == 12)
        let last = await world.get("/?startIndex=12&count=4")
        #expect(last.each("displayName") == ["Z"] && last["itemsPerPage"] == 1)
        #expect(await world.get("?startIndex=13").ids.isEmpty)
    }

    @Test func `the root sorts both types as one list`() async throws {
        let world = try await Self.world()
        let reply = await world.get("?sortBy=displayName&count=5&attributes=displayName")
        #expect(reply.each("displayName") == ["D0", "D1", "D2", "D25", "D3"] && reply.total == 12)
        let users = await world.get("?sortBy=userName&sortOrder=descending&count=4")
        // Groups have no userName: what has no value comes first descending (RFC 7644 section 3.4.2.3).
        #expect(users.each("displayName") == ["D25", "D75", "Z", "D0"])
    }

    static let rooted: [(String, Int?)] = [
        ("meta.resourceType eq \"Group\"", 3), ("meta.resourceType eq \"User\" and displayName eq \"d3\"", 1),
        ("displayName sw \"D\"", 11), ("userName eq \"a\"", 1), ("userName pr", 9), ("not (userName pr)", 3),
        ("members pr or title eq \"t0\"", 1), ("nothing eq \"x\"", Int?.none), ("active gt true", Int?.none),
        ("members pr and nothing pr", Int?.none), ("emails[nothing eq \"x\"]", Int?.none),
    ]

    @Test(arguments: rooted)
    func `the root is filtered by what either type has`(_ filter: String, _ total: Int?) async throws {
        let reply = await (try Self.world()).list("", filter: filter)
        if let total { #expect(reply.total == total) } else { #expect(reply.isError(400, "invalidFilter")) }
    }

    static let searches: [(String, Value, Int, Int)] = [
        ("/Users/.search", ["filter": "title gt \"t4\"", "count": 2], 4, 2),
        ("/Groups/.search", ["filter": "displayName sw \"D\"", "startIndex": 2], 2, 1),
        ("/.search", ["filter": "displayName sw \"D\"", "startIndex": 9, "count": 2], 11, 2),
        ("/.search", [:], 12, 12),
        ("/users/.SEARCH", ["sortBy": "title", "sortOrder": "descending", "count": 1], 9, 1),
    ]

    @Test(arguments: searches)
    func `a search is a list`(_ path: String, _ request: Value, _ total: Int, _ count: Int) async throws {
        let reply = await (try Self.world()).post(path, request)
        #expect(reply.status == 200 && reply.total == total && reply.ids.count == count)
        #expect(reply["schemas"] == [.string(ListResponse.schema)])
    }

    @Test func `a search shows what it is asked for`() async throws {
        let world = try await Self.world()
        let reply = await world.post("/.search", ["attributes": ["displayName"], "count": 1])
        #expect(Set(reply["Resources.0"]?.object?.members.map(\.name) ?? []) == ["schemas", "id", "displayName"])
        #expect(
            await world.post("/.search", ["attributes": ["id"], "excludedAttributes": ["title"]])
                .isError(400, "invalidValue")
        )
        #expect(await world.post("/.search", ["count": "many"]).isError(400, "invalidValue"))
        #expect(await world.post("/.search", ["filter": 7]).isError(400, "invalidValue"))
    }

    @Test(arguments: [
        "userName eq", "eq \"x\"", "userName xx \"x\"", "(userName pr", "nothing eq \"x\"", "active gt true",
        "userName eq \"x", "password co \"x\"", "members.value eq \"x\"", String(repeating: "(", count: 100),
    ])
    func `a filter that makes no sense is refused`(_ filter: String) async throws {
        #expect(await (try World()).list("/Users", filter: filter).isError(400, "invalidFilter"))
    }
}
