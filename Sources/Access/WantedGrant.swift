import YAML

/// A grant that is to be held, with the lines that ask for it.
package struct WantedGrant: Hashable, Sendable {
    /// The grant as written; it counts on the day of the resolution.
    package var rule: GrantRule
    /// The file that asks for it.
    package var file: String
    /// That file's `reason`.
    package var reason: String?

    /// Joins a grant and its file.
    package init(rule: GrantRule, file: String, reason: String? = nil) {
        self.rule = rule
        self.file = file
        self.reason = reason
    }
}

extension WantedGrant {
    /// What a target is to hold.
    package var grant: Grant { rule.grant }

    /// `access/data-platform.yaml:10:5`.
    package var origin: String { "\(file):\(rule.place.line):\(rule.place.column)" }
}
