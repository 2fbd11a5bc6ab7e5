internal import YAML

/// What has to be said about the last days of grants.
enum Expiry {
    /// A warning for each grant that has ended or ends soon.
    static func diagnostics(for binding: Binding, today: CalendarDate) -> [Diagnostic] {
        (binding.grants ?? []).compactMap { rule in
            guard let expires = rule.expires, today.days(until: expires) <= Resolution.noticeDays else { return nil }
            let grant = "the grant of \"\(rule.grant.role)\" for \(rule.grant.scope)"
            return binding.warning(
                rule.counts(on: today)
                    ? "\(grant) ends after \(expires), \(phrase(days: today.days(until: expires)))"
                    : "\(grant) ended after \(expires) and gives nothing",
                at: rule.expiresPlace ?? rule.place,
                hint: rule.counts(on: today) ? nil : "remove it, or give it a later day"
            )
        }
    }

    private static func phrase(days: Int) -> String {
        switch days {
        case 0: "today"
        case 1: "tomorrow"
        default: "in \(days) days"
        }
    }
}
