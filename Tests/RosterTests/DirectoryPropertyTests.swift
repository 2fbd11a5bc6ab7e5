import Generators
import SCIM
import Testing

@testable import Roster

struct DirectoryPropertyTests {
    /// The indexes after any history say what looking through all records says, however the directory began.
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `every index agrees with the records after any history`(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        // From none, from a few, and from more than a list of numbers' block holds.
        let count = [0, 40, 4200][Int(seed) % 3]
        var (directory, _) = await Self.madeAtOnce(count, &random)
        for step in 0..<400 {
            let before = directory
            do {
                try directory.apply(mutation(step, of: directory, &random))
            } catch {
                #expect(directory == before, "seed \(seed), step \(step)")
            }
            if step.isMultiple(of: 80) { expectTrue(directory, "seed \(seed), step \(step)") }
        }
        expectTrue(directory, "seed \(seed)")
        #expect(try rebuilt(directory) == directory, "seed \(seed)")
    }

    /// All states share the tables by which people are found.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a state stays what it was, whatever becomes of its copies`(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let (start, _) = await Self.madeAtOnce([0, 60, 200][Int(seed) % 3], &random)
        var states = [(start, Array(start.users))]
        for step in 0..<600 {
            // From any of them, as after changes that found no room in the journal.
            var (directory, _) = try #require(states.suffix(4).randomElement(using: &random))
            for _ in 0..<3 { _ = try? directory.apply(mutation(step, of: directory, &random)) }
            states.append((directory, Array(directory.users)))
        }
        for (number, (directory, users)) in states.enumerated() where number.isMultiple(of: 25) {
            #expect(Set(directory.users) == Set(users), "seed \(seed), state \(number)")
            expectTrue(directory, "seed \(seed), state \(number)")
        }
    }

    @Test func `who is made and removed again and again leaves nothing behind`() throws {
        var directory = Directory()
        for number in 0..<10 { try directory.apply(.createUser(Samples.user("u\(number)", "n\(number)"))) }
        for step in 0..<1000 {
            try directory.apply(.createUser(Samples.user("v\(step)", "same", email: "same@example.com")))
            try directory.apply(.deleteUser(id: "v\(step)"))
        }
        #expect(directory.usersByID.list.end == 11)
        expectTrue(directory, "after all")
    }

    @Test func `a name that was said often is still found where many have said it`() throws {
        var directory = Directory()
        for number in 0..<20 { try directory.apply(.createUser(Samples.user("u\(number)", "n\(number)"))) }
        for step in 0..<2000 {
            let name = Assignments(["userName": .string("name \(step)"), "externalId": .string("\(step % 40)")])
            try directory.apply(.changeUser(id: "u\(step % 20)", name))
        }
        expectTrue(directory, "after all")
        #expect(directory.userNumberByName.table.count < 100)
        #expect(directory.user(named: "name 1979") == nil)
        #expect(directory.user(named: "name 1980")?.id == "u0")
    }

    @Test func `a directory that is made at once is the one that grows record by record`() async throws {
        var random = SeededGenerator(seed: 7)
        let (made, grown) = await Self.madeAtOnce(1500, &random)
        #expect(made == grown)
        expectTrue(made, "made")
        expectTrue(grown, "grown")
    }

    @Test func `whoever has an id or a name that somebody has is not added`() {
        var users = DistinctUsers()
        let straße = Samples.user("u2", "STRASSE@example.com")
        for (user, clash) in [
            (Samples.user("u1", "ada@example.com"), nil), (straße, nil),
            (Samples.user("u1", "other@example.com"), .id(0)), (Samples.user("u3", "Ada@Example.com"), .name(0)),
            // One name for Unicode: composed and decomposed, the kelvin sign and the letter.
            (Samples.user("u4", "zo\u{EB}@example.com"), nil), (Samples.user("u5", "zoe\u{308}@example.com"), .name(2)),
            (Samples.user("u6", "\u{212A}im@example.com"), nil), (Samples.user("u7", "kim@example.com"), .name(3)),
        ] as [(User, DistinctUsers.Clash?)] {
            #expect(users.add(user, UserHashes(user)) == clash, "\(user.userName)")
        }
        #expect(users.number(named: "strasse@EXAMPLE.com") == 1)
        #expect(users.number(named: "KIM@example.com") == 3)
        #expect(users.number(id: "u4") == 2)
        #expect(users.number(id: "u5") == nil)
    }

    /// Two directories of the same random records.
    static func madeAtOnce(
        _ count: Int,
        _ random: inout SeededGenerator
    ) async -> (made: Directory, grown: Directory) {
        var users = DistinctUsers()
        for number in 0..<count {
            let email = Bool.random(using: &random) ? "shared\(number % 90)@example.com" : "U\(number)@example.com"
            var user = Samples.user("v\(number)", "Name\(number)", email: email)
            if number.isMultiple(of: 3) { user.assign(Assignments(["externalId": .string("x\(number % 200)")])) }
            #expect(users.add(user, UserHashes(user)) == nil)
        }
        let groups = (0..<40).map { number in
            let members = (0..<Int.random(in: 0...200, using: &random)).compactMap { _ in
                (0..<count).randomElement(using: &random)
            }
            let numbers = members.map { UInt32($0) }
            var group = Samples.group("h\(number)", "Group \(number)", members: [])
            group.take(numbers, of: users.userIDs, UnresolvedMembers())
            // Some as a file has them, others as somebody has asked for them before.
            if number.isMultiple(of: 2) { #expect(Set(group.members) == Set(members.map { users.userIDs[$0] })) }
            return Directory.ResolvedGroup(group: group, members: numbers)
        }
        var grown = Directory()
        do {
            for user in users.users { try grown.apply(.createUser(user)) }
            for group in groups { try grown.apply(.createGroup(group.group)) }
        } catch {
            Issue.record(error)
        }
        return (await Directory(users: users, groups: groups), grown)
    }

    /// Asks every index for everything, and looks through all records for the same.
    private func expectTrue(_ directory: Directory, _ comment: Comment) {
        let users = Array(directory.users)
        #expect(users.count == directory.users.count, comment)
        #expect(directory.users.isEmpty == users.isEmpty, comment)
        #expect(Array(directory.userIDs) == users.map(\.id).sorted(), comment)
        #expect(users.allSatisfy { directory.user(id: $0.id) == $0 }, comment)
        #expect(users.allSatisfy { directory.user(named: $0.userName.uppercased())?.id == $0.id }, comment)
        let sorted = users.sorted { $0.id < $1.id }
        for (start, limit) in [(0, 1), (3, 70), (max(0, users.count - 5), 10), (users.count, 2), (0, users.count)] {
            let page = directory.users(from: start, limit: limit)
            let expected = Array(sorted.dropFirst(start).prefix(limit))
            #expect(page.compactMap(directory.user) == expected, comment)
            #expect(page == expected.compactMap { directory.number(ofUser: $0.id) }, comment)
        }
        let externals = Dictionary(grouping: users.filter { $0.externalID != nil }) { $0.externalID ?? "" }
        #expect(externals.allSatisfy { directory.userIDs(externalID: $0) == $1.map(\.id).sorted() }, comment)
        let emails = Dictionary(
            grouping: users.flatMap { user in Set(user.emails).map { ($0.lowercased(), user.id) } },
            by: \.0
        )
        #expect(emails.allSatisfy { directory.userIDs(email: $0) == $1.map(\.1).sorted() }, comment)
        var held: [String: [String]] = [:]
        for group in directory.groups {
            for member in Array(group.members) + Array(group.groups) { held[member, default: []].append(group.id) }
        }
        let ids = users.map(\.id) + directory.groups.map(\.id)
        #expect(ids.allSatisfy { directory.groupIDs(containing: $0) == (held[$0] ?? []).sorted() }, comment)
        for user in users {
            guard let number = directory.number(ofUser: user.id) else { continue }
            #expect(directory.groupIDs(containing: user, number) == (held[user.id] ?? []).sorted(), comment)
        }
        // Whoever is gone, or has another name by now, is not found.
        for number in 0..<60 where !users.contains(where: { NameKey($0.userName) == NameKey("name\(number)") }) {
            #expect(directory.user(named: "name\(number)") == nil, comment)
        }
        for number in 0..<400 where !users.contains(where: { $0.id == "v\(number)" }) {
            #expect(
                directory.user(id: "v\(number)") == nil && directory.groupIDs(containing: "v\(number)") == [],
                comment
            )
        }
    }

    private func mutation(_ step: Int, of directory: Directory, _ random: inout SeededGenerator) -> Mutation {
        let user = directory.users.randomElement(using: &random)?.id ?? "none"
        let group = directory.groups.randomElement(using: &random)?.id ?? "none"
        let other = directory.groups.randomElement(using: &random)?.id ?? "none"
        let name = "name\(Int.random(in: 0..<30, using: &random))"
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return .createUser(Samples.user("u\(step)", name, email: name + "@example.com"))
        // Perhaps one who was there from the start and is gone.
        case 1: return .createUser(Samples.user("v\(Int.random(in: 0..<40, using: &random))", name, email: name))
        case 2: return .changeUser(id: user, Assignments(["userName": .string(name), "externalId": .string(name)]))
        case 3: return .deleteUser(id: user)
        case 4: return .createGroup(Samples.group("g\(step)", name, members: [user]))
        case 5: return .changeGroup(id: group, GroupChange(joining: [.user(user)], leaving: [.group(other)]))
        case 6: return .changeGroup(id: group, GroupChange(joining: [.group(other)], leaving: [.user(user)]))
        case 7: return .changeGroup(id: group, GroupChange(assignments: Assignments(["displayName": .string(name)])))
        default: return .deleteGroup(id: group)
        }
    }

    private func rebuilt(_ directory: Directory) throws -> Directory {
        var result = Directory()
        for user in directory.users { try result.apply(.createUser(user)) }
        for group in directory.groups {
            let empty = Group(id: group.id, created: group.created, attributes: group.attributes)
            try result.apply(.createGroup(empty))
        }
        for group in directory.groups {
            let joining = group.members.map(Member.user) + group.groups.map(Member.group)
            try result.apply(.changeGroup(id: group.id, GroupChange(joining: Set(joining))))
        }
        return result
    }
}
