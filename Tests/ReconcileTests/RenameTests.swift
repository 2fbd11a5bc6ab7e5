import Access
import Reconcile
import Testing
import YAML

/// Whoever changes the name keeps what they have.
struct RenameTests {
    /// A world whose target holds exactly what the tree says, and a record of it.
    static func settled() async throws -> World {
        var world = World()
        world.users = ["ada@example.com": "1", "grace@example.com": "2", "lin@example.com": "3"]
        world.groups = [
            "Data Eng": ["ada@example.com", "grace@example.com"], "Ops": ["lin@example.com", "ada@example.com"],
        ]
        world.groupIDs = ["Data Eng": "g1", "Ops": "g2"]
        world.live = try Organization(yaml: "deployments: {prod: {locations: [finance]}, staging: {}}")
        try await world.apply()
        let plan = try await world.plan()
        try #require(plan.items.isEmpty)
        return world
    }

    @Test func `a group that is renamed renames its team`() async throws {
        var world = try await Self.settled()
        world.groups["Data Platform"] = world.groups.removeValue(forKey: "Data Eng")
        world.groupIDs = ["Data Platform": "g1", "Ops": "g2"]
        let plan = try await world.plan()
        #expect(plan.outline == ["team/Data Eng/rename"])
        #expect(plan.people.isEmpty)
        try await world.apply()
        #expect(try await world.plan().items.isEmpty)
        #expect(world.record?.teams["Data Platform"]?.groups == ["g1"])
        #expect(world.record?.teams["Data Eng"] == nil)
    }

    @Test func `renames in a chain are done from its end`() async throws {
        var world = try await Self.settled()
        world.groups = ["Ops": world.groups["Data Eng"] ?? [], "Operations": world.groups["Ops"] ?? []]
        world.groupIDs = ["Ops": "g1", "Operations": "g2"]
        let plan = try await world.plan()
        #expect(plan.outline == ["team/Ops/rename", "team/Data Eng/rename"])
        #expect(plan.items[1].dependencies == [ItemID("team/Ops/rename")])
        try await world.apply()
        #expect(try await world.plan().items.isEmpty)
    }

