import Foundation
import Testing

/// Waits for a condition by looking again and again, never by sleeping for a time that is hoped to be enough.
enum Deadline {
    /// Looks until the condition holds; when it does not in time, records an issue that says what was awaited.
    @discardableResult
    static func wait(
        for what: String,
        seconds: Double = 20,
        sourceLocation: SourceLocation = #_sourceLocation,
        until condition: () throws -> Bool
    ) rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try condition() { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        Issue.record("waited \(seconds) s in vain for \(what)", sourceLocation: sourceLocation)
        return false
    }
}
