import Foundation

/// What differs from run to run, and the words that stand for it in fixtures.
enum ScenarioText {
    /// `{today}`, `{today+3}` and `{today-1}` as days, UTC.
    static func dated(_ text: String) -> String {
        text.replacing(/\{today(?:([+-])([0-9]+))?\}/) { match in
            let days = match.2.flatMap { Int($0) } ?? 0
            return day(match.1 == "-" ? -days : days)
        }
    }

    /// A transcript with names for commits, days and times.
    static func stable(_ text: String, commits: [String], folder: String) -> String {
        // The day that hints show as an example is no day that a case is about, however near it is.
        var text = text.replacing(folder, with: "TREE").replacing("2027-01-31", with: "{example}")
        for (index, commit) in commits.enumerated() {
            text = text.replacing(commit, with: "COMMIT-\(index + 1)")
                .replacing(commit.prefix(10), with: "COMMIT-\(index + 1)")
        }
        for days in (-40)...400 {
            let name = days == 0 ? "{today}" : days > 0 ? "{today+\(days)}" : "{today\(days)}"
            text = text.replacing(day(days), with: name)
        }
        let isTime = /T[0-9]{2}[:-][0-9]{2}[:-][0-9]{2}(\.[0-9]+)?Z(-[0-9]{1,2}\b)?/
        return text.replacing(isTime, with: "T{time}").replacing(/"[0-9a-f]{64}"/, with: "\"{sha-256}\"")
    }

    private static let start = Date()

    private static func day(_ offset: Int) -> String {
        let date = start.addingTimeInterval(Double(offset) * 86_400)
        return date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
    }
}
