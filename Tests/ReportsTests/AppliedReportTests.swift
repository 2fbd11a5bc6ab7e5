import Reconcile
import Reports
import SCIM
import Testing
import YAML

/// What people and programs read of an apply, and of a run that ended before it.
struct AppliedReportTests {
    static let plan = Plan(
        target: "t",
        items: [
            PlanItem(.createTeam("A"), origin: .commit(nil)),
            PlanItem(.addMember(team: "A", user: "ada"), origin: .commit(nil), dependencies: [ItemID("team/A/create")]),
        ]
    )

    static func applied(_ outcomes: [ItemResult.Outcome], _ verification: Verification, _ code: ExitCode) -> Applied {
        Applied(
            plan: plan,
            results: zip(plan.items, outcomes).map { ItemResult($0, $1) },
            verification: verification,
            record: nil,
            exitCode: code
        )
    }

    @Test func `what was applied and confirmed is one more line`() {
        let applied = Self.applied([.applied, .applied], .confirmed, .success)
        #expect(
            AppliedReport.text(applied)
                == PlanReport.text(Self.plan) + "applied 2 of 2, read again and confirmed\n"
        )
    }

    @Test func `what failed and what was left out is named with its reason`() {
        let outcomes: [ItemResult.Outcome] = [.failed("no\u{1B}"), .skipped(because: ItemID("team/A/create"))]
        let applied = Self.applied(outcomes, .notNeeded, .partial)
        let expected = """
            applied 0 of 2
              x team  A  failed: no\\u{1B}
              . membership  A: ada  left out: it depends on team/A/create

            """
        #expect(AppliedReport.text(applied) == PlanReport.text(Self.plan) + expected)
    }

    @Test func `what an error advises is a line of its own, and no other line's end begins one`() {
        let outcomes: [ItemResult.Outcome] = [.failed("no\napplied\nhint: wait\u{1B}"), .notAttempted("x\nhint")]
        let applied = Self.applied(outcomes, .unreadable("gone\nhint: look"), .partial)
        let expected = """
            applied 0 of 2, not confirmed: gone
                  hint: look
              x team  A  failed: no\\u{A}applied
                  hint: wait\\u{1B}
              . membership  A: ada  not tried: x\\u{A}hint

            """
        #expect(AppliedReport.text(applied) == PlanReport.text(Self.plan) + expected)
    }

    @Test func `what is not there although it was accepted is named`() {
        let applied = Self.applied([.applied, .applied], .missing([ItemID("team/A/create")]), .partial)
        let expected = """
            applied 2 of 2, 1 of them not there when read again
              ? team/A/create  was accepted and is not there

            """
        #expect(AppliedReport.text(applied) == PlanReport.text(Self.plan) + expected)
    }

    @Test func `JSON has every result and the plan`() throws {
        let applied = Self.applied([.applied, .failed("no")], .confirmed, .partial)
        let json = try #require(try JSON.read(AppliedReport.json(applied)).object)
        #expect(json["exit_code"] == 6)
        #expect(
            json["results"] == [
                ["id": "team/A/create", "outcome": "applied"],
                ["id": "membership/A/ada/create", "outcome": "failed", "reason": "no"],
            ]
        )
        #expect(json["plan"] == (try JSON.read(PlanReport.json(Self.plan))))
    }

    @Test func `a refusal says why, that nothing was applied and what to do`() throws {
        let diagnostic = Diagnostic(
            file: "access/a.yaml",
            place: Place(line: 1, column: 2),
            message: "no \"x\ny\"",
            hint: "did you mean \"z\"?"
        )
        #expect(
            RefusalReport.text(.invalid([diagnostic]))
                == "access/a.yaml:1:2: error: no \"x\\u{A}y\"\nhint: did you mean \"z\"?\n"
                + "the tree is not valid for this target; nothing was applied\n"
        )
        #expect(
            RefusalReport.text(.stale(commit: Samples.base, applied: Samples.commit)) == """
                commit 0a1b2c3d4e does not descend from 1d2e3f4a5b, which was applied last; nothing was applied
                hint: apply a commit that contains it; to go back, revert and apply the revert

                """
        )
        let json = try #require(try JSON.read(RefusalReport.json(.guarded(Samples.plan.refusals))).object)
        #expect(json["exit_code"] == 4)
        #expect(json["guards"]?.array?.count == 1)
    }

    @Test(
        arguments: [
            (Refusal.invalid([]), 3), (.unreadable(target: "t", reason: "r"), 1),
            (.untrusted(Shortfall(target: "t", what: "people", found: 1, expected: 3)), 1),
            (.unavailable(target: "t", reason: "r"), 75), (.noRecord(reason: "r"), 1),
            (.nothingToAdopt(key: "k", suggestion: nil), 64), (.guarded([]), 4), (.precondition("p"), 4),
            (.stale(commit: "c", applied: "a"), 5), (.locked(by: nil), 7),
        ] as [(Refusal, Int32)]
    )
    func `every refusal has the exit code that is promised`(refusal: Refusal, code: Int32) {
        #expect(refusal.exitCode.rawValue == code)
    }
}
