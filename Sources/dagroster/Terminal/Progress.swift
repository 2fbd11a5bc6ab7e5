import Glibc

/// Says on a terminal what takes so long, in one line that is gone when the run ends.
///
/// Only a person at a terminal sees it: never a log, never who asked for quiet or for lines of JSON.
struct Progress: Sendable {
    private let isShown: Bool

    init(isQuiet: Bool, _ common: CommonOptions) {
        isShown = isatty(STDERR_FILENO) == 1 && !isQuiet && common.logFormat == .text
    }

    /// Shows how far something is.
    func show(_ text: String) {
        if isShown { Terminal.progress(text + " …") }
    }

    /// Does something, and shows what as long as that takes, with the seconds that it has taken.
    func during<Result>(_ what: String, _ body: () async throws -> Result) async rethrows -> Result {
        guard isShown else { return try await body() }
        // Leaving the function ends it; what it showed stays until there is something else to show.
        async let _ = tick(what)
        return try await body()
    }

    private func tick(_ what: String) async {
        let start = ContinuousClock.now
        while !Task.isCancelled {
            let seconds = start.duration(to: .now).components.seconds
            show(seconds == 0 ? what : "\(what), \(seconds) s")
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
