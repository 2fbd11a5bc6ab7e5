import HashTreeCollections
import Roster
import SCIM
import Store
import Testing

@testable import Endpoint

/// What the indexes answer costs no scan, however large the directory is (facts 1.5).
struct IndexTests {
    private static let content = Snapshot.Content(directory: directory, modified: ModificationTimes())

    /// Ada, alone in Data, among 20,000 people who are in All; nothing of it on disk.
    static let directory: Directory = {
        var directory = Directory()
        var ids: [String] = []
        for number in 0..<20_000 {
            let id = "u\(number)"
            let email: Value = ["value": .string("\(id)@example.com"), "type": "work"]
            let attributes: Object = [
                "userName": .string(id), "title": .string("t\(number % 7)"), "emails": [email],
                "externalId": .string("x" + id),
            ]
            _ = try? directory.apply(.createUser(User(id: id, created: nil, attributes: attributes)))
            ids.append(id)
        }
        let ada: Object = [
            "userName": "ada", "externalId": "e1", "emails": [["value": "ada@example.com", "type": "work"]],
        ]
        _ = try? directory.apply(.createUser(User(id: "ada-id", created: nil, attributes: ada)))
        for (id, name, members) in [("data-id", "Data", ["ada-id"]), ("all-id", "All", ids)] {
            let group = Group(id: id, created: nil, attributes: ["displayName": .string(name)], members: members)
            _ = try? directory.apply(.createGroup(group))
        }
        return directory
    }()

    static let users = [
        "id eq \"ada-id\"", "userName eq \"ADA\"", "externalId eq \"e1\"", "emails eq \"ada@example.com\"",
        "emails.value eq \"Ada@Example.com\"", "emails[value eq \"ada@example.com\"]",
        "emails[type eq \"work\"].value eq \"ada@example.com\"",
        "emails[type eq \"work\" and value eq \"ada@example.com\"]", "groups.value eq \"data-id\"",
        "active eq true and userName eq \"ada\"", "(title pr or active eq true) and (userName eq \"ada\")",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ada\"", "groups eq \"data-id\" and userName pr",
        "id eq \"ada-id\" and not (title pr)",
    ]
    static let groups = [
        "id eq \"data-id\"", "displayName eq \"data\"", "members eq \"ada-id\"", "members.value eq \"ada-id\"",
        "members[value eq \"ada-id\"]", "id eq \"data-id\" and members eq \"ada-id\"",
        "displayName eq \"Data\" and members[value eq \"ada-id\"]",
    ]

    @Test(arguments: users.map { ($0, ResourceType.user) } + groups.map { ($0, .group) })
    func `an equality asks the records of an index only`(_ filter: String, _ type: ResourceType) async throws {
        let bound = try BoundFilter(Filter(parsing: filter), for: type)
        let found = try #require(Candidates(content: Self.content, type: type).ids(for: bound))
        #expect(found == [type == .user ? "ada-id" : "data-id"])
        let world = try await World(directory: Self.directory)
        #expect(await world.list(type.endpoint, filter: filter).ids == found)
    }

    @Test(arguments: [
        "userName eq \"nobody\"", "id eq \"nobody\" and title pr", "emails[type eq \"work\"].value eq \"x\"",
    ])
    func `a miss asks nobody`(_ filter: String) async throws {
        let bound = try BoundFilter(Filter(parsing: filter), for: .user)
        #expect(Candidates(content: Self.content, type: .user).ids(for: bound) == [])
    }

    @Test(arguments: ["title eq \"t1\"", "not (userName eq \"ada\")", "userName eq \"ada\" or title pr"])
    func `what no index knows asks everybody`(_ filter: String) async throws {
        let bound = try BoundFilter(Filter(parsing: filter), for: .user)
        #expect(Candidates(content: Self.content, type: .user).ids(for: bound) == nil)
    }

    /// Ratios of times on the same machine, far apart: a page or an index answer takes a thousandth of a scan.
    @Test func `a page, an index answer and a member's change are far from a scan`() async throws {
        let world = try await World(directory: Self.directory)
        let scan = await Self.time { await world.list("/Users", filter: "title eq \"nobody\"") }
        let cheap = [
            await Self.time { await world.get("/Users?startIndex=19990&count=5") },
            await Self.time { await world.get("/Users?cursor=&count=5&filter=title+pr") },
            await Self.time { await world.list("/Users", filter: "userName eq \"ada\"") },
            await Self.time { await world.list("/Groups", filter: "members eq \"ada-id\"") },
            await Self.time {
                await world.list("/Groups", filter: "id eq \"all-id\" and members eq \"u7\"", "&attributes=id")
            },
        ]
        for (index, time) in cheap.enumerated() {
            #expect(time * 5 < scan, "\(index): \(time), a scan \(scan)")
        }
    }

    /// The shortest of five runs.
    private static func time(_ body: () async -> Reply) async -> Duration {
        var shortest = Duration.seconds(1000)
        for _ in 0..<5 {
            shortest = min(shortest, await ContinuousClock().measure { _ = await body() })
        }
        return shortest
    }
}
