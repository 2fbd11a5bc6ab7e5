import Generators
import Testing

@testable import Roster

/// What comes and goes leaves nothing behind in memory, however often.
struct LeftoverTests {
    /// A directory, and who has come to it and not gone yet.
    private struct Traffic {
        var directory: Directory
        var random: SeededGenerator
        /// Those that stay.
        let users: [String]
        let groups: [String]
        private var comers: [String] = []
        private var comingGroups: [String] = []

        init(_ directory: Directory, _ random: SeededGenerator) {
            (self.directory, self.random) = (directory, random)
            users = directory.users.map(\.id).sorted()
            groups = directory.groups.map(\.id).sorted()
        }

        /// Lets somebody come, join, leave or go; those that stay only go into groups that do not.
        mutating func move(_ step: Int) throws {
            switch Int.random(in: 0..<7, using: &random) {
            case 0, 1:
                try directory.apply(.createUser(Samples.user("c\(step)", "Comer \(step)")))
                comers.append("c\(step)")
            case 2:
                try directory.apply(.createGroup(Samples.group("k\(step)", "Comers \(step)")))
                comingGroups.append("k\(step)")
            case 3: change(random.pick(comingGroups), GroupChange(joining: members(comers + users, groups)))
            case 4: change(random.pick(groups), GroupChange(joining: members(comers, [])))
            case 5: change(random.pick(comingGroups), GroupChange(leaving: members(comers + users, groups)))
            default: try go()
            }
        }

        private mutating func change(_ group: String, _ change: GroupChange) {
            // Refused where the group is to be in itself, or is none.
            _ = try? directory.apply(.changeGroup(id: group, change))
        }

        private mutating func members(_ users: [String], _ groups: [String]) -> Set<Member> {
            let people = (0..<3).map { _ in random.pick(users) }.filter { !$0.isEmpty }
            let nested = (0..<2).map { _ in random.pick(comingGroups + groups) }.filter { !$0.isEmpty }
            return Set(people.map(Member.user) + nested.map(Member.group))
        }

        private mutating func go() throws {
            if Bool.random(using: &random), let place = comers.indices.randomElement(using: &random) {
                try directory.apply(.deleteUser(id: comers.remove(at: place)))
            } else if let place = comingGroups.indices.randomElement(using: &random) {
                try directory.apply(.deleteGroup(id: comingGroups.remove(at: place)))
            }
        }

        mutating func end() throws {
            while !comers.isEmpty || !comingGroups.isEmpty { try go() }
        }
    }

    @Test(arguments: [0, 60])
    func `people and groups in groups that come and go leave nothing behind`(count: Int) async throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let (start, _) = await DirectoryPropertyTests.madeAtOnce(count, &random)
        var traffic = Traffic(start, random)
        for step in 0..<800 { try traffic.move(step) }
        try traffic.end()
        let end = traffic.directory
        #expect(end == start, "seed \(seed)")
        #expect(end.groupIDsByMember.changedMembers.filter { !traffic.users.contains($0) } == [], "seed \(seed)")
        #expect(end.groupIDByName.count == start.groupIDByName.count, "seed \(seed)")
        #expect(end.groupIDsByUnresolvedName.isEmpty && end.groupIDsByExternalID.isEmpty, "seed \(seed)")
    }
}
