import HashTreeCollections
import Roster
import SCIM
import Testing

struct DirectoryTests {
    @Test func `names are found whatever their letter case`() throws {
        let directory = try Samples.directory()
        #expect(directory.user(named: "ADA@Example.com")?.id == "u1")
        #expect(directory.group(named: "data platform")?.id == "g1")
        #expect(directory.userIDs(email: "Ada@example.com") == ["u1"])
        #expect(directory.groupIDs(containing: "u1") == ["g1"])
        #expect(directory.groupIDs(containing: "g1") == ["g2"])
    }

    struct Refusal: Sendable {
        var mutation: Mutation
        var error: RosterError
    }

    static let refusals = [
        Refusal(
            mutation: .createUser(Samples.user("u9", "ADA@example.com")),
            error: .userNameTaken("ADA@example.com", by: "u1")
        ),
        Refusal(mutation: .createUser(Samples.user("g1", "new@example.com")), error: .idTaken("g1")),
        Refusal(mutation: .createUser(Samples.user("u9", "")), error: .userNameMissing),
        Refusal(
            mutation: .changeUser(id: "u2", Assignments(["userName": "Ada@Example.com"])),
            error: .userNameTaken("Ada@Example.com", by: "u1")
        ),
        Refusal(mutation: .changeUser(id: "u2", Assignments(["userName": nil])), error: .userNameMissing),
        Refusal(mutation: .changeUser(id: "u7", Assignments()), error: .unknownUser("u7")),
        Refusal(mutation: .deleteUser(id: "g1"), error: .unknownUser("g1")),
        Refusal(
            mutation: .createGroup(Samples.group("g9", "data PLATFORM")),
            error: .groupNameTaken("data PLATFORM", by: "g1")
        ),
        Refusal(
            mutation: .createGroup(Samples.group("g9", "New", members: ["u7"])),
            error: .unknownMember("u7", group: "New")
        ),
        Refusal(
            mutation: .changeGroup(id: "g1", GroupChange(joining: [.user("u7")])),
            error: .unknownMember("u7", group: "Data Platform")
        ),
        Refusal(
            mutation: .changeGroup(id: "g1", GroupChange(joining: [.group("g2")])),
            error: .cycle(["Data Platform", "Everyone", "Data Platform"])
        ),
        Refusal(
            mutation: .changeGroup(id: "g1", GroupChange(joining: [.group("g1")])),
            error: .cycle(["Data Platform", "Data Platform"])
        ),
        Refusal(mutation: .deleteGroup(id: "u1"), error: .unknownGroup("u1")),
    ]

    @Test(arguments: refusals)
    func `a refused mutation says why and changes nothing`(_ refusal: Refusal) throws {
        var directory = try Samples.directory()
        let before = directory
        #expect(throws: refusal.error) { try directory.apply(refusal.mutation) }
        #expect(directory == before)
    }

    @Test func `deleting a person takes them out of every group in one mutation`() throws {
        var directory = try Samples.directory()
        let effect = try directory.apply(.deleteUser(id: "u1"))
        #expect(effect.removedUsers == ["u1"] && effect.groups == ["g1"])
        #expect(directory.group(id: "g1")?.members == ["u2"])
        #expect(directory.groupIDs(containing: "u1").isEmpty)
        #expect(directory.user(named: "ada@example.com") == nil)
        try directory.apply(.createUser(Samples.user("u9", "ada@example.com")))
        #expect(directory.groupIDs(containing: "u9").isEmpty)
    }

    @Test func `renaming a person touches the groups that list them and no other`() throws {
        var directory = try Samples.directory()
        let effect = try directory.apply(.changeUser(id: "u1", Assignments(["userName": "lovelace@example.com"])))
        #expect(effect.users == ["u1"] && effect.groups == ["g1"])
        #expect(directory.user(named: "ada@example.com") == nil)
        #expect(directory.user(named: "lovelace@example.com")?.id == "u1")
    }

    @Test func `a change of letter case in a name is no conflict with oneself`() throws {
        var directory = try Samples.directory()
        try directory.apply(.changeUser(id: "u1", Assignments(["userName": "Ada@Example.com"])))
        #expect(directory.user(id: "u1")?.userName == "Ada@Example.com")
    }

