internal import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Threads that share work in pieces: for what waits for a disk or computes long, which no shared thread should.
enum Crew {
    /// How many threads wait for one disk together where pieces wait: reads that are under way at once overlap.
    static let most = 32

    /// Does every piece once, on a thread for each processor, and returns when all are done.
    ///
    /// - Parameters:
    ///   - pieces: how many there are; few are done right here.
    ///   - yields: whether all other threads of the process go first.
    ///   - work: does the piece of a number. Threads are added as long as pieces make theirs wait for the disk.
    static func work(pieces: Int, yields: Bool = false, _ work: @escaping @Sendable (Int) -> Void) async {
        guard pieces > 1 else {
            if pieces == 1 { work(0) }
            return
        }
        await withCheckedContinuation { continuation in
            let job = Job(pieces: pieces, yields: yields, work: work) { continuation.resume() }
            for _ in 0..<min(pieces, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) { job.start() }
            // Its own reference, so that the end is not told before all threads are counted.
            job.leave()
        }
    }
}

/// Pieces that are not yet done, and who is at work.
private final class Job: Sendable {
    private let pieces: Int
    private let yields: Bool
    private let work: @Sendable (Int) -> Void
    private let end: @Sendable () -> Void
    private let next = Atomic(0)
    private let present = Atomic(1)

    init(pieces: Int, yields: Bool, work: @escaping @Sendable (Int) -> Void, end: @escaping @Sendable () -> Void) {
        self.pieces = pieces
        self.yields = yields
        self.work = work
        self.end = end
    }

    /// Begins a thread; where the system has none to give, the work is done right here.
    func start() {
        present.add(1, ordering: .relaxed)
        let isStarted = Worker.start { [self] in
            if yields { Worker.yieldToOthers() }
            run()
            leave()
        }
        guard !isStarted else { return }
        run()
        leave()
    }

    func leave() {
        if present.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { end() }
    }

    private func run() {
        var blocks = Self.blocksRead()
        while true {
            let piece = next.add(1, ordering: .relaxed).oldValue
            guard piece < pieces else { return }
            work(piece)
            let now = Self.blocksRead()
            if now > blocks, present.load(ordering: .relaxed) < Crew.most, piece + 1 < pieces { start() }
            blocks = now
        }
    }

    /// How much this thread has had to wait for from a disk, where the system counts that.
    private static func blocksRead() -> Int {
        #if canImport(Glibc)
            // RUSAGE_THREAD, which the headers keep for C with GNU's extensions.
            let thread: Int32 = 1
            var usage = rusage()
            return getrusage(thread, &usage) == 0 ? usage.ru_inblock : 0
        #else
            return 0
        #endif
    }
}

/// A result for each piece of work, written by whoever does it.
///
/// Unchecked, because each slot is written by one thread only, and read when that is known to be done with it.
final class Slots<Element>: @unchecked Sendable {
    private let slots: UnsafeMutableBufferPointer<Element?>

    init(count: Int) {
        slots = .allocate(capacity: count)
        slots.initialize(repeating: nil)
    }

    /// Results that are there already.
    convenience init(_ results: [Element]) {
        self.init(count: results.count)
        for (number, result) in results.enumerated() { slots[number] = result }
    }

    /// How many results there can be.
    var count: Int { slots.count }

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    subscript(index: Int) -> Element? {
        get { slots[index] }
        set { slots[index] = newValue }
    }

    /// The results that there are, by their numbers, which are then none any more.
    func takePresent() -> [Element] {
        var results: [Element] = []
        results.reserveCapacity(slots.count)
        for slot in slots.indices {
            if let element = slots[slot].take() { results.append(element) }
        }
        return results
    }

    /// All results by their numbers, which are then none any more.
    func take() -> [Element?] {
        Array(unsafeUninitializedCapacity: slots.count) { room, count in
            count = slots.count
            _ = room.moveInitialize(fromContentsOf: slots)
            slots.initialize(repeating: nil)
        }
    }
}
