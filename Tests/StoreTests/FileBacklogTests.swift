import Roster
import Testing

@testable import Store

/// How many changes may wait for the files, and how long they gather.
struct FileBacklogTests {
    private static let start = ContinuousClock.now

    /// A pace that was measured once: so many records in so many milliseconds, that ended 10 s after the start.
    private static func pace(_ records: Int, _ milliseconds: Int) -> FilePace {
        var pace = FilePace()
        let end = start + .seconds(10)
        pace.begin(records: records, at: end - .milliseconds(milliseconds))
        pace.end(at: end)
        return pace
    }

    @Test(
        arguments: [
            // What the last batch took, and what is written in 1.5 s then.
            (records: 2000, milliseconds: 200, expected: 15_000),
            (2000, 2000, 1500),
            (2000, 20_000, 150),
            // Never fewer than it takes to learn that the disk is faster again.
            (128, 60_000, FilePace.fewest),
            // A batch of one tells nothing about many, which are taken to need 200 µs each.
            (1, 100, 7500), (FilePace.fewest - 1, 5000, 7500),
            // Faster than a limit of memory allows.
            (2000, 1, 20_000), (2000, 0, 20_000),
        ]
    )
    func `what the last batch took says how many may wait`(records: Int, milliseconds: Int, expected: Int) {
        let pace = Self.pace(records, milliseconds)
        #expect(pace.records(within: .milliseconds(1500), atMost: 20_000, at: Self.start + .seconds(10)) == expected)
    }

    @Test func `a batch that takes longer than the last one counts before it ends`() {
        var pace = Self.pace(2000, 200)
        let begin = Self.start + .seconds(20)
        pace.begin(records: 1000, at: begin)
        let allowed = [0, 100, 500, 1000, 5000].map {
            pace.records(within: .milliseconds(1500), atMost: 20_000, at: begin + .milliseconds($0))
        }
        #expect(allowed == [15_000, 15_000, 3000, 1500, 300])
        // It was given up, and the next attempt is not judged by it.
        pace.begin(records: 1000, at: begin + .seconds(6))
        #expect(pace.records(within: .milliseconds(1500), atMost: 20_000, at: begin + .seconds(6)) == 15_000)
    }

    @Test(arguments: [(took: 10, rest: 30), (100, 300), (400, 750), (5000, 750)])
    func `after a batch there is a rest, three times as long`(took: Int, rest: Int) {
        let pace = Self.pace(10, took)
        #expect(pace.rested(longest: .milliseconds(750)) == Self.start + .seconds(10) + .milliseconds(rest))
        #expect(FilePace().rested(longest: .milliseconds(750)) == nil)
    }

    @Test func `a record that changes again and again is one to write, and many to keep`() {
        let limits = StoreLimits()
        var backlog = FileBacklog()
        backlog.add((1...limits.backlog).map { Self.change($0, of: "u1") }, limits, at: Self.start)
        #expect((backlog.records, backlog.changes) == (1, limits.backlog))
        #expect(!backlog.isEnough(limits, at: Self.start) && !backlog.isFull(limits, at: Self.start))
        backlog.add([Self.change(limits.backlog + 1, of: "u1")], limits, at: Self.start)
        #expect(backlog.isEnough(limits, at: Self.start) && backlog.isFull(limits, at: Self.start))
        #expect(backlog.begin(limits, at: Self.start).map(\.touched) == [["u1"]])
    }

    @Test func `a slow disk makes changes wait before there are too many, and takes smaller batches`() {
        let limits = StoreLimits()
        var backlog = FileBacklog()
        backlog.add((1...2000).map { Self.change($0, of: "u\($0)") }, limits, at: Self.start)
        let first = backlog.begin(limits, at: Self.start)
        #expect(first.map(\.touched.count) == [2000])
        // 2 ms a file.
        let end = Self.start + .seconds(4)
        backlog.remove(first, since: Self.start, at: end, through: 2000)
        #expect((backlog.records, backlog.changes, backlog.through) == (0, 0, 2000))
        backlog.add((2001...2751).map { Self.change($0, of: "u\($0)") }, limits, at: end)
        #expect(backlog.isFull(limits, at: end))
        let next = backlog.begin(limits, at: end)
        #expect(next.map(\.touched.count) == [250])
        backlog.remove(next, since: end, at: end + .milliseconds(500), through: 2250)
        #expect(backlog.records == 501 && !backlog.isFull(limits, at: end + .milliseconds(500)))
        #expect(backlog.isFull(limits, at: end + limits.longestLag + .milliseconds(1)))
    }

    @Test func `changes gather until the thread has rested, and no less than a pause`() {
        let limits = StoreLimits()
        var backlog = FileBacklog()
        #expect(backlog.gathering(since: Self.start, limits) == Self.start + limits.pause)
        backlog.add([Self.change(1, of: "g1")], limits, at: Self.start)
        let runs = backlog.begin(limits, at: Self.start)
        let end = Self.start + .milliseconds(100)
        backlog.remove(runs, since: Self.start, at: end, through: 1)
        #expect(backlog.gathering(since: end, limits) == end + .milliseconds(300))
        #expect(backlog.gathering(since: end + .milliseconds(290), limits) == end + .milliseconds(290) + limits.pause)
    }

    private static func change(_ sequence: Int, of id: String) -> (note: FileNote, state: Snapshot) {
        let state = Snapshot(directory: Directory(), modified: ModificationTimes(), broken: BrokenFiles())
        let change = AppliedChange(
            sequence: sequence,
            time: Timestamp(milliseconds: 0),
            requester: Requester(source: "test", requestID: "r\(sequence)"),
            mutation: .deleteUser(id: id),
            before: state,
            after: state,
            touched: [id]
        )
        return (FileNote(change), state)
    }
}
