import Endpoint
import Foundation
import Generators
import Roster
import SCIM
import Store
import Testing
import Tree

/// What holds whatever clients send.
struct RandomTests {

    /// Makes requests, some of them wrong, on a few ids and names, so that they meet.
    struct Requests {
        var generator: SeededGenerator
        /// Ids that are there, of both kinds.
        var known: [String] = []

        mutating func next() -> (method: String, path: String, body: Value?) {
            let isUser = Bool.random(using: &generator)
            let place = isUser ? "/Users" : "/Groups"
            let path = place + "/" + id()
            switch Int.random(in: 0..<10, using: &generator) {
            case 0...2: return ("POST", place, isUser ? user() : group())
            case 3: return ("PUT", path, isUser ? user() : group())
            case 4: return ("DELETE", path, Value?.none)
            default:
                let count = Int.random(in: 1...3, using: &generator)
                let operations = (0..<count).map { _ in isUser ? userOperation() : groupOperation() }
                return ("PATCH", path, ["Operations": .array(operations)])
            }
        }

        private mutating func id() -> String {
            Int.random(in: 0..<8, using: &generator) == 0
                ? "nobody" : known.randomElement(using: &generator) ?? "nobody"
        }

        private mutating func name() -> Value {
            let names = ["ada", "Grace", "lin", "no", "007", "a b", "x/y", "ÅSE", "1e3", "ß", "- x", "k\nl", ""]
            return .string(names.randomElement(using: &generator) ?? "")
        }

        private mutating func user() -> Value {
            [
                "userName": name(), "title": name(), "active": .bool(.random(using: &generator)),
                "emails": [["value": name(), "type": "work"], ["value": name(), "type": "home"]],
            ]
        }

        private mutating func group() -> Value { ["displayName": name(), "members": members()] }

        private mutating func members() -> Value {
            .array((0..<Int.random(in: 0...2, using: &generator)).map { _ in ["value": .string(id())] })
        }

        private mutating func userOperation() -> Value {
            let paths = [
                "userName", "title", "name.givenName", "emails[type eq \"work\"].value", "active", "displayName",
                "externalId", "emails", "nonsense",
            ]
            let operation = ["add", "replace", "remove", "Replace"].randomElement(using: &generator) ?? ""
            return [
                "op": .string(operation), "path": .string(paths.randomElement(using: &generator) ?? ""),
                "value": name(),
            ]
        }

        private mutating func groupOperation() -> Value {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: ["op": "replace", "path": "displayName", "value": name()]
            case 1: ["op": "add", "path": "members", "value": members()]
            case 2: ["op": "remove", "path": "members", "value": members()]
            default: ["op": "replace", "value": ["members": members()]]
            }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `whatever comes, a refusal changes nothing, an answer is what is read, and a restart knows it all`(
        _ seed: UInt64
    ) async throws {
        let world = try await World()
        var requests = Requests(generator: SeededGenerator(seed: seed))
        var accepted = 0
        for number in 0..<400 {
            let before = world.store.snapshot
            requests.known = Array(before.directory.userIDs) + Array(before.directory.groupIDs)
            let (method, path, body) = requests.next()
            let reply = await world.send(method, path, body.map(World.text))
            #expect(reply.status < 500, "\(number) \(method) \(path): \(reply.text)")
            guard (200..<300).contains(reply.status) else {
                #expect(world.store.snapshot.directory == before.directory, "\(number) \(method) \(path)")
                continue
            }
            accepted += 1
            guard reply.status != 204 else { continue }
            let read = await world.get((method == "POST" ? path + "/" + reply.id : path))
            #expect(read.body == reply.body, "\(number) \(method) \(path)")
            if method == "PUT" {
                let again = await world.send(method, path, body.map(World.text))
                #expect(again.body == reply.body, "\(number) twice is once")
            }
        }
        #expect(accepted > 80)
        try await world.settle()
        let contents = try await TreeReader.read(FolderSource(world.path))
        #expect(contents.diagnostics.isEmpty)
        #expect(contents.directory == world.store.snapshot.directory)
    }

    @Test func `of many who take one name at once, one gets it`() async throws {
        let world = try await World()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { await world.post("/Users", ["userName": "ada"]).status } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [201] + Array(repeating: 409, count: 19))
    }

    @Test func `members that are added at once are all there`() async throws {
        let world = try await World()
        var ids: [String] = []
        for number in 0..<30 { ids.append(await world.user("u\(number)")) }
        let group = await world.group("Data")
        await withTaskGroup(of: Void.self) { tasks in
            for id in ids {
                tasks.addTask {
                    _ = await world.patch(
                        "/Groups/" + group,
                        ["op": "add", "path": "members", "value": [["value": .string(id)]]]
                    )
                }
            }
        }
        let members = await world.get("/Groups/" + group)["members"]?.array ?? []
        #expect(Set(members.map { $0.object?["value"]?.string ?? "" }) == Set(ids))
    }
}
