import Roster
import Store
import Testing

@testable import Publish

struct PendingTests {
    /// When changes of which source come in, and when the oldest window ends then.
    struct Case: Sendable {
        var changes: [(source: String, at: Duration)]
        var deadline: Duration?
        var batches: [Int]
    }

    @Test(
        arguments: [
            Case(changes: [], deadline: nil, batches: []),
            Case(changes: [("a", .zero)], deadline: .seconds(2), batches: [1]),
            Case(changes: [("a", .zero), ("a", .seconds(1))], deadline: .seconds(3), batches: [2]),
            Case(changes: [("a", .zero), ("a", .seconds(9))], deadline: .seconds(10), batches: [2]),
            Case(changes: [("a", .zero), ("b", .seconds(1))], deadline: .zero, batches: [1, 1]),
            Case(changes: [("a", .zero), ("b", .zero), ("a", .zero)], deadline: .zero, batches: [1, 1, 1]),
        ]
    )
    func `a window ends when it is quiet, too long, or another source comes`(test: Case) {
        var pending = Pending(window: Window())
        for change in test.changes { pending.add(.user("ada", source: change.source), at: change.at) }
        #expect(pending.deadline == test.deadline)
        #expect(pending.batches.map(\.count) == test.batches)
        #expect(pending.count == test.changes.count)
    }

    @Test func `no window ends in the middle of files that belong together`() throws {
        var pending = Pending(window: Window())
        var begun = StoredChange.user("ada")
        begun.endsBatch = false
        pending.add(begun, at: .zero)
        #expect(pending.deadline == nil)
        pending.add(.user("grace"), at: .seconds(60))
        #expect(pending.deadline == .seconds(10))
    }

    @Test func `a batch that is put back takes up what its source changed since`() throws {
        var pending = Pending(window: Window())
        pending.add(.user("ada", "1\n", request: "r1"), at: .zero)
        let taken = pending.takeFirst()
        let first = try #require(taken)
        pending.add(.user("ada", "2\n", sign: .changed, request: "r2"), at: .seconds(1))
        pending.putBack(first)

        var expected = Batch(.user("ada", "1\n", request: "r1"), at: .zero)
        expected.add(.user("ada", "2\n", sign: .changed, request: "r2"), at: .seconds(1))
        #expect(pending.batches == [expected])
        #expect(expected.files == ["ada.yaml": Array("2\n".utf8)])
    }

    @Test func `a batch that is put back stays before another source's`() throws {
        var pending = Pending(window: Window())
        pending.add(.user("ada", source: "a"), at: .zero)
        let taken = pending.takeFirst()
        let first = try #require(taken)
        pending.add(.user("ada", source: "b"), at: .zero)
        pending.putBack(first)
        #expect(pending.batches.map(\.source) == ["a", "b"])
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (1000, 60)])
    func `pauses between attempts grow up to a minute`(failures: Int, seconds: Int) {
        #expect(Backoff().delay(afterFailures: failures) == .seconds(seconds))
    }

    @Test(arguments: [Double.nan, .infinity, -1, 1e300])
    func `a time that is none is no trouble`(time: Double) {
        #expect(Batch(.user("ada", time: time), at: .zero).seconds == 0)
    }
}
