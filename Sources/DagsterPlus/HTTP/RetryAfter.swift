internal import Access

/// When a server wants to be asked again: `Retry-After`, in seconds or as a date (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// How long to wait; a date counts from the answer's own `Date`, so that two clocks need not agree.
    static func duration(_ headers: [String: String], now: Int) -> Duration? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Int(text), seconds >= 0 { return .seconds(min(seconds, 1_000_000)) }
        guard let instant = HTTPDate.seconds(text) else { return nil }
        let start = headers["date"].flatMap(HTTPDate.seconds) ?? now
        return .seconds(max(0, instant - start))
    }
}

/// The date form that HTTP writes: `Fri, 27 Nov 2026 20:55:26 GMT` (RFC 9110 section 5.6.7).
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970; nil for anything else.
    package static func seconds(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
            let month = months.firstIndex(of: String(words[2])),
            let date = CalendarDate(year: year, month: month + 1, day: day)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, 0..<24 ~= time[0], 0..<60 ~= time[1], 0...60 ~= time[2] else { return nil }
        return date.daysSince1970 * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    }
}
