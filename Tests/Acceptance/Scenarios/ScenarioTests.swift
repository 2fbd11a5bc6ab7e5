import Foundation
import Testing

/// The cases of `Tests/Fixtures/scenarios`, each played with the built program and compared as a whole.
@Suite struct ScenarioTests {
    @Test(arguments: Scenario.all)
    func `a case comes out as it was reviewed`(_ scenario: Scenario) throws {
        let transcript = try ScenarioRun.transcript(of: scenario)
        if Scenario.isRecording { return try scenario.record(transcript) }
        let expected = try #require(scenario.expected(), "\(scenario.name) has no expected.txt; see the README there")
        #expect(transcript == expected, "\(scenario.name): \(Self.firstDifference(transcript, expected))")
    }

    @Test func `there are as many cases as were promised`() { #expect(Scenario.all.count >= 80) }

    /// The first line that is different, for a reader of a log.
    static func firstDifference(_ found: String, _ expected: String) -> String {
        let found = found.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let index = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        guard let index else { return "one is longer: \(found.count) and \(expected.count) lines" }
        return "line \(index + 1)\nfound:    \(found[index])\nexpected: \(expected[index])"
    }
}
