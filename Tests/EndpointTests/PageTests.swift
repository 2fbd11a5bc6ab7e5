import Generators
import Roster
import SCIM
import Store
import Testing

/// Pages of everybody, which are put together without looking for anybody's id.
struct PageTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a page is what a sorted list says, whoever comes, changes and goes`(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let ids = (0..<300).map { "\(UInt32.random(in: 0...UInt32.max, using: &random))-\($0)" }
        var directory = Directory()
        for id in ids {
            try directory.apply(.createUser(User(id: id, created: nil, attributes: ["userName": .string("n" + id)])))
        }
        let members = Set(ids.filter { _ in Bool.random(using: &random) })
        let group = Group(id: "g", created: nil, attributes: ["displayName": "Group"], members: members)
        try directory.apply(.createGroup(group))
        let world = try await World(directory: directory)
        for step in 0..<120 {
            let id = try #require(Array(world.store.snapshot.directory.userIDs).randomElement(using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: _ = await world.delete("/Users/" + id)
            case 1: await world.user("new\(step)")
            case 2: _ = await world.put("/Users/" + id, ["userName": .string("name\(step)"), "title": "T"])
            case 3: _ = await world.patch("/Users/" + id, ["op": "replace", "path": "active", "value": false])
            default:
                let value: Value = ["members": [["value": .string(id)]]]
                _ = await world.patch("/Groups/g", ["op": "add", "value": value])
            }
            world.clock.advance(seconds: 1)
            let start = Int.random(in: -1...310, using: &random)
            let query = "startIndex=\(start)&count=\(Int.random(in: 0...40, using: &random))"
            let page = await world.get("/Users?" + query)
            let sorted = await world.get("/Users?sortBy=id&" + query)
            #expect(page.status == 200 && page.text == sorted.text, "seed \(seed), step \(step), \(query)")
        }
        // And each as they are read one by one.
        let resources = await world.get("/Users?count=1000")["Resources"]?.array ?? []
        #expect(resources.count == world.store.snapshot.directory.userIDs.count, "seed \(seed)")
        for resource in resources {
            let id = try #require(resource.object?["id"]?.string)
            #expect(await world.get("/Users/" + id).body == resource, "seed \(seed)")
        }
    }
}
