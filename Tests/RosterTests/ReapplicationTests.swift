import Roster
import SCIM
import Testing
import YAML

/// Changes made again on a directory that moved on, and directories that follow their files.
struct ReapplicationTests {
    private func directory(_ mutations: [Mutation]) throws -> Directory {
        var directory = Directory()
        for mutation in mutations { try directory.apply(mutation) }
        return directory
    }

    private static func user(_ id: String, _ name: String, _ attributes: Object = [:]) -> Mutation {
        var attributes = attributes
        attributes["userName"] = .string(name)
        return .createUser(User(id: id, created: nil, attributes: attributes))
    }

    private static func group(_ id: String, _ name: String, _ members: [String] = []) -> Mutation {
        .createGroup(Group(id: id, created: nil, attributes: ["displayName": .string(name)], members: members))
    }

    private static let base = [user("1", "ada"), user("2", "grace"), group("g", "Data", ["1"])]

    struct Case: Sendable {
        var theirs: [Mutation]
        var ours: [Mutation]
        /// What comes of both, as mutations on the base.
        var expected: [Mutation]
        var losses: [RosterError] = []
    }

    @Test(
        arguments: [
            Case(theirs: [], ours: [user("3", "lin")], expected: [user("3", "lin")]),
            // The same record, made on both sides.
            Case(theirs: [user("3", "lin")], ours: [user("3", "lin")], expected: [user("3", "lin")]),
            Case(
                theirs: [.changeUser(id: "1", Assignments(["title": "a", "nickName": "n"]))],
                ours: [.changeUser(id: "1", Assignments(["title": "b"]))],
                expected: [.changeUser(id: "1", Assignments(["title": "b", "nickName": "n"]))]
            ),
            Case(
                theirs: [.changeGroup(id: "g", GroupChange(leaving: [.user("1")]))],
                ours: [.changeGroup(id: "g", GroupChange(joining: [.user("2")]))],
                expected: [.changeGroup(id: "g", GroupChange(joining: [.user("2")], leaving: [.user("1")]))]
            ),
            Case(theirs: [.deleteUser(id: "1")], ours: [.deleteUser(id: "1")], expected: [.deleteUser(id: "1")]),
            // One name, two ids: the first stays and takes the second's membership and later changes.
            Case(
                theirs: [user("x", "lin")],
                ours: [
                    user("y", "Lin"), .changeGroup(id: "g", GroupChange(joining: [.user("y")])),
                    .changeUser(id: "y", Assignments(["active": false])),
                ],
                expected: [
                    user("x", "lin", ["active": false]), .changeGroup(id: "g", GroupChange(joining: [.user("x")])),
                ],
                losses: [.userNameTaken("Lin", by: "x")]
            ),
            Case(
                theirs: [group("x", "Ops", ["1"])],
                ours: [group("y", "ops", ["2"])],
                expected: [group("x", "Ops", ["1", "2"])],
                losses: [.groupNameTaken("ops", by: "x")]
            ),
            // A name that somebody else has by now is not taken, and the rest of the change is made.
            Case(
                theirs: [user("x", "lin")],
                ours: [.changeUser(id: "1", Assignments(["userName": "lin", "title": "t"]))],
                expected: [user("x", "lin"), .changeUser(id: "1", Assignments(["title": "t"]))],
                losses: [.userNameTaken("lin", by: "x")]
            ),
            Case(
                theirs: [.deleteUser(id: "1")],
                ours: [
                    .changeUser(id: "1", Assignments(["title": "t"])),
                    .changeGroup(id: "g", GroupChange(joining: [.user("1"), .user("2")])),
                ],
                expected: [.deleteUser(id: "1"), .changeGroup(id: "g", GroupChange(joining: [.user("2")]))],
                losses: [.unknownUser("1")]
            ),
            Case(
                theirs: [.deleteGroup(id: "g")],
                ours: [.changeGroup(id: "g", GroupChange(joining: [.user("2")]))],
                expected: [.deleteGroup(id: "g")],
                losses: [.unknownGroup("g")]
            ),
        ]
    )
    func `both sides' changes stand, and what cannot is told`(test: Case) throws {
        var reapplication = Reapplication(on: try directory(Self.base + test.theirs))
        for mutation in test.ours { reapplication.apply(mutation) }
        #expect(reapplication.directory == (try directory(Self.base + test.expected)))
        #expect(reapplication.losses.map(\.reason) == test.losses)
    }

    @Test func `what would close a circle of groups is told, and people join all the same`() throws {
        let groups = [Self.group("h", "Inner")]
        let theirs = [Mutation.changeGroup(id: "g", GroupChange(joining: [.group("h")]))]
        var reapplication = Reapplication(on: try directory(Self.base + groups + theirs))
        reapplication.apply(.changeGroup(id: "h", GroupChange(joining: [.group("g"), .user("2")])))
        #expect(reapplication.losses.map(\.reason) == [.cycle(["Inner", "Data", "Inner"])])
        #expect(reapplication.directory.group(id: "h")?.held == [.user("2")])
    }

    @Test(
        arguments: [
            // Two people, and two groups, that swap their names.
            (
                base,
                [user("1", "grace"), user("2", "ada"), group("g", "Data", ["2"])]
            ),
            (
                [group("g", "Data"), group("h", "Ops")],
                [group("g", "Ops"), group("h", "Data")]
            ),
            // A name goes from one who is removed to one who is new, who takes the membership.
            (base, [user("2", "grace"), user("3", "Ada"), group("g", "Data", ["3"])]),
            // A group is nested in one that it held before.
            (
                [group("g", "Data"), group("h", "Ops"), .changeGroup(id: "g", GroupChange(joining: [.group("h")]))],
                [group("g", "Data"), group("h", "Ops"), .changeGroup(id: "h", GroupChange(joining: [.group("g")]))]
            ),
            (base, []), ([], base),
        ] as [([Mutation], [Mutation])]
    )
    func `a directory becomes what files say, by changes that can be made one after the other`(
        before: [Mutation],
        after: [Mutation]
    ) throws {
        let (start, goal) = (try directory(before), try directory(after))
        var edits = RecordEdits()
        edits.removed = Set((start.users.map(\.id) + start.groups.map(\.id)).filter { goal.member(id: $0) == nil })
        edits.users = goal.users.map { UserFile.read(UserFile.bytes(of: $0), file: "u").user }.compactMap { $0 }
        edits.groups = goal.groups.compactMap { GroupFile.read(GroupFile.bytes(of: $0, in: goal), file: "g").contents }
        var adopted = start
        let mutations = try adopted.follow(edits)
        #expect(adopted == goal)
        var replayed = start
        for mutation in mutations { try replayed.apply(mutation) }
        #expect(replayed == goal)
        #expect(try adopted.follow(edits) == [])
    }

    @Test func `files that give one name to two records are refused, and nothing has changed`() throws {
        var directory = try directory(Self.base)
        let before = directory
        var edits = RecordEdits()
        edits.users = [User(id: "1", created: nil, attributes: ["userName": "grace"])]
        #expect(throws: RosterError.userNameTaken("grace", by: "2")) { try directory.follow(edits) }
        #expect(directory == before)
    }
}
