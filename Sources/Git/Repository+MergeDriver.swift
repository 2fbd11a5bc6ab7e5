extension Repository {
    /// Tells this clone how files with the attribute `merge=dagroster` are merged.
    ///
    /// `program` is how the shell finds dagroster.
    package func registerMergeDriver(program: String) async throws {
        let driver = "\(program) merge-driver --marker-size %L -- %O %A %B %P"
        try await runner.output(["config", "--local", "merge.dagroster.name", "dagroster: sets and maps, not lines"])
        try await runner.output(["config", "--local", "merge.dagroster.driver", driver])
    }

    /// Joins two versions of a text line by line, as git does where nothing else is asked of it.
    ///
    /// - Returns: the joined text with markers where there is a conflict, and how many conflicts there are.
    package static func mergeLines(
        base: String,
        ours: String,
        theirs: String,
        markerSize: Int
    ) async throws -> (bytes: [UInt8], conflicts: Int) {
        let runner = Runner(environment: CleanEnvironment.make(overrides: [:]), timeLimit: .seconds(60))
        let labels = ["ours", "base", "theirs"].flatMap { ["-L", $0] }
        let arguments =
            ["merge-file", "--stdout", "--marker-size=\(markerSize)"] + labels + ["--", ours, base, theirs]
        let (ending, output) = try await runner.outcome(arguments)
        // Beyond 127 it is no number of conflicts.
        guard (0...127).contains(ending.status) else { throw runner.failure(arguments, ending) }
        return (output, ending.status)
    }
}
