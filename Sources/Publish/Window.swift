/// How long changes are collected before they become a commit.
package struct Window: Hashable, Sendable {
    /// No further change for this long ends a window.
    package var quiet: Duration
    /// A window that never gets quiet ends after this long.
    package var longest: Duration

    package init(quiet: Duration = .seconds(2), longest: Duration = .seconds(10)) {
        self.quiet = quiet
        self.longest = longest
    }
}
