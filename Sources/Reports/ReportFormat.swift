/// The forms in which a command shows what it found.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    /// Lines for a terminal.
    case text
    /// One JSON value with everything in it; see `format_version`.
    case json
    /// Fit for a comment on a pull request, and cut to the length that GitHub takes.
    case markdown
    /// One page that loads nothing.
    case html
}
