import Generators
import Testing
import YAML

@testable import Tree

/// Merging two versions of a file, as git's merge driver does it.
struct TreeMergeTests {
    struct Case: Sendable {
        var name: String
        var path = "access/data.yaml"
        var base: String
        var ours: String
        var theirs: String
        /// Nil: only the conflicts count.
        var merged: String?
        var conflicts: [String] = []
    }

    static let cases = [
        Case(
            name: "members that both sides add are there once, sorted",
            path: "roster/provisioned/groups/data.yaml",
            base: group(["ada", "lin"]),
            ours: group(["ada", "bob", "carl", "lin"]),
            theirs: group(["ada", "carl", "dora", "lin"]),
            merged: group(["ada", "bob", "carl", "dora", "lin"])
        ),
        Case(
            name: "who leaves on one side and stays on the other leaves",
            path: "provisioned/groups/data.yaml",
            base: group(["ada", "bob", "lin"]),
            ours: group(["bob", "lin"]),
            theirs: group(["ada", "bob"]),
            merged: group(["bob"])
        ),
        Case(
            name: "the last member leaves while another one joins",
            path: "provisioned/groups/data.yaml",
            base: group(["ada"]),
            ours: group([]),
            theirs: group(["ada", "lin"]),
            merged: group(["lin"])
        ),
        Case(
            name: "both sides make a group of one id and name",
            path: "provisioned/groups/data.yaml",
            base: "",
            ours: group(["ada"]),
            theirs: group(["lin"]),
            merged: group(["ada", "lin"])
        ),
        Case(
            name: "both sides make a record with ids of their own",
            path: "provisioned/groups/data.yaml",
            base: "",
            ours: "id: one\ndisplayName: Data\n",
            theirs: "id: two\ndisplayName: Data\n",
            conflicts: ["id"]
        ),
        Case(
            name: "an attribute changes here and an address there",
            path: "provisioned/users/ada.yaml",
            base: "id: a\nuserName: ada\nemails:\n  - type: home\n    value: a@home\n  - type: work\n    value: a@x\n",
            ours:
                "id: a\nuserName: ada\ntitle: CTO\nemails:\n  - type: home\n    value: a@home\n  - type: work\n    value: a@x\n",
            theirs:
                "id: a\nuserName: ada\nemails:\n  - type: home\n    value: a@home\n  - type: work\n    value: a@y\n",
            merged: """
                # Written by dagroster from SCIM. Change it in the identity provider.
                id: a
                userName: ada
                active: true
                title: CTO
                emails:
                  - type: home
                    value: a@home
                  - type: work
                    value: a@y

                """
        ),
        Case(
            name: "grants are joined by their scope, and comments stay",
            base: "team: Data\ngrants:\n  - deployment: prod\n    role: viewer\n",
            ours: """
                team: Data
                grants:
                  # asked for in DATA-1
                  - deployment: prod
                    role: editor
                  - organization: admin # for now

                """,
            theirs: """
                # ours since 2020
                team: Data
                grants:
                  - deployment: prod
                    role: viewer
                    locations:
                      finance: admin
                  # nightly
                  - deployment: staging
                    role: admin

                """,
            merged: """
                # ours since 2020
                team: Data
                grants:
                  # asked for in DATA-1
                  - deployment: prod
                    role: editor
                    locations:
                      finance: admin
                  # nightly
                  - deployment: staging
                    role: admin
                  - organization: admin # for now

                """
        ),
        Case(
            name: "flow style becomes block style where both sides add",
            base: "team: Data\nusers: [ada]\ngrants: []\n",
            ours: "team: Data\nusers: [ada, 'no']\ngrants: []\n",
            theirs: "team: Data\nusers: [ada, zed]\ngrants: []\n",
            merged: "team: Data\nusers:\n  - ada\n  - \"no\"\n  - zed\ngrants: []\n"
        ),
        Case(
            name: "one side removes the grant that the other changes",
            base: "team: Data\ngrants:\n  - deployment: prod\n    role: viewer\n  - deployment: dev\n    role: admin\n",
            ours: "team: Data\ngrants:\n  - deployment: dev\n    role: admin\n",
            theirs:
                "team: Data\ngrants:\n  - deployment: prod\n    role: editor\n  - deployment: dev\n    role: admin\n",
            merged: """
                team: Data
                grants:
                <<<<<<< ours
                =======
                  - deployment: prod
                    role: editor
                >>>>>>> theirs
                  - deployment: dev
                    role: admin

                """,
            conflicts: ["grants > deployment prod"]
        ),
        Case(
            name: "both sides set a role, each another one",
            base: "team: Data\ngrants:\n  - organization: viewer\n",
            ours: "team: Data\ngrants:\n  - organization: editor\n",
            theirs: "team: Data\ngrants:\n  - organization: admin\n",
            merged: """
                team: Data
                grants:
                <<<<<<< ours
                  - organization: editor
                =======
                  - organization: admin
                >>>>>>> theirs

                """,
            conflicts: ["grants > organization > organization"]
        ),
        Case(
            name: "groups taken away mean the team's own group, and not an empty list",
            base: "team: Data\ngroups:\n  - A\n",
            ours: "team: Data\n",
            theirs: "team: Data\ngroups:\n  - A\n  - B\n",
            conflicts: ["groups"]
        ),
        Case(
            name: "a list of nothing is no missing list",
            base: "team: Data\nusers:\n  - ada\ngrants:\n  - organization: admin\n",
            ours: "team: Data\nusers:\n  - ada\ngrants: []\n",
            theirs: "team: Data\nusers:\n  - ada\n  - lin\ngrants:\n  - organization: admin\n",
            merged: "team: Data\nusers:\n  - ada\n  - lin\ngrants: []\n"
        ),
        Case(
            name: "settings are joined key by key",
            path: "roster/dagroster.yaml",
            base: "version: 1\ngit: {branch: main}\ntargets:\n  a: {kind: file, path: a.yaml}\n",
            ours: "version: 1\ngit: {branch: main, window: 5s}\ntargets:\n  a: {kind: file, path: a.yaml}\n",
            theirs:
                "version: 1\ngit: {branch: main}\ntargets:\n  a: {kind: file, path: a.yaml}\n  b: {kind: file, path: b.yaml}\n",
            merged: """
                version: 1
                git: {branch: main, window: 5s}
                targets:
                  a: {kind: file, path: a.yaml}
                  b: {kind: file, path: b.yaml}

                """
        ),
    ]