    @Test func `names that are swapped change their members only`() async throws {
        var world = try await Self.settled()
        world.groups = ["Data Eng": world.groups["Ops"] ?? [], "Ops": world.groups["Data Eng"] ?? []]
        world.groupIDs = ["Data Eng": "g2", "Ops": "g1"]
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "membership/Data Eng/lin@example.com/create",
                "membership/Ops/grace@example.com/create",
                "membership/Data Eng/grace@example.com/remove",
                "membership/Ops/lin@example.com/remove",
            ]
        )
    }

    @Test func `a file that says what a team was previously renames it`() async throws {
        var world = try await Self.settled()
        world.access["access/platform.yaml"] = """
            team: Platform
            previously: [Data Eng]
            groups: [Data Eng]
            """
        let plan = try await world.plan()
        #expect(plan.outline.first == "team/Data Eng/rename")
        #expect(plan.items[0].reasons == [#"access/platform.yaml:1:7 says that it was "Data Eng" previously"#])
        #expect(!plan.outline.contains("team/Platform/create"))
    }

    @Test func `a team in another letter case is the same team`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["Data Eng": ["ada@example.com"]]
        world.live = try Organization(
            yaml: "deployments: {}\nusers: {Ada@Example.com: {}}\nteams: {data eng: {members: [ada@example.com]}}"
        )
        #expect(try await world.plan().outline == ["team/data eng/rename"])
    }

    @Test func `what was held back stays held back under a new name`() async throws {
        var world = World()
        world.users = ["ada@example.com": "1"]
        world.groups = ["Data Eng": ["ada@example.com"]]
        world.groupIDs = ["Data Eng": "g1"]
        world.live = try Organization(
            yaml: "deployments: {}\nusers: {old@example.com: {}}\nteams: {Data Eng: {members: [old@example.com]}}"
        )
        try await world.apply()
        world.groups = ["R/D": ["ada@example.com"]]
        world.groupIDs = ["R/D": "g1"]
        let plan = try await world.plan()
        #expect(plan.outline == ["team/Data Eng/rename"])
        #expect(plan.heldOutline == ["membership/R%2FD/old@example.com/remove"])
        try await world.apply()
        #expect(try await world.plan().heldOutline == plan.heldOutline)
    }

    @Test func `a person whose userName changed keeps everything under the new one`() async throws {
        var world = try await Self.settled()
        world.access["access/ada.yaml"] = "user: ada@example.com\ngrants: [{organization: admin}]"
        try await world.apply()
        world.users["ada.lovelace@example.com"] = world.users.removeValue(forKey: "ada@example.com")
        world.groups = world.groups.mapValues { $0.map { $0 == "ada@example.com" ? "ada.lovelace@example.com" : $0 } }
        let plan = try await world.plan()
        #expect(plan.outline == ["user/ada@example.com/rename"])
        #expect(
            plan.people == [
                PersonChange(
                    key: "ada.lovelace@example.com",
                    membership: .renamed(from: "ada@example.com"),
                    changes: [],
                    item: ItemID("user/ada@example.com/rename")
                )
            ]
        )
        #expect(plan.refusals.isEmpty)
        try await world.apply()
        #expect(try await world.plan().items.isEmpty)
        #expect(world.live.teams["Ops"]?.members == ["ada.lovelace@example.com", "lin@example.com"])
    }

    @Test func `a new name that is taken leaves the old account to be removed, and no person is lost`() async throws {
        var world = try await Self.settled()
        world.live.users["al@example.com"] = UserState(email: "al@example.com")
        world.users["al@example.com"] = world.users.removeValue(forKey: "ada@example.com")
        world.groups = world.groups.mapValues { $0.map { $0 == "ada@example.com" ? "al@example.com" : $0 } }
        let plan = try await world.plan()
        #expect(
            plan.outline == [
                "membership/Data Eng/al@example.com/create",
                "membership/Ops/al@example.com/create",
                "user/ada@example.com/remove",
            ]
        )
        #expect(plan.items[2].reasons == [#"the same person is now "al@example.com""#])
        #expect(plan.guards.first?.losses == [])
    }

    @Test func `userNames that are swapped are two other people, and it is said`() async throws {
        var world = try await Self.settled()
        world.created = ["1": "2026-01-01T00:00:00Z", "3": "2026-02-02T00:00:00Z"]
        try await world.apply()
        let record = world.record?.users["lin@example.com"]
        world.users["ada@example.com"] = "3"
        world.users["lin@example.com"] = "1"
        let plan = try await world.plan()
        #expect(record?.created == "2026-02-02T00:00:00Z")
        #expect(plan.warnings.count == 2)
        #expect(!plan.outline.contains { $0.contains("rename") })
    }

    @Test func `an id that changed in a file whose created did not is an account swap`() async throws {
        var world = try await Self.settled()
        world.users["ada@example.com"] = "99"
        do {
            _ = try await world.plan()
            Issue.record("planned")
        } catch let refusal as Refusal {
            #expect(refusal.exitCode == .invalid)
            #expect(
                refusal.description
                    == """
                    provisioned/users/ada@example.com.yaml: error: the id of "ada@example.com" changed from "1" to \
                    "99", its "created" did not
                    hint: write the old id again; a new account has a "created" of its own
                    """
            )
        }
    }

    @Test func `an id and a created that are both new are another person`() async throws {
        var world = try await Self.settled()
        world.users["ada@example.com"] = "99"
        world.created = ["99": "2026-11-11T00:00:00Z"]
        let plan = try await world.plan()
        #expect(plan.items.isEmpty)
        #expect(plan.warnings.map(\.message) == [#""ada@example.com" is another person now: id "99", was "1""#])
    }
}
