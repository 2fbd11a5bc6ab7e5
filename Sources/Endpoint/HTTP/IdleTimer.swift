internal import NIOCore

/// Notices that a connection has been silent for too long: one timer a connection, and not one a request.
struct IdleTimer {
    let limit: TimeAmount
    /// How long a request may take to arrive, however busily: a byte now and then is no request.
    let requestLimit: TimeAmount
    private let loop: any EventLoop
    private var last: NIODeadline
    private var scheduled: Scheduled<Void>?

    private var requestBegan: NIODeadline?

    init(limit: TimeAmount, requestLimit: TimeAmount, on loop: any EventLoop) {
        self.limit = limit
        self.requestLimit = requestLimit
        self.loop = loop
        last = loop.now
    }

    /// Notes that something was said.
    mutating func touch() { last = loop.now }

    /// Notes that a request has begun to arrive, or that it has arrived.
    mutating func note(isArriving: Bool) { requestBegan = isArriving ? loop.now : nil }

    /// How long silence may still last; nil when it has lasted too long.
    var rest: TimeAmount? {
        let end = requestBegan.map { min($0 + requestLimit, last + limit) } ?? (last + limit)
        let rest = end - loop.now
        return rest > .zero ? rest : nil
    }

    /// Looks again later.
    mutating func schedule(in time: TimeAmount, _ check: @escaping () -> Void) {
        scheduled = loop.assumeIsolated().scheduleTask(in: time, check)
    }

    /// Looks no more.
    mutating func cancel() { scheduled?.cancel() }
}
