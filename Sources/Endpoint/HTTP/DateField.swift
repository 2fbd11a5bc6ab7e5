internal import Roster

/// The `Date` of an answer (RFC 9110 section 6.6.1), which is the same for all of one second.
struct DateField {
    private var second: Timestamp?
    private var text = ""

    /// The text for an instant, such as `Fri, 27 Nov 2026 20:55:26 GMT`.
    mutating func value(at now: Timestamp) -> String {
        let current = now.wholeSeconds
        if second != current { (second, text) = (current, Self.text(of: current)) }
        return text
    }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func text(of second: Timestamp) -> String {
        // 1970-01-01 was a Thursday.
        let day = days[(second.milliseconds / 86_400_000 % 7 + 7) % 7]
        let parts = second.description.split { "-TZ".contains($0) }
        let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
        return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }
}
