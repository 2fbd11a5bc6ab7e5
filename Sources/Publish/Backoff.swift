/// How long to wait after the n-th failure in a row.
struct Backoff: Hashable, Sendable {
    var first: Duration = .seconds(1)
    var longest: Duration = .seconds(60)

    /// Twice as long each time, up to the longest.
    func delay(afterFailures count: Int) -> Duration {
        guard count > 0 else { return .zero }
        return min(longest, first * (1 << min(count - 1, 16)))
    }
}
