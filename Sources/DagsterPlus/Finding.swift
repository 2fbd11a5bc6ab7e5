package import Reconcile

/// One thing that was looked at, how it is, and what to do about it.
package struct Finding: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case good
        /// Works, and may surprise.
        case note
        /// Keeps `reconcile` from working, with the code by which it would end.
        case bad(ExitCode)
    }

    /// What was looked at, in a word or two.
    package var subject: String
    package var verdict: Verdict
    package var text: String
    /// What to do; nil where there is nothing to be done.
    package var hint: String?

    package init(_ subject: String, _ verdict: Verdict, _ text: String, hint: String? = nil) {
        self.subject = subject
        self.verdict = verdict
        self.text = text
        self.hint = hint
    }
}
