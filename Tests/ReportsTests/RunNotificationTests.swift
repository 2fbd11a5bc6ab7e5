import Reconcile
import Roster
import SCIM
import Testing

@testable import Reports

/// Who is told when the outcome of runs changes.
struct RunNotificationTests {
    private static func run(_ code: ExitCode, _ report: RunReport? = nil, message: String? = nil) -> RunSummary {
        let time = Timestamp(milliseconds: 1_790_000_000_000)
        return RunSummary(target: "acme", exitCode: code, start: time, end: time, report: report, message: message)
    }

    /// The outcome that was told last, an exit code, and whether that is news.
    @Test(
        arguments: [
            (nil, ExitCode.success, false), (nil, .pending, false), (nil, .refused, true), (nil, .failure, true),
            (.ok, .success, false), (.ok, .refused, true), (.refused, .refused, false), (.refused, .stale, false),
            (.refused, .partial, true), (.failed, .unavailable, false), (.failed, .success, true),
            (.refused, .pending, true), (.failed, .locked, false), (.ok, .locked, false),
        ] as [(RunOutcome?, ExitCode, Bool)]
    )
    func `a change of the outcome is told, and nothing else`(told: RunOutcome?, code: ExitCode, isNews: Bool) {
        #expect((RunNotification(Self.run(code), history: RunHistory(told: told)) != nil) == isNews)
    }

    @Test func `a refusal is told with its numbers and without the names that it counted`() throws {
        let verdict = GuardVerdict(
            .removals(.people),
            losses: ["ada@example.com", "bob@example.com"],
            total: 3,
            refusal: .half
        )
        let plan = Plan(target: "acme", commit: String(repeating: "c", count: 40), guards: [verdict])
        let run = Self.run(.refused, RunReport(.planned(plan)))
        let json = try #require(RunNotification(run, history: RunHistory())).json
        let text = String(decoding: json, as: UTF8.self)
        let value = try JSON.read(json)
        #expect(value.object?["outcome"] == "refused" && value.object?["previous"] == "ok")
        #expect(value.object?["exit_code"] == 4 && value.object?["target"] == "acme")
        #expect(
            value.object?["text"]?.string
                == "dagroster: target \"acme\" refused (exit 4), was ok: plan takes away 2 of 3 people, "
                + "more than half of them; nothing was applied"
        )
        #expect(value.object?["guards"]?.array?.first?.object?["digest"] == .string(verdict.digest))
        #expect(!text.contains("example.com"))
    }

    @Test func `a reason is told as far as anybody reads it, and cannot steer a terminal`() throws {
        let message = "\u{1B}[2J" + String(repeating: "x", count: 5000)
        let json = try #require(RunNotification(Self.run(.failure, message: message), history: RunHistory())).json
        let value = try JSON.read(json)
        let told = try #require(value.object?["message"]?.string)
        #expect(told.count == RunSummary.longestReason && told.hasPrefix("\\u{1B}[2Jx"))
    }

    @Test func `that all is well again is told without a reason`() throws {
        let plan = Plan(target: "acme")
        let run = Self.run(.success, RunReport(.planned(plan)))
        let json = try #require(RunNotification(run, history: RunHistory(told: .failed))).json
        let value = try JSON.read(json)
        #expect(value.object?["text"] == "dagroster: target \"acme\" ok (exit 0), was failed")
        #expect(value.object?["message"] == .null)
    }
}
