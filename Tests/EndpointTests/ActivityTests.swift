@testable import Endpoint
import Roster
import Testing

struct ActivityTests {
    let start = Timestamp(milliseconds: 1_795_452_420_000)

    private func outcome(
        _ method: String = "GET",
        _ target: String = "/scim/v2/Users",
        status: Int = 200,
        after seconds: Int = 0,
        type: String? = nil,
        source: String? = "entra",
        microseconds: Int = 300
    ) -> RequestOutcome {
        RequestOutcome(
            time: Timestamp(milliseconds: start.milliseconds + seconds * 1000),
            method: method,
            target: target,
            status: status,
            reason: status >= 400 ? "because" : nil,
            scimType: type,
            source: source,
            requestID: "r",
            microseconds: microseconds
        )
    }

    @Test func `requests are counted by method and status, and failures by kind, the most frequent first`() {
        let activity = Activity(started: start)
        for status in [200, 200, 404, 409, 400, 400, 500] {
            activity.note(outcome(status: status, type: "invalidFilter"))
        }
        activity.note(outcome("BREW", status: 405, source: nil))
        let summary = activity.summary(at: start)
        #expect(
            summary.counts == [
                .init(method: "GET", status: 200, number: 2), .init(method: "GET", status: 400, number: 2),
                .init(method: "GET", status: 404, number: 1), .init(method: "GET", status: 409, number: 1),
                .init(method: "GET", status: 500, number: 1), .init(method: "other", status: 405, number: 1),
            ]
        )
        // An identity provider feels its way by 404 and 409.
        #expect(summary.failures.map(\.status) == [400, 405, 500])
        #expect(summary.failures.map(\.number) == [2, 1, 1])
        #expect(summary.recent.map(\.status) == [405, 500, 400, 400, 409, 404, 200, 200])
        #expect(summary.recentFailures.map(\.status) == [405, 500, 400, 400])
        #expect(summary.lastHeard == ["entra": start])
        #expect(summary.total == 8)
    }

    @Test func `memory does not grow with the number of requests`() {
        let activity = Activity(started: start)
        for number in 0..<5000 { activity.note(outcome(status: 400, after: number * 60)) }
        let summary = activity.summary(at: outcome(after: 5000 * 60).time)
        #expect(summary.recent.count == 200 && summary.recentFailures.count == 100)
        #expect(summary.slices.count == 288)
        #expect(summary.recent.first?.time == outcome(after: 4999 * 60).time)
        #expect(summary.total == 5000)
    }

    @Test func `a day is told in slices, those without a request too, from the start on`() {
        let activity = Activity(started: start)
        activity.note(outcome("POST", status: 201))
        activity.note(outcome("POST", "/scim/v2/Users/.search", after: 1))
        activity.note(outcome("PATCH", status: 400, after: 900))
        let slices = activity.summary(at: outcome(after: 1000).time).slices
        #expect(slices.map(\.writes) == [1, 0, 0, 1])
        #expect(slices.map(\.reads) == [1, 0, 0, 0])
        #expect(slices.map(\.failures) == [0, 0, 0, 1])
        #expect(slices.first?.begin.description == "2026-11-23T16:45:00Z")
    }

    @Test func `times are counted with all shorter ones`() {
        let activity = Activity(started: start)
        for time in [100, 250, 251, 9_000_000] { activity.note(outcome(microseconds: time)) }
        let summary = activity.summary(at: start)
        #expect(summary.buckets.first == .init(bound: 250, number: 2))
        #expect(summary.buckets.last == .init(bound: nil, number: 4))
        #expect(summary.buckets.map(\.number) == summary.buckets.map(\.number).sorted())
        #expect(summary.totalMicroseconds == 9_000_601)
    }

    @Test func `a long filter is cut`() {
        let long = outcome("GET", "/scim/v2/Users?filter=" + String(repeating: "ä", count: 5000))
        #expect(long.target.utf8.count <= RequestOutcome.longestTarget + 6)
    }
}
