import Access
import Reconcile
import Testing

@testable import Reports

/// A plan as a comment on a pull request.
struct MarkdownTests {
    @Test func `a comment says what is refused, what it means for people, then the objects`() {
        let digest = Samples.plan.refusals.first?.digest ?? ""
        let expected = """
            ### dagroster: 4 changes for target `sandbox`

            commit `1d2e3f4a5b` · last applied `0a1b2c3d4e` · nothing written

            **Refused: nothing was applied**

            - `plan takes away 2 of 3 people's access, more than half of them`
              if exactly this is meant: `--override access=\(digest) --reason TEXT`

            **People (3)**

            | | who | where | before | after | through |
            |:-:|---|---|---|---|---|
            | − | `carl@example.com` `dora@example.com` | `staging` | `admin` | none | `team "Ops" no longer gives it` · drift |
            | + | `ada@example.com` **joins** | `prod` | none | `viewer` | `through team "Data Platform" (group "Data Platform")` · commit 1d2e3f4a5b |

            **Held back (2)**

            - `remove membership  Data Platform: old@example.com` `was there before dagroster; --adopt 'Data Platform' takes it away`
            - `grant  team Ops: prod/sales: admin` `location "sales" disappeared from the target`

            <details><summary>4 changes</summary>

            - **+** `user  ada@example.com` `active in the directory` · commit 1d2e3f4a5b
            - **+** `membership  Data Platform: ada@example.com` `through group "Data Platform"` · commit 1d2e3f4a5b
            - **~** `grant  team Data Platform: prod: viewer -> viewer, finance editor` `access/data-platform.yaml:10:5` `DATA-1234` · commit 0a1b2c3d4e
            - **−** `grant  team Ops: staging: admin` `no file gives it` · drift

            </details>

            **Warnings (1)**

            - `access/x.yaml:3:5` `group "Old" is no longer provisioned`

            guards: 2 of 3 access lost, refused

            Left alone, because dagroster does not manage it:

            - `user guest@example.com`
            - `team Handmade`
            - `team Old`

            """
        #expect(RunReport(.planned(Samples.plan)).rendered(as: .markdown) == expected)
    }

    @Test(arguments: [
        ("ada@example.com", "`ada@example.com`"), ("@acme/everybody", "`@acme/everybody`"),
        ("<img src=x>", "`<img src=x>`"), ("[a](https://x.example)", "`[a](https://x.example)`"),
        ("a|b", "`a\\u{7C}b`"), ("a\\|b", "`a\\\\u{7C}b`"), ("tick`s", "``tick`s``"), ("`", "`` ` ``"),
        ("a``b`", "``` a``b` ```"), (" x", "`  x `"), ("", "(empty)"), ("a\nb\u{202E}c", "`a\\u{A}b\\u{202E}c`"),
    ])
    func `a name is a code span, and nothing else, wherever it stands`(name: String, markdown: String) {
        #expect(MarkdownName.code(name) == markdown)
    }

    @Test func `a long name is cut`() {
        #expect(MarkdownName.code(String(repeating: "é", count: 1000)).count == 203)
    }

    @Test(arguments: [100, 2000, 20_000])
    func `a comment is cut at an item before it is too long`(count: Int) {
        var plan = Samples.plan
        plan.items = (0..<count).map { PlanItem(.createTeam("Team number \($0)"), origin: .commit(nil)) }
        plan.people = (0..<count).map { number in
            var person = Samples.loser("person-\(number)@example.com")
            person.changes[0].reasons = ["for reason \(number)"]
            return person
        }
        plan.unmanaged.users = (0..<count).map { "guest-\($0)@example.com" }
        let text = RunReport(.planned(plan)).rendered(as: .markdown)
        #expect(text.utf8.count <= 65_536)
        #expect(text.contains("more: `--format json` has them all") == (count > 100))
        let lines = text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("| −") }.allSatisfy { $0.hasSuffix("|") })
        #expect(lines.count { $0.hasPrefix("<details>") } == lines.count { $0 == "</details>" })
    }

    @Test func `a run without a plan says why`() {
        let text = RunReport(.refused(.precondition("SCIM is on in Dagster+"))).rendered(as: .markdown)
        #expect(
            text == "### dagroster: nothing was applied (exit 4)\n\n- `SCIM is on in Dagster+; nothing was applied`\n"
        )
    }
}
