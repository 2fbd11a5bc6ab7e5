package import Access
package import Tree

/// A time in which nothing is applied: `suspend` of the settings.
package struct Suspension: Hashable, Sendable {
    /// The last day of it, UTC.
    package var until: CalendarDate
    /// Why, in the writer's words.
    package var reason: String

    package init(until: CalendarDate, reason: String) {
        self.until = until
        self.reason = reason
    }
}

extension Suspension {
    /// What settings say about a day; nil when nothing is suspended on it.
    package init?(_ settings: SuspendSettings?, on today: CalendarDate) {
        guard let settings, today <= settings.until else { return nil }
        self.init(until: settings.until, reason: settings.reason)
    }
}

extension Suspension: CustomStringConvertible {
    package var description: String { "suspended until the end of \(until) (UTC): \(reason)" }
}
