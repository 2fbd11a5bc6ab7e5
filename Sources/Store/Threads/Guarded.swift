#if canImport(Glibc)
    import Glibc
    // Where the C structures of times come from when several modules bring them.
    import SwiftOverlayShims
#elseif canImport(Darwin)
    import Darwin
#endif

/// A value that threads share, with a way to sleep until it is as somebody wants it.
///
/// `Synchronization.Mutex` has no condition to sleep on; this is for the two threads that block in system calls.
final class Guarded<Value: Sendable>: @unchecked Sendable {
    // Unchecked, because the compiler cannot see that every access to `value` holds `mutex`.
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        #if canImport(Glibc)
            // Whoever sets the clock must not make anybody sleep on.
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            defer { pthread_condattr_destroy(&attributes) }
            pthread_condattr_setclock(&attributes, Self.clock)
            pthread_cond_init(condition, &attributes)
        #else
            pthread_cond_init(condition, nil)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Looks at the value or changes it, without waking anybody.
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Changes the value and wakes whoever waits for a change.
    func update<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        // Behind the lock, which whoever is woken takes first.
        defer { pthread_cond_broadcast(condition) }
        return try withLock(body)
    }

    /// Changes the value, and wakes whoever waits only if the body says that it is worth it: each time that somebody is
    /// woken to find nothing costs more than most changes do.
    func updateIfNeeded(_ body: (inout Value) throws -> Bool) rethrows {
        if try withLock(body) { pthread_cond_broadcast(condition) }
    }

    /// Sleeps until the body finds something in the value, and returns that.
    ///
    /// - Parameters:
    ///   - patience: the longest sleep; nil: as long as it takes. The body is asked a last time after it.
    ///   - body: looks at the value and may change it.
    /// - Returns: what the body found; nil when it did not in time.
    func take<Result>(within patience: Duration? = nil, _ body: (inout Value) -> Result?) -> Result? {
        let deadline = patience.map { Self.time(in: $0) }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&value) { return result }
            guard var deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return body(&value) }
        }
    }

    /// What deadlines are told by; where it has to be the time of day, setting that moves them.
    private static var clock: clockid_t {
        #if canImport(Glibc)
            CLOCK_MONOTONIC
        #else
            CLOCK_REALTIME
        #endif
    }

    private static func time(in patience: Duration) -> timespec {
        var now = timespec()
        clock_gettime(clock, &now)
        let (seconds, attoseconds) = max(.zero, patience).components
        let nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
        return timespec(
            tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000,
            tv_nsec: nanoseconds % 1_000_000_000
        )
    }
}
