import Generators
import HashTreeCollections
import Roster
import SCIM
import Testing

struct DirectoryPropertyTests {
    /// The indexes after any history are those of a directory that is built anew from the same records.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `every index agrees with the records after any history`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var directory = Directory()
        for step in 0..<400 {
            let before = directory
            do {
                try directory.apply(mutation(step, of: directory, &random))
            } catch {
                #expect(directory == before, "seed \(seed), step \(step)")
            }
        }
        #expect(try rebuilt(directory) == directory, "seed \(seed)")
        #expect(Array(directory.userIDs) == directory.users.map(\.id).sorted(), "seed \(seed)")
        #expect(directory.userIDs.count == directory.users.count, "seed \(seed)")
    }

    @Test func `a directory that is made at once is the one that grows record by record`() async throws {
        var random = SeededGenerator(seed: 7)
        let users = (0..<1500).map { number in
            let email = Bool.random(using: &random) ? "shared\(number % 90)@example.com" : "u\(number)@example.com"
            return Samples.user("u\(number)", "Name\(number)", email: email)
        }
        let groups = (0..<40).map { number in
            let members = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                Int.random(in: 0..<1500, using: &random)
            }
            let group = Samples.group("g\(number)", "Group \(number)", members: members.map { users[$0].id })
            return Directory.ResolvedGroup(group: group, members: members)
        }
        var grown = Directory()
        for user in users { try grown.apply(.createUser(user)) }
        for group in groups { try grown.apply(.createGroup(group.group)) }
        #expect(await Directory(users: users, groups: groups) == grown)
    }

    private func mutation(_ step: Int, of directory: Directory, _ random: inout SeededGenerator) -> Mutation {
        let user = directory.users.randomElement(using: &random)?.id ?? "none"
        let group = directory.groups.randomElement(using: &random)?.id ?? "none"
        let other = directory.groups.randomElement(using: &random)?.id ?? "none"
        let name = "name\(Int.random(in: 0..<30, using: &random))"
        switch Int.random(in: 0..<9, using: &random) {
        case 0, 1: return .createUser(Samples.user("u\(step)", name, email: name + "@example.com"))
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
