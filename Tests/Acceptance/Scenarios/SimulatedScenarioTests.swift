import Foundation
import Testing

/// The cases of `Tests/Fixtures/scenarios` once more, with a simulated Dagster+ as the target: the plans, the exit codes
/// and the organisation in the end must be those of the file.
@Suite struct SimulatedScenarioTests {
    /// Cases about what only a file can be, and why.
    static let ofFilesOnly = [
        "target-cut": "a file that was cut in the middle of a name; GraphQL answers are whole or none",
        "target-missing": "a file that is not there",
        "target-no-organization": "a file that holds something else",
        "partial-read": "a list that was emptied by hand, which a file's reader takes for a mistake",
    ]

    /// Cases in which Dagster+ itself does otherwise, and why; each has an expectation of its own.
    static let ofItsOwn = [
        "override-right": lastAdministrators,
        "override-with-one-more-loss": lastAdministrators,
        "override-with-other-traffic": lastAdministrators,
        "user-renamed": "Dagster+ cannot change an address: the new one is invited, and the old one goes after that",
    ]
    private static let lastAdministrators = "Dagster+ keeps an administrator, whatever the overridden guard lets pass"
    private static let expectation = "expected-dagster-plus.txt"

    static let fitting = Scenario.all.filter { ofFilesOnly[$0.name] == nil }

    /// All of them take minutes, so that only some are played unless the environment asks for all: those where the
    /// target does otherwise or is changed by somebody else, and every fourth of the others, which are sorted by what
    /// they are about.
    static let chosen: [Scenario] = {
        if ProcessInfo.processInfo.environment["DAGROSTER_ALL_SCENARIOS"] != nil { return fitting }
        let special = fitting.filter {
            ofItsOwn[$0.name] != nil || ((try? $0.steps) ?? []).contains { $0.kind == .edit }
        }
        let others = fitting.filter { one in !special.contains { $0.name == one.name } }
        return special + others.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
    }()

    @Test(arguments: chosen)
    func `a case comes out as it does with a file`(_ scenario: Scenario) throws {
        let found = try ScenarioRun.simulatedTranscript(of: scenario)
        let file = Self.ofItsOwn[scenario.name] == nil ? Scenario.expectation : Self.expectation
        if Scenario.isRecording {
            if file == Self.expectation { try scenario.record(found, as: file) }
            return
        }
        let expected = try #require(scenario.expected(file), "\(scenario.name) has no \(file)")
        #expect(found == expected, "\(scenario.name): \(ScenarioTests.firstDifference(found, expected))")
    }

    @Test func `what is left out is named`() {
        print("simulated scenarios: \(Self.chosen.count) of \(Self.fitting.count); all: DAGROSTER_ALL_SCENARIOS=1")
        #expect(Set(Self.ofFilesOnly.keys).isSubset(of: Scenario.all.map(\.name)))
        let own = Scenario.all.filter { $0.expected(Self.expectation) != nil }.map(\.name)
        #expect(own == Self.ofItsOwn.keys.sorted())
        #expect(Self.chosen.count * 4 >= Self.fitting.count)
    }
}