    @Test func `whoever takes a name that a file listed in vain does not become a member by it`() throws {
        var directory = Directory()
        let unresolved = UnresolvedMembers(users: ["bob@example.com"])
        let group = Group(id: "g1", created: nil, attributes: ["displayName": "On Call"], unresolved: unresolved)
        try directory.apply(.createGroup(group))
        let effect = try directory.apply(.createUser(Samples.user("u1", "Bob@example.com")))
        #expect(effect.groups == ["g1"])
        #expect(directory.group(id: "g1")?.unresolved == UnresolvedMembers())
        #expect(directory.group(id: "g1")?.members.isEmpty == true)
    }

    @Test func `a group that takes a name costs nobody who was listed as a person under it`() throws {
        var directory = Directory()
        let unresolved = UnresolvedMembers(users: ["x"], groups: ["x"])
        try directory.apply(
            .createGroup(Group(id: "g1", created: nil, attributes: ["displayName": "a"], unresolved: unresolved))
        )
        let effect = try directory.apply(.createGroup(Samples.group("g2", "X")))
        #expect(effect.groups == ["g1", "g2"])
        #expect(directory.group(id: "g1")?.unresolved == UnresolvedMembers(users: ["x"]))
    }

    @Test func `a copy stays what it was when the original changes`() throws {
        var directory = try Samples.directory()
        let copy = directory
        try directory.apply(.changeGroup(id: "g1", GroupChange(leaving: [.user("u1"), .user("u2")])))
        #expect(copy.group(id: "g1")?.members == ["u1", "u2"])
        #expect(directory.group(id: "g1")?.members == [])
    }

    @Test func `the version follows the content, not the way to it`() throws {
        var directory = try Samples.directory()
        let before = try #require(directory.group(id: "g1"))
        try directory.apply(.changeGroup(id: "g1", GroupChange(leaving: [.user("u1")])))
        #expect(directory.group(id: "g1")?.version != before.version)
        try directory.apply(.changeGroup(id: "g1", GroupChange(joining: [.user("u1")])))
        #expect(directory.group(id: "g1")?.version == before.version)
        #expect(directory.group(id: "g1") == before)
    }

    @Test func `lines say what a reviewer wants to know`() throws {
        let directory = try Samples.directory()
        let mutations = [
            Mutation.createUser(Samples.user("u9", "lin@example.com", active: false)),
            .createGroup(Samples.group("g9", "On Call", members: ["u1"])),
            .changeUser(id: "u1", Assignments(["active": false, "title": "Countess"])),
            .changeUser(id: "u1", Assignments(["userName": "lovelace@example.com"])),
            .deleteUser(id: "u1"),
            .changeGroup(id: "g2", GroupChange(joining: [.user("u2")], leaving: [.group("g1")])),
            .changeGroup(id: "g1", GroupChange(assignments: Assignments(["displayName": "Data"]))),
            .deleteGroup(id: "g1"),
        ]
        let lines = try mutations.flatMap { mutation in
            var after = directory
            try after.apply(mutation)
            return directory.lines(for: mutation, making: after)
        }
        #expect(
            lines == [
                ChangeLine(sign: .created, kind: .user, name: "lin@example.com", detail: "inactive"),
                ChangeLine(sign: .created, kind: .group, name: "On Call", detail: "1 member"),
                ChangeLine(sign: .changed, kind: .user, name: "ada@example.com", detail: "deactivated, title"),
                ChangeLine(
                    sign: .changed,
                    kind: .user,
                    name: "ada@example.com",
                    detail: "renamed to lovelace@example.com"
                ),
                ChangeLine(sign: .removed, kind: .user, name: "ada@example.com", detail: "left Data Platform"),
                ChangeLine(sign: .changed, kind: .group, name: "Everyone", detail: "+1 -1 members"),
                ChangeLine(sign: .changed, kind: .group, name: "Data Platform", detail: "renamed to Data"),
                ChangeLine(sign: .removed, kind: .group, name: "Data Platform", detail: "left Everyone"),
            ]
        )
    }
}
