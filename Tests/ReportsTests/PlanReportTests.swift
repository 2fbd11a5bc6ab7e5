import Reconcile
import Reports
import SCIM
import Testing

/// What people and programs read of a plan.
struct PlanReportTests {
    @Test func `a plan says what it means for people, then the objects`() {
        let digest = Samples.plan.refusals.first?.digest ?? ""
        let expected = """
            plan for target "sandbox" · commit 1d2e3f4a5b · last applied 0a1b2c3d4e · 4 changes
            people (3)
              ~ carl@example.com, dora@example.com
                  staging: admin -> none  team "Ops" no longer gives it  [drift]
              + ada@example.com  joins the organization  [commit 1d2e3f4a5b]
                  prod: none -> viewer  through team "Data Platform" (group "Data Platform")  [commit 1d2e3f4a5b]
            changes (4)
              + user  ada@example.com  active in the directory  [commit 1d2e3f4a5b]
              + membership  Data Platform: ada@example.com  through group "Data Platform"  [commit 1d2e3f4a5b]
              ~ grant  team Data Platform: prod: viewer -> viewer, finance editor  access/data-platform.yaml:10:5; DATA-1234  [commit 0a1b2c3d4e]
              - grant  team Ops: staging: admin  no file gives it  [drift]
            held back (2)
              ! remove membership  Data Platform: old@example.com  was there before dagroster; --adopt 'Data Platform' takes it away
              ! grant  team Ops: prod/sales: admin  location "sales" disappeared from the target
            unmanaged: 1 user (guest@example.com), 2 teams (Handmade, Old) left alone
            access/x.yaml:3:5: warning: group "Old" is no longer provisioned
            guards: 2 of 3 access lost, refused
            refused: plan takes away 2 of 3 people's access, more than half of them; nothing was applied
            hint: if exactly this is meant: --override access=\(digest) --reason TEXT

            """
        #expect(PlanReport.text(Samples.plan) == expected)
    }

    @Test(arguments: [
        (Plan(target: "t"), "nothing to do: target \"t\" is as the tree says\n"),
        (Plan(target: "t", commit: Samples.commit), "nothing to do: target \"t\" is as commit 1d2e3f4a5b says\n"),
        (
            Plan(target: "t", unmanaged: Unmanaged(users: (1...7).map { "u\($0)" })),
            "nothing to do: target \"t\" is as the tree says; 7 users (u1, u2, u3, u4, u5 and 2 more) left alone\n"
        ),
    ])
    func `nothing to do is one line`(plan: Plan, text: String) {
        #expect(PlanReport.text(plan) == text)
    }

    @Test func `a change for five hundred people stays short`() {
        var plan = Plan(target: "t", items: [PlanItem(Samples.drop, origin: .drift)])
        plan.people = (0..<500).map { Samples.loser("p\(1000 + $0)@example.com") }
        let lines = PlanReport.text(plan).split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[2].hasSuffix("p1004@example.com and 495 more"))
    }

    @Test func `many additions are cut short in text and whole in JSON`() throws {
        let items = (0..<500).map { PlanItem(.createTeam("T\($0)"), origin: .commit(nil)) }
        let plan = Plan(target: "t", items: items)
        #expect(PlanReport.text(plan).split(separator: "\n").count == 24)
        let json = try JSON.read(PlanReport.json(plan))
        #expect(json.object?["items"]?.array?.count == 500)
    }

    @Test func `names cannot steer a terminal or forge a line`() throws {
        let name = "x\u{1B}[2J\nrefused: no\u{9B}1m\u{202E}z"
        let plan = Plan(
            target: "t",
            items: [PlanItem(.createTeam(name), origin: .commit(nil), reasons: ["group \"\(name)\""])],
            people: [Samples.loser(name)],
            unmanaged: Unmanaged(teams: [name])
        )
        for text in [PlanReport.text(plan), String(decoding: PlanReport.json(plan), as: UTF8.self)] {
            #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" || $0 == "\u{202E}" })
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix("refused") })
        }
        let json = try JSON.read(PlanReport.json(plan))
        #expect(json.object?["items"]?.array?.first?.object?["after"]?.string == name)
    }

    @Test func `JSON is complete, versioned and the same each time`() throws {
        let bytes = PlanReport.json(Samples.plan)
        #expect(bytes == PlanReport.json(Samples.plan))
        let json = try #require(try JSON.read(bytes).object)
        #expect(json["format_version"] == 1)
        #expect(
            json.members.map(\.name) == [
                "format_version", "kind", "target", "commit", "base", "first_run", "refused", "people", "items", "held",
                "waiting", "removals_first", "preconditions", "unmanaged", "guards", "unused_overrides", "warnings",
                "suspended", "left_out",
            ]
        )
        #expect(
            json["items"]?.array?[2] == [
                "id": "grant/team:Data Platform/deployment:prod/put",
                "class": "grant",
                "action": "update",
                "principal": ["kind": "team", "name": "Data Platform"],
                "before": ["scope": "deployment:prod", "role": "viewer", "locations": []],
                "after": [
                    "scope": "deployment:prod", "role": "viewer",
                    "locations": [["name": "finance", "role": "editor"]],
                ],
                "depends_on": [],
                "origin": ["kind": "commit", "commit": .string(Samples.base)],
                "reasons": ["access/data-platform.yaml:10:5", "DATA-1234"],
                "risk": "low",
                "guard": "access",
                "digest": "5b4e865058c3ae7d",
            ]
        )
    }

    @Test func `colour is there only where it is asked for`() {
        #expect(!PlanReport.text(Samples.plan).contains("\u{1B}"))
        #expect(PlanReport.text(Samples.plan, isColored: true).contains("\u{1B}[31m      staging") == false)
        #expect(PlanReport.text(Samples.plan, isColored: true).contains("\u{1B}[31mstaging: admin -> none\u{1B}[0m"))
    }
}
