/// Changes that somebody asked the store for and waits to see among those that it tells.
struct AwaitedChanges {
    /// The request that they have.
    let requestID: String
    private(set) var seen = 0
    private var wanted: Int?
    private var waiting: CheckedContinuation<Bool, Never>?

    init(requestID: String) { self.requestID = requestID }

    /// One of them came.
    mutating func arrive() {
        seen += 1
        if let wanted, seen >= wanted { end(true) }
    }

    /// Lets somebody go on once there are so many.
    mutating func wait(for count: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        wanted = count
        waiting = continuation
        if seen >= count { end(true) }
    }

    /// Lets whoever waits go on; false: there will be no more.
    mutating func end(_ isComplete: Bool) {
        waiting?.resume(returning: isComplete)
        waiting = nil
    }
}
