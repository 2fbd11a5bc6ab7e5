import Testing

@testable import Git
@testable import Publish

struct PushQueueTests {
    private func entry(_ number: Int) throws -> PushQueue.Entry {
        let digits = String(number)
        let name = String(repeating: "0", count: 40 - digits.count) + digits
        return PushQueue.Entry(id: try #require(ObjectID(name)), seconds: number)
    }

    private func queue(isDurable: Bool = false) -> PushQueue {
        PushQueue(rule: PushRule(branch: "main", isDurable: isDurable))
    }

    @Test func `a window begins with its first commit and is not made longer by others`() throws {
        var queue = queue()
        #expect(queue.deadline == nil)
        queue.add(try entry(1), at: .seconds(5))
        queue.add(try entry(2), at: .seconds(14))
        #expect(queue.deadline == .seconds(15))
        queue.succeed(upTo: try entry(2).id, first: 2, at: .seconds(16))
        #expect(queue.deadline == nil)
        #expect(queue.entries.isEmpty)
    }

    @Test func `where answers wait nothing is gathered, and pauses stay short`() throws {
        var queue = queue(isDurable: true)
        queue.add(try entry(1), at: .seconds(5))
        #expect(queue.deadline == .seconds(5))
        for _ in 0..<9 { queue.fail(at: .seconds(100)) }
        #expect(queue.deadline == .seconds(105))
    }

    @Test(
        arguments: [
            // The tip that was pushed, how many of three commits there were when it was found, and which are left.
            (tip: 2, first: 2, left: [3]),
            // It was found before it was noted.
            (2, 1, [3]), (3, 2, []),
            // Somebody rebased what was there; what came later is not in it.
            (9, 1, [2, 3]), (9, 3, []),
            // Somebody put the branch back in between.
            (1, 2, [3]),
        ]
    )
    func `what came during a push waits for the next window`(tip: Int, first: Int, left: [Int]) throws {
        var queue = queue()
        for number in 1...3 { queue.add(try entry(number), at: .seconds(number)) }
        queue.succeed(upTo: try entry(tip).id, first: first, at: .seconds(20))
        #expect(queue.entries == (try left.map(entry)))
        #expect(queue.deadline == (left.isEmpty ? nil : .seconds(30)))
    }

    @Test func `a push that fails is tried again with pauses that grow`() throws {
        var queue = queue()
        queue.add(try entry(1), at: .zero)
        let pauses = (0..<8).map { _ in
            queue.fail(at: .seconds(100))
            return queue.deadline.map { $0 - .seconds(100) }
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        queue.succeed(upTo: try entry(1).id, first: 1, at: .seconds(200))
        queue.add(try entry(2), at: .seconds(200))
        #expect(queue.deadline == .seconds(210))
    }

    @Test func `who is forestalled again and again comes back sooner`() throws {
        var queue = queue(isDurable: true)
        queue.add(try entry(1), at: .zero)
        let pauses = (0..<6).map { _ in
            queue.lose(at: .seconds(100), jitter: 1)
            return queue.deadline.map { $0 - .seconds(100) }
        }
        #expect(pauses == [400, 200, 100, 50, 25, 20].map { .milliseconds($0) })
    }
}
