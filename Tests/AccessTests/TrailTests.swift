import Roster
import SCIM
import Testing
import YAML

@testable import Access

/// The ways to a role, link by link.
struct TrailTests {
    private func finder(_ world: World) throws -> TrailFinder {
        let (access, _) = AccessFiles.read(world.files)
        let paths = ["u-ada": "users/ada.yaml", "g-Data": "groups/data.yaml", "g-Core": "groups/core.yaml"]
        return TrailFinder(try world.resolved().wanted, access, world.directory, paths: paths)
    }

    @Test func `a way through nested groups has a link for each of them`() throws {
        var world = World()
        try world.user("ada")
        try world.group("Core", ["ada"])
        try world.group("Data", groups: ["Core"])
        world.file("access/data.yaml", "team: Data\ngrants:\n  - deployment: prod\n    role: viewer\n")
        let trails = try finder(world).trails(of: "ada", at: .deployment("prod"))
        #expect(
            trails.map(\.links) == [
                [
                    PathLink(.active(user: "u-ada"), file: "users/ada.yaml", words: "ada is active"),
                    PathLink(
                        .member(user: "u-ada", group: "g-Core"),
                        file: "groups/core.yaml",
                        words: #"group "Core" lists ada"#
                    ),
                    PathLink(
                        .nested(group: "g-Core", in: "g-Data"),
                        file: "groups/data.yaml",
                        words: #"group "Data" holds group "Core""#
                    ),
                    PathLink(
                        .takesGroup("g-Data"),
                        file: "access/data.yaml",
                        words: #"team "Data" takes group "Data""#
                    ),
                    PathLink(
                        .grant(.deployment("prod"), .viewer, location: nil),
                        file: "access/data.yaml",
                        words: "access/data.yaml:3:5 gives viewer on prod"
                    ),
                ]
            ]
        )
    }

    @Test func `each source of a membership is a way of its own, and an override hides what it covers`() throws {
        var world = World()
        try world.user("ada", active: true, ["roles": [["value": "Ops"]]])
        try world.group("Data", ["ada"])
        world.file(
            "access/data.yaml",
            """
            team: Data
            groups: [Data]
            users: [ada]
            appRoles: [Ops]
            grants:
              - deployment: prod
                role: viewer
                locations: {finance: editor}

            """
        )
        let trails = try finder(world).trails(of: "ada", at: .location(deployment: "prod", "finance"))
        #expect(
            trails.map { "\($0.role) \($0.through)" } == [
                #"editor team "Data" (group "Data")"#, #"editor team "Data" (access/data.yaml:3:9)"#,
                #"editor team "Data" (app role "Ops")"#,
            ]
        )
    }

    @Test func `nobody inactive or unknown has a way`() throws {
        var world = World()
        try world.user("ada", active: false)
        world.file("access/ada.yaml", "user: ada\ngrants:\n  - organization: admin\n")
        #expect(try finder(world).trails(of: "ada", at: .organization).isEmpty)
        #expect(try finder(world).trails(of: "eve", at: .organization).isEmpty)
    }
}
