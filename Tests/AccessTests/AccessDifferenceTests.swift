import Roster
import SCIM
import Testing
import YAML

@testable import Access

/// What one state of a tree means beside another one.
struct AccessDifferenceTests {
    static let team = """
        team: Data
        reason: DATA-1
        grants:
          - deployment: prod
            role: viewer
            locations: {finance: editor}

        """

    /// Ada and Bob in a group that a file gives a role, and Lin, who is admin.
    private static func world() throws -> World {
        var world = World()
        for name in ["ada", "bob", "lin"] { try world.user(name) }
        try world.group("Data", ["ada", "bob"])
        world.file("access/data.yaml", team)
        world.file("access/admins.yaml", "team: Admins\ngroups: []\nusers: [lin]\ngrants:\n  - organization: admin\n")
        return world
    }

    private func difference(_ change: (inout World) throws -> Void) throws -> [String] {
        let old = try Self.world()
        var new = try Self.world()
        try change(&new)
        let difference = try AccessDifference(from: old.side(), to: new.side())
        return difference.groups.map(Self.text) + difference.people.map(Self.text) + difference.objects.map(Self.text)
    }

    @Test func `the same tree is no difference`() throws {
        #expect(try difference { _ in } == [])
    }

    @Test func `who leaves a group loses what it gave, and is told through what`() throws {
        let lines = try difference { world in
            try world.directory.apply(.changeGroup(id: "g-Data", GroupChange(leaving: [.user("u-bob")])))
        }
        let why = #"[no longer in team "Data" (no longer through group "Data")]"#
        #expect(
            lines == [
                "group Data changed + - bob",
                "bob stays; prod: viewer > none \(why); prod/finance: editor > none \(why)",
                "group Data changed [+0 -1 members]",
            ]
        )
    }

    @Test func `somebody deactivated leaves the organization, and is told of once`() throws {
        let lines = try difference { world in
            try world.directory.apply(.changeUser(id: "u-bob", Assignments(["active": .some(.bool(false))])))
        }
        #expect(
            lines == [
                "bob leaves(because: \"deactivated\"); prod: viewer > none []; prod/finance: editor > none []",
                "user bob changed [deactivated]",
            ]
        )
    }

    @Test func `a grant that is raised is told with its line`() throws {
        let lines = try difference { world in
            world.files[0].bytes = Array(Self.team.replacing("role: viewer", with: "role: admin").utf8)
        }
        let why = #"[through team "Data" (group "Data"), access/data.yaml:4:5]"#
        let gain = "prod: viewer > admin \(why); prod/finance: editor > admin \(why)"
        #expect(
            lines == [
                "ada stays; \(gain)", "bob stays; \(gain)",
                "team file Data changed [~ prod: viewer, finance editor -> prod: admin, finance editor]",
            ]
        )
    }

    @Test func `a person under another name is the same one`() throws {
        let lines = try difference { world in
            try world.directory.apply(.changeUser(id: "u-bob", Assignments(["userName": .some(.string("robert"))])))
        }
        #expect(lines == ["robert renamed(from: \"bob\")", "user robert changed [was bob]"])
    }

    @Test func `a file that moves and a team under a former name change nothing for people`() throws {
        let lines = try difference { world in
            world.files[0].path = "access/teams/data.yaml"
            let text = Self.team.replacing("team: Data", with: "team: Numbers\npreviously: [Data]\ngroups: [Data]")
            world.files[0].bytes = Array(text.utf8)
        }
        #expect(
            lines == [
                "team file Numbers changed [was team \"Data\", moved from access/data.yaml, groups: Data, + former name Data]"
            ]
        )
    }

    private static func text(_ group: GroupDifference) -> String {
        "group \(group.name) \(group.change.rawValue) + \(group.joined.joined(separator: " "))"
            + "- \(group.left.joined(separator: " "))"
    }

    private static func text(_ person: PersonDifference) -> String {
        let points = person.points.map { point in
            "; \(point.point): \(point.before) > \(point.after) [\(point.reasons.joined(separator: "; "))]"
        }
        return "\(person.person) \(person.membership)" + points.joined()
    }

    private static func text(_ object: ObjectDifference) -> String {
        "\(object.kind) \(object.name) \(object.action.rawValue) [\(object.details.joined(separator: ", "))]"
    }
}

extension World {
    /// The world as one side of a comparison.
    func side() throws -> TreeSide {
        let (access, _) = AccessFiles.read(files)
        return TreeSide(wanted: try resolved().wanted, access: access, directory: directory, paths: [:])
    }
}
