/// How much longer a run waits for an organisation that turns it away: pauses that grow, one budget for all of them.
///
/// Requests that are under way at once share a pause: what one was told counts for all.
actor Pace {
    private let transport: any Transport
    private let jitter: @Sendable () -> Double
    private var left: Duration
    private var resting: Task<Void, any Error>?
    /// How often in a row a request was turned away without a word about when to come back.
    private var refusals = 0

    /// The first pause without a word from the server, and the longest.
    private static let first = Duration.milliseconds(500)
    private static let longest = Duration.seconds(30)

    init(budget: Duration, transport: any Transport, jitter: @escaping @Sendable () -> Double) {
        self.transport = transport
        self.jitter = jitter
        left = budget
    }

    /// Waits as long as the server asks, or a little longer each time; says no when the budget does not suffice.
    func rest(asked: Duration?) async throws -> Bool {
        if let resting {
            try await resting.value
            return true
        }
        let duration = asked ?? backOff
        guard duration <= left else { return false }
        left -= duration
        if asked == nil { refusals += 1 }
        let transport = transport
        let task = Task { try await transport.pause(for: duration) }
        resting = task
        defer { resting = nil }
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        return true
    }

    /// A request was answered: the next pause is a short one again.
    func answered() { refusals = 0 }

    /// 0.5 s, 1 s, 2 s and so on up to 30 s, between half and the whole of it, so that many runs do not come at once.
    private var backOff: Duration {
        let whole = refusals < 6 ? Self.first * (1 << refusals) : Self.longest
        return min(whole, Self.longest) * (0.5 + jitter() / 2)
    }
}
