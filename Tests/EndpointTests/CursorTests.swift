import Endpoint
import SCIM
import Testing

/// Pages by cursor (RFC 9865, facts 1.7).
struct CursorTests {
    /// Walks to the end and gives all pages.
    static func walk(
        _ world: World,
        _ query: String,
        between: (Int) async -> Void = { _ in }
    ) async -> [Reply] {
        var pages = [await world.get(query + "&cursor=")]
        while let next = pages.last?["nextCursor"]?.string, pages.count < 100 {
            await between(pages.count)
            pages.append(await world.get("\(query)&cursor=\(next)"))
        }
        return pages
    }

    static let walks: [(String, [Int], Int?)] = [
        ("/Users?count=4", [4, 4, 1], 9), ("/Users?count=3", [3, 3, 3], 9), ("/Users?x=1", [9], 9),
        ("?count=5", [5, 5, 2], 12), ("/Groups?count=1000", [3], 3),
        ("/Users?count=2&filter=title+gt+%22t4%22", [2, 2], Int?.none),
        ("/Users?count=2&filter=userName+eq+%22a%22", [1], Int?.none),
        ("/Users?count=4&sortBy=title&sortOrder=descending", [4, 4, 1], 9),
        ("?count=5&sortBy=displayName", [5, 5, 2], 12), ("/Users?count=4&sortBy=nickName", [4, 4, 1], 9),
    ]

    @Test(arguments: walks)
    func `a walk shows everything once, in the order of the list`(
        _ query: String,
        _ sizes: [Int],
        _ total: Int?
    ) async throws {
        let world = try await ListTests.world()
        let pages = await Self.walk(world, query)
        #expect(pages.map(\.ids.count) == sizes)
        #expect(pages.allSatisfy { $0.status == 200 && $0.total == total && $0["startIndex"] == nil })
        #expect(pages.allSatisfy { $0["itemsPerPage"] == .integer($0.ids.count) })
        let index = query.replacing(/count=\d+/, with: "count=1000")
        #expect(pages.flatMap(\.ids) == (await world.get(index)).ids)
    }

    @Test(arguments: ["/Users?count=2", "/Users?count=2&sortBy=title", "/Users?count=2&filter=userName+pr"])
    func `who is there all along is shown once, whatever others write`(_ query: String) async throws {
        let world = try await ListTests.world()
        let all = await world.get("/Users").ids
        // Those that are deleted on the way: shown already, the cursor's own, and still to come.
        let pages = await Self.walk(world, query) { step in
            if step <= 3 { _ = await world.delete("/Users/" + all[[1, 3, 8][step - 1]]) }
            await world.user("new-\(step)", ("title", "t0"))
        }
        let stayed = Set(all).subtracting([all[1], all[3], all[8]])
        let shown = pages.flatMap(\.ids).filter(stayed.contains)
        #expect(shown.count == stayed.count && Set(shown) == stayed)
    }

    @Test func `the walk goes on where its last resource was deleted`() async throws {
        let world = try await ListTests.world()
        for query in ["/Users?count=3", "/Users?count=3&sortBy=userName"] {
            let first = await world.get(query + "&cursor=")
            _ = await world.delete("/Users/" + (first.ids.last ?? ""))
            let second = await world.get("\(query)&cursor=\(first["nextCursor"]?.string ?? "")")
            #expect(!second.ids.isEmpty && Set(second.ids).isDisjoint(with: first.ids))
        }
    }

    @Test func `no resources are no page to go on from`() async throws {
        let reply = await (try ListTests.world()).get("/Users?cursor=&count=0")
        #expect(reply.status == 200 && reply.total == 9 && reply.ids.isEmpty && reply["nextCursor"] == nil)
    }

    @Test func `a cursor works in a search, and shows what each page asks for`() async throws {
        let world = try await ListTests.world()
        let first = await world.post("/.search", ["cursor": "", "count": 5])
        let cursor = first["nextCursor"] ?? .null
        let second = await world.post("/.search", ["cursor": cursor, "attributes": "displayName"])
        #expect(second.ids.count == 5 && second["Resources.0.userName"] == nil)
    }

    @Test func `a cursor is bound to its query, its type and its count, and cannot be forged`() async throws {
        let world = try await ListTests.world()
        let cursor = await world.get("/Users?count=2&cursor=")["nextCursor"]?.string ?? ""
        #expect(cursor.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        let forged = (cursor.first == "A" ? "B" : "A") + cursor.dropFirst()
        let refused: [(String, String)] = [
            ("/Users?count=3&cursor=\(cursor)", "invalidCount"),
            ("/Users?count=2&filter=userName+pr&cursor=\(cursor)", "invalidCursor"),
            ("/Users?count=2&sortBy=title&cursor=\(cursor)", "invalidCursor"),
            ("/Groups?count=2&cursor=\(cursor)", "invalidCursor"), ("?count=2&cursor=\(cursor)", "invalidCursor"),
            ("/Users?count=2&cursor=\(forged)", "invalidCursor"), ("/Users?count=2&cursor=abc", "invalidCursor"),
            ("/Users?cursor=%00", "invalidCursor"), ("/Users?cursor=&count=1001", "invalidCount"),
            ("/Users?cursor=&count=x", "invalidCount"), ("/Users?cursor=&startIndex=1", "invalidValue"),
        ]
        for (query, type) in refused {
            #expect(await world.get(query).isError(400, type), "\(query)")
        }
        #expect(await world.get("/Users?count=2&cursor=\(cursor)").ids.count == 2)
        #expect(await world.get("/Users?cursor=\(cursor)").ids.count == 2)
    }

    @Test func `a cursor ends with its time and with the server that made it`() async throws {
        let world = try await ListTests.world()
        let cursor = await world.get("/Users?count=2&cursor=")["nextCursor"]?.string ?? ""
        world.clock.advance(seconds: 3599)
        #expect(await world.get("/Users?cursor=\(cursor)").status == 200)
        world.clock.advance(seconds: 1)
        #expect(await world.get("/Users?cursor=\(cursor)").isError(400, "expiredCursor"))
        let other = try await ListTests.world()
        #expect(await other.get("/Users?cursor=\(cursor)").isError(400, "invalidCursor"))
    }
}
