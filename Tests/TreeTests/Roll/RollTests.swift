import Roster
import Testing

@testable import Tree

@Suite struct RollTests {
    /// A roll of the people and groups of files; a line is a file's text, `/` for its line feeds.
    private func roll(users: [String], groups: [String] = []) async -> Roll? {
        func facts(_ kind: RecordKind, _ text: String) -> (kind: RecordKind, bytes: [UInt8])? {
            let text = text.replacing("/", with: "\n") + "\n"
            return Array(text.utf8).withUnsafeBufferPointer { bytes in
                let facts = kind == .user ? RecordFacts.user(bytes, file: "f") : RecordFacts.group(bytes, file: "f")
                return facts.map { (kind, $0) }
            }
        }
        let all = users.map { facts(.user, $0) } + groups.map { facts(.group, $0) }
        let found = all.compactMap(\.self)
        return found.count == all.count ? await Roll.make(found) : nil
    }

    @Test func `people are found by name in any letter case, and by id`() async throws {
        let users = [
            "id: u1/userName: Ada@example.com", "id: u2/userName: jörg", "id: u3/userName: \"007\"/active: false",
        ]
        let roll = try #require(await roll(users: users))
        #expect(roll.count == 3)
        let names = ["ada@EXAMPLE.com", "JÖRG", "jo\u{308}rg", "007", "grace", ""]
        #expect(names.map { roll.person(named: $0) } == [0, 1, 1, 2, nil, nil])
        #expect(["u1", "U1", "u3", "u4"].map { roll.person(id: $0) } == [0, nil, 2, nil])
        #expect((0..<3).map { roll.flags(of: $0).contains(.active) } == [true, true, false])
        #expect((0..<3).map(roll.userName) == ["Ada@example.com", "jörg", "007"])
    }

    @Test func `groups have their people and the groups in them, each once`() async throws {
        let roll = try #require(
            await roll(
                users: ["id: u1/userName: ada", "id: u2/userName: grace"],
                groups: [
                    "id: g1/displayName: One/members:/  - grace/  - ADA/  - ada/groups:/  - two/  - Two",
                    "id: g2/displayName: Two/groups:/  - Three", "id: g3/displayName: Three",
                ]
            )
        )
        #expect(roll.groups.map(\.displayName) == ["One", "Two", "Three"])
        #expect(roll.groups.map(\.people) == [[0, 1], [], []])
        #expect(roll.groups.map(\.groups) == [[1], [2], []])
        #expect(roll.groups(within: 0) == [0, 1, 2])
        #expect([roll.group(named: "ONE"), roll.group(id: "g3"), roll.group(id: "u1")] == [0, 2, nil])
    }

    @Test(
        arguments: [
            (["id: u1/userName: ada", "id: u1/userName: grace"], []),
            (["id: u1/userName: ada", "id: u2/userName: Ada"], []),
            (["id: u1/userName: jörg", "id: u2/userName: JÖRG"], []),
            // The kelvin sign is a K.
            (["id: u1/userName: \u{212A}im", "id: u2/userName: kim"], []),
            (["id: é/userName: ada"], []),
            (["id: u1/userName: ada"], ["id: u1/displayName: One"]),
            (["id: u1/userName: ada"], ["id: g1/displayName: One", "id: g1/displayName: Two"]),
            (["id: u1/userName: ada"], ["id: g1/displayName: One", "id: g2/displayName: one"]),
            (["id: u1/userName: ada"], ["id: g1/displayName: One/members:/  - grace"]),
            (["id: u1/userName: ada"], ["id: g1/displayName: One/groups:/  - Two"]),
            (["id: u1/userName: ada/active: what"], []),
        ] as [([String], [String])]
    )
    func `there is no roll of what there is something to say about`(_ users: [String], _ groups: [String]) async {
        #expect(await roll(users: users, groups: groups) == nil)
    }

    @Test func `an outline keeps facts, and notices what changed`() async throws {
        let folder = try TemporaryFolder()
        var texts = ["provisioned/users/ada.yaml": "id: u1\nuserName: ada\n"]
        for number in 0..<20 { texts["provisioned/users/\(number).yaml"] = "id: n\(number)\nuserName: n\(number)\n" }
        let files = texts.keys.sorted().map { SourceFile(path: $0, object: Self.object($0)) }
        let source = CachedSource(FactsSource(source: MemorySource(texts)), at: folder.path + "/cache/facts", fewest: 5)
        for _ in 0..<2 {
            let found = Slots<[UInt8]>(count: files.count)
            try await source.read(files) { found[$0] = Array($1) }
            let facts = found.take().map { $0.map { String(decoding: $0.dropFirst(), as: UTF8.self) } }
            #expect(facts.last == "u1\nada\n\n")
            #expect(facts.count == 21)
        }
    }

    private static func object(_ path: String) -> String {
        let digits = path.utf8.map { String($0, radix: 16) }.joined()
        return String((digits + String(repeating: "0", count: 40)).suffix(40).prefix(40))
    }
}
