/// What came of a run so far.
struct Tally {
    private(set) var done = 0
    private var inputs: [Subject: (count: Int, accepted: Int)] = [:]
    private var longest = (seconds: 0.0, index: 0)
    /// The memory once everything has been used for a while, in MiB.
    private var warmMemory: Int?

    /// How much more memory than that there may be later.
    private static let memoryGrowth = 256

    mutating func add(_ subject: Subject, _ verdict: Verdict, index: Int, seconds: Double) {
        done += 1
        inputs[subject, default: (0, 0)].count += 1
        if verdict == .accepted { inputs[subject, default: (0, 0)].accepted += 1 }
        if seconds > longest.seconds { longest = (seconds, index) }
    }

    /// Looks whether memory grows.
    mutating func checkMemory() throws {
        let memory = Watch.memory
        guard let warmMemory else {
            if done >= 20_000 { warmMemory = memory }
            return
        }
        try Broken.unless(memory <= warmMemory + Self.memoryGrowth, "memory grew from \(warmMemory) to \(memory) MiB")
    }

    /// One line a subject.
    var lines: [String] {
        Subject.allCases.compactMap { subject in
            inputs[subject].map { "  \(subject.rawValue): \($0.count) inputs, \($0.accepted) accepted" }
        }
    }

    func summary(seed: UInt64, seconds: Double) -> String {
        let memory = (warmMemory.map { "\($0) MiB early, " } ?? "") + "\(Watch.memory) MiB now"
        return
            "fuzz: seed \(seed), \(done) inputs in \(Int(seconds)) s (\(Int(Double(done) / max(seconds, 0.001)))/s), "
            + "every law held; longest \(Int(longest.seconds * 1000)) ms (input \(longest.index)), memory \(memory)"
    }
}
