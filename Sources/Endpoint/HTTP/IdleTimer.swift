internal import NIOCore

/// Notices that a connection has been silent for too long: one timer a connection, and not one a request.
struct IdleTimer {
    let limit: TimeAmount
    private var last = NIODeadline.now()
    private var scheduled: Scheduled<Void>?

    init(limit: TimeAmount) { self.limit = limit }

    /// Notes that something was said.
    mutating func touch() { last = .now() }

    /// How long silence may still last; nil when it has lasted too long.
    var rest: TimeAmount? {
        let rest = last + limit - .now()
        return rest > .zero ? rest : nil
    }

    /// Looks again later.
    mutating func schedule(on loop: any EventLoop, in time: TimeAmount, _ check: @escaping () -> Void) {
        scheduled = loop.assumeIsolated().scheduleTask(in: time, check)
    }

    /// Looks no more.
    mutating func cancel() { scheduled?.cancel() }
}
