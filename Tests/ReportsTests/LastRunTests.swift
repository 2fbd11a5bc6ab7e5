import Foundation
import Reconcile
import Roster
import Testing
import YAML

@testable import Reports

/// What is kept of the last run for the status page.
struct LastRunTests {
    private static let end = Timestamp(milliseconds: 1_790_000_001_250)

    private static func run(
        _ code: ExitCode,
        _ outcome: RunReport.Outcome? = nil,
        isApply: Bool = false,
        target: String = "acme",
        message: String? = nil
    ) -> RunSummary {
        RunSummary(
            target: target,
            isApply: isApply,
            exitCode: code,
            start: end,
            end: end,
            report: outcome.map { RunReport($0) },
            message: message
        )
    }

    private static func count(_ itemClass: ItemClass, _ change: (inout LastRun.Count) -> Void) -> LastRun.Count {
        var count = LastRun.Count(itemClass)
        change(&count)
        return count
    }

    private static let applied: Applied = {
        let results = zip(
            Samples.plan.items,
            [.applied, .skipped(because: Samples.addMember.id), .waiting("w"), .failed("no")]
        )
        .map { ItemResult($0, $1 as ItemResult.Outcome) }
        return Applied(plan: Samples.plan, results: results, verification: .confirmed, record: nil, exitCode: .partial)
    }()

    @Test func `a dry run is kept with what it planned, by class, and its report`() throws {
        let last = try #require(LastRun(Self.run(.success, .planned(Samples.plan))))
        let expected = LastRun(
            time: Self.end.wholeSeconds,
            isApply: false,
            exitCode: .success,
            commit: Samples.commit,
            followed: Samples.base,
            counts: [
                Self.count(.user) { $0.planned = 1 },
                Self.count(.membership) {
                    $0.planned = 1
                    $0.held = 1
                },
                Self.count(.grant) {
                    $0.planned = 2
                    $0.held = 1
                },
            ],
            drift: 1,
            report: PlanReport.text(Samples.plan).split(separator: "\n").map(String.init)
        )
        #expect(last == expected)
    }

    @Test func `an apply is kept with what became of each change`() throws {
        let last = try #require(LastRun(Self.run(.partial, .applied(Self.applied), isApply: true)))
        let counts = [
            Self.count(.user) {
                $0.planned = 1
                $0.applied = 1
            },
            Self.count(.membership) {
                $0.planned = 1
                $0.skipped = 1
                $0.held = 1
            },
            Self.count(.grant) {
                $0.planned = 2
                $0.waiting = 1
                $0.failed = 1
                $0.held = 1
            },
        ]
        #expect(last.counts == counts && last.needsAttention && last.reason == "2 of 4 changes were not applied")
        #expect(last.report == AppliedReport.text(Self.applied).split(separator: "\n").map(String.init))
    }

    @Test func `a run without a report is kept with its reason, which steers no terminal`() {
        let last = LastRun(Self.run(.unavailable, message: "no answer\u{1b}[2J\nhint: later"))
        let reason = "no answer\\u{1B}[2J\nhint: later"
        #expect(last == LastRun(time: Self.end.wholeSeconds, isApply: false, exitCode: .unavailable, reason: reason))
    }

    @Test(arguments: [(.usage, "acme"), (.locked, "acme"), (.failure, "")] as [(ExitCode, String)])
    func `a run that says nothing about a target leaves the one before`(code: ExitCode, target: String) {
        #expect(LastRun(Self.run(code, target: target)) == nil)
    }

    @Test func `a long report is cut, by lines and by bytes`() throws {
        var plan = Samples.plan
        let bound = LastRun.mostLines
        func warn(_ count: Int, _ length: Int) -> [HeldItem] {
            (0..<count).map { number in
                let name = "\(number)" + String(repeating: "x", count: length)
                return HeldItem(.change(.removeMember(team: "A", user: name)), cause: .notAdopted)
            }
        }
        plan.held = warn(5000, 1)
        let many = try #require(LastRun(Self.run(.success, .planned(plan))))
        #expect(many.report.count <= bound)
        plan.items = (0..<2000).map { number in
            PlanItem(.removeUser(key: "\(number)" + String(repeating: "x", count: 500)), origin: .commit(nil))
        }
        let long = try #require(LastRun(Self.run(.success, .planned(plan))))
        #expect(long.cutLines > 0 && long.report.count < bound)
        #expect(long.report.reduce(0) { $0 + $1.utf8.count + 1 } <= LastRun.mostBytes)
        #expect(long.bytes.count < 2 * LastRun.mostBytes)
        #expect(LastRun(reading: long.bytes) == long)
    }

    @Test func `what is kept is read again, and a broken file is as good as none`() throws {
        let runs = [
            Self.run(.success, .planned(Samples.plan)), Self.run(.partial, .applied(Self.applied), isApply: true),
            Self.run(.refused, .planned(Samples.plan)), Self.run(.failure, message: "no: \"x\"\n"),
        ]
        for run in runs {
            let last = try #require(LastRun(run))
            #expect(LastRun(reading: last.bytes) == last)
        }
        let whole = "time: 2026-11-27T19:45:00Z\napply: true\nexit: 0\n"
        #expect(LastRun(reading: Array(whole.utf8)) != nil)
        let broken = [
            "", "time: [", "time: 2026-11-27T19:45:00Z\n", whole.replacingOccurrences(of: "exit: 0", with: "exit: 9"),
            whole + "report: 3\n", whole + "newer: 3\n",
        ]
        for text in broken { #expect(LastRun(reading: Array(text.utf8)) == nil, "\(text)") }
    }

    @Test func `every exit code has words`() {
        for code in ExitCode.allCases {
            for isApply in [false, true] {
                let last = LastRun(time: Self.end, isApply: isApply, exitCode: code)
                #expect(!last.meaning.isEmpty && last.needsAttention == (isApply && RunOutcome(code) != .ok))
            }
        }
    }
}
