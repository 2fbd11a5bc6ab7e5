#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of its own for what blocks in system calls, so that no task waits for a disk on the shared threads.
package enum Worker {
    /// Starts a thread that does one thing and ends.
    ///
    /// - Returns: false when the system has no thread to give.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let box = Unmanaged.passRetained(Box(body: body))
        let failure = pthread_create(&thread, nil, run, box.toOpaque())
        guard failure == 0 else {
            box.release()
            return false
        }
        #if canImport(Glibc)
            pthread_detach(thread)
        #else
            if let thread { pthread_detach(thread) }
        #endif
        return true
    }

    /// Lets the other threads of the process go first from now on; on Linux alone, where each thread has a nice value of its own
    /// (setpriority(2), "C library/kernel differences").
    package static func yieldToOthers() {
        #if canImport(Glibc)
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
        #endif
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) { self.body = body }
    }

    #if canImport(Glibc)
        private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
            guard let pointer else { return nil }
            Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
            return nil
        }
    #else
        private static let run: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { pointer in
            Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
            return nil
        }
    #endif
}
