import Access
import Git
import Testing

@testable import Tree

/// The commit that opened a way to a role.
struct LinkHistoryTests {
    private static let prod = AccessPoint.deployment("prod")
    private static let ada = "provisioned/users/ada.yaml"
    private static let data = "provisioned/groups/data.yaml"
    private static let binding = "access/data.yaml"

    private static func user(_ name: String, active: Bool = true) -> String {
        "id: u1\nuserName: \(name)\nactive: \(active)\n"
    }

    private static func group(_ name: String, _ members: [String]) -> String {
        "id: g1\ndisplayName: \(name)\n"
            + (members.isEmpty ? "" : "members:\n" + members.map { "  - \($0)\n" }.joined())
    }

    private static func team(_ role: String, groups: String = "Data") -> String {
        "team: Data\ngroups: [\(groups)]\ngrants:\n  - deployment: prod\n    role: \(role)\n"
    }

    /// A person, a group that lists them, and a file that gives it a role, one commit each.
    private func world() async throws -> HistoryWorld {
        let world = try await HistoryWorld()
        try await world.commit([Self.ada: Self.user("ada")])
        try await world.commit([Self.data: Self.group("Data", ["ada"])])
        try await world.commit([Self.binding: Self.team("viewer")])
        return world
    }

    private func opened(_ world: HistoryWorld, of key: String = "ada") async throws -> [String?] {
        try await world.trails(of: key, at: Self.prod).map { $0.opened?.id }
    }

    @Test func `each link has its commit, and the last of them opened the way`() async throws {
        let world = try await world()
        let trail = try #require(try await world.trails(of: "ada", at: Self.prod).first)
        #expect(trail.links.map { trail.since[$0]?.id } == [1, 2, 3, 3].map { world.commits[$0].hex })
        #expect(trail.opened?.id == world.commits[3].hex)
    }

    @Test func `who left and came back has a new way`() async throws {
        let world = try await world()
        try await world.commit([Self.data: Self.group("Data", [])])
        let back = try await world.commit([Self.data: Self.group("Data", ["ada"])])
        #expect(try await opened(world) == [back.hex])
    }

    @Test func `who was inactive for a time has a new way`() async throws {
        let world = try await world()
        try await world.commit([Self.ada: Self.user("ada", active: false)])
        let back = try await world.commit([Self.ada: Self.user("ada")])
        #expect(try await opened(world) == [back.hex])
    }

    @Test func `files that move, and a person and a group under other names, are no new way`() async throws {
        let world = try await world()
        let start = world.commits[3].hex
        try await world.commit([
            Self.ada: nil, "provisioned/users/lovelace.yaml": Self.user("lovelace"),
            Self.data: Self.group("Data", ["lovelace"]),
        ])
        try await world.commit([Self.data: nil, "provisioned/groups/numbers.yaml": Self.group("Numbers", ["lovelace"])])
        try await world.commit([Self.binding: nil, "access/teams/data.yaml": Self.team("viewer", groups: "Numbers")])
        #expect(try await opened(world, of: "lovelace") == [start])
    }

    @Test func `another person under the name of one who is gone has a new way`() async throws {
        let world = try await world()
        try await world.commit([Self.ada: nil, Self.data: Self.group("Data", [])])
        let other = try await world.commit([
            Self.ada: Self.user("ada").replacing("u1", with: "u2"), Self.data: Self.group("Data", ["ada"]),
        ])
        #expect(try await opened(world) == [other.hex])
    }

    @Test func `a role that is raised is a new way, and one that is lowered is as old as it was`() async throws {
        let world = try await world()
        let raise = try await world.commit([Self.binding: Self.team("admin")])
        #expect(try await opened(world) == [raise.hex])
        try await world.commit([Self.binding: Self.team("editor")])
        #expect(try await opened(world) == [raise.hex])
        try await world.commit([Self.binding: Self.team("viewer")])
        #expect(try await opened(world) == [world.commits[3].hex])
    }

    @Test func `a merge is looked into for the commit that it brought`() async throws {
        let world = try await world()
        let folder = try #require(world.folder)
        try folder.git("reset", "--hard")
        try folder.git("switch", "-c", "topic")
        try folder.write(Self.team("admin"), to: Self.binding)
        try folder.git("commit", "-qam", "Raise the data platform\n\nDagroster-Hand-Edit: INC-7")
        try folder.git("switch", "main")
        try await world.commit(["README": "hello\n"])
        try folder.git("reset", "--hard")
        try folder.git("merge", "--no-ff", "-m", "Merge topic", "topic")
        let merge = try #require(try await world.repository.head().commit)
        let note = try #require(try await world.trails(of: "ada", at: Self.prod).first?.opened)
        #expect(note.subject == "Raise the data platform" && note.handEdit == "INC-7" && note.merge == merge.hex)
    }

    @Test func `a shallow clone says where its history ends`() async throws {
        let world = try await world()
        try await world.commit(["README": "hello\n"])
        let folder = try #require(world.folder)
        let clone = try TemporaryFolder()
        try clone.git("clone", "-q", "--depth", "1", "file://\(folder.path)", "copy")
        let repository = try #require(
            try await Repository.discover(clone.path + "/copy", environment: HistoryWorld.environment)
        )
        let head = try #require(try await repository.head().commit)
        #expect(try await repository.isShallow())
        let contents = try await TreeReader.read(CommitSource(repository, at: head))
        let wanted = try HistoryWorld.wanted(contents.access, contents.directory)
        let finder = TrailFinder(wanted, contents.access, contents.directory, paths: contents.paths)
        var history = try await LinkHistory(repository, endingAt: head, paths: contents.paths)
        let trails = try await history.dated(finder.trails(of: "ada", at: Self.prod))
        #expect(trails.map { $0.opened?.isOldestHere } == [true])
    }
}