    static func group(_ members: [String]) -> String {
        let list = members.isEmpty ? "" : "members:\n" + members.map { "  - \($0)\n" }.joined()
        return
            "# Written by dagroster from SCIM. Change it in the identity provider.\nid: g\ndisplayName: Data\n\(list)"
    }

    @Test(arguments: cases)
    func `two versions are joined`(given: Case) throws {
        let merged = try TreeMerge.merged(
            path: given.path,
            base: Array(given.base.utf8),
            ours: Array(given.ours.utf8),
            theirs: Array(given.theirs.utf8)
        )
        let text = String(decoding: merged.bytes, as: UTF8.self)
        if let expected = given.merged { #expect(text == expected, "\(given.name)") }
        #expect(merged.conflicts == given.conflicts, "\(given.name)")
        #expect(text.contains("<<<<<<< ours") == !given.conflicts.isEmpty)
    }

    @Test func `what cannot be read is refused with its place`() {
        #expect(throws: YAMLError.self) {
            try TreeMerge.merged(
                path: "access/a.yaml",
                base: Array("a: 1\n".utf8),
                ours: Array("a: [\n".utf8),
                theirs: []
            )
        }
    }

    @Test func `random sets are merged as sets, whichever side is ours`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let names = (0..<12).map { "m\($0)" }
            let base = Set(names.filter { _ in Bool.random(using: &random) })
            let edits = (0..<2).map { _ in Set(names.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }) }
            let sides = edits.map { base.symmetricDifference($0) }
            let expected = Set(
                names.filter { name in
                    let changed = sides.first { $0.contains(name) != base.contains(name) }
                    return changed?.contains(name) ?? base.contains(name)
                }
            )
            for (ours, theirs) in [(sides[0], sides[1]), (sides[1], sides[0])] {
                let merged = try TreeMerge.merged(
                    path: "provisioned/groups/g.yaml",
                    base: Array(Self.group(base.sorted()).utf8),
                    ours: Array(Self.group(ours.sorted()).utf8),
                    theirs: Array(Self.group(theirs.sorted()).utf8)
                )
                #expect(merged.conflicts == [], "seed \(seed)")
                #expect(String(decoding: merged.bytes, as: UTF8.self) == Self.group(expected.sorted()), "seed \(seed)")
            }
        }
    }
}
