/// How fast the files were written lately, and what follows from it: how many may wait, and how long the next rest.
///
/// A disk takes ten thousand files a second or a hundred (ext4 gets slow for minutes where many files were removed), so
/// that only what the last batches took tells how many records can wait without one waiting too long.
struct FilePace: Sendable {
    /// Batches of fewer records tell how long a batch takes, and not how long a record does.
    static let fewest = 128
    /// The thread rests this many times as long as it has worked, when nothing presses: whatever changes meanwhile is
    /// written once.
    private static let rest = 3
    /// What a record is taken to need until a batch has told: a first flood must not wait for a slow disk, either.
    private static let assumed: Duration = .microseconds(200)

    /// What a record took in the last batch that was large enough to tell.
    private var perRecord: Duration?
    /// The batch that is being written.
    private var current: (start: ContinuousClock.Instant, records: Int)?
    /// The last batch that was written.
    private var last: (end: ContinuousClock.Instant, took: Duration)?

    /// Notes that a batch is begun; one that was begun before and came to nothing is forgotten.
    mutating func begin(records: Int, at now: ContinuousClock.Instant) { current = (now, records) }

    /// Notes that the batch is in the files.
    mutating func end(at now: ContinuousClock.Instant) {
        guard let current else { return }
        let took = current.start.duration(to: now)
        last = (now, took)
        if current.records >= Self.fewest { perRecord = took / current.records }
        self.current = nil
    }

    /// How many records are written in a time; no fewer than it takes to tell the pace anew.
    func records(within time: Duration, atMost most: Int, at now: ContinuousClock.Instant) -> Int {
        let pace = pace(at: now)
        guard pace > .zero else { return most }
        return Int(min(Double(most), max(Double(Self.fewest), time / pace)))
    }

    /// What a record takes: as in the last batch, or longer, by how long the present one has been going on.
    private func pace(at now: ContinuousClock.Instant) -> Duration {
        let known = perRecord ?? Self.assumed
        guard let current, current.records >= Self.fewest else { return known }
        return max(known, current.start.duration(to: now) / current.records)
    }

    /// When the thread has rested from its last batch, which takes no longer than a limit; nil before the first.
    func rested(longest: Duration) -> ContinuousClock.Instant? {
        last.map { $0.end + min($0.took * Self.rest, longest) }
    }
}
