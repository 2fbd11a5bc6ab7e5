package import Roster
internal import Synchronization

/// How many requests a second each caller may make: a bucket a caller that fills at the rate and holds two seconds of it.
package final class RateLimit: Sendable {
    // A class, because all requests share the buckets.
    private struct Bucket {
        var level: Double
        var filled: Int
    }

    private let rate: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter rate: requests a second, more than 0.
    package init(rate: Double) { self.rate = rate }

    /// Takes one request of a caller's.
    ///
    /// - Returns: nil when it may go on; otherwise after how many seconds it may come again, 1 at least.
    package func delay(for name: String, at now: Timestamp) -> Int? {
        let capacity = max(1, rate * 2)
        return buckets.withLock { buckets in
            var bucket = buckets[name] ?? Bucket(level: capacity, filled: now.milliseconds)
            // A clock that was set back fills nothing, and empties nothing.
            let passed = Double(max(0, now.milliseconds - bucket.filled)) / 1000
            bucket.level = min(capacity, bucket.level + passed * rate)
            bucket.filled = now.milliseconds
            defer { buckets[name] = bucket }
            guard bucket.level < 1 else {
                bucket.level -= 1
                return nil
            }
            return max(1, Int(((1 - bucket.level) / rate).rounded(.up)))
        }
    }
}
